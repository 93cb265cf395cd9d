import { createRootRoute, createRoute, createRouter, type lazyRouteComponent } from '@tanstack/react-router';
import { AREAS } from './areas';
import { lazyPage } from '../parts/lazyPage';
import { NotFound } from './NotFound';
import { PageFault } from './PageFault';
import { Shell } from './Shell';
import { SignIn } from './SignIn';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault });

const page = (path: string, component: ReturnType<typeof lazyRouteComponent> | (() => React.ReactNode)) =>
  createRoute({ getParentRoute: () => root, path, component: component as never });

const notOffered = lazyPage(() => import('./NotOffered'), 'NotOffered');

const routes = [
  page('/sign-in', SignIn),
  ...AREAS.flatMap(({ pages }) => Object.entries(pages)).map(([path, component]) => page(path, component)),
  ...['/compute/instance-pools/$', '/explore/data/models/$', '/explore/data/volumes/$', '/sql/$', '/ml/$', '/pipelines/$', '/dashboardsv3/$', '/apps/$'].map(
    (path) => page(path, notOffered),
  ),
];

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', defaultErrorComponent: PageFault, scrollRestoration: true });
