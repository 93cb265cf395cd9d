import { createRootRoute, createRoute, createRouter, type lazyRouteComponent } from '@tanstack/react-router';
import { AREAS } from './areas';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';
import { NotFound } from './NotFound';
import { PageFault } from './PageFault';
import { queries } from './queries';
import { Shell } from './Shell';
import { SignIn } from './SignIn';

type Begin = NonNullable<Area['begins']>[string];

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault });

const page = (path: string, component: ReturnType<typeof lazyRouteComponent> | (() => React.ReactNode), begin?: Begin) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: component as never,
    // The page is not held up: it shows what is missing, and why.
    loader: begin && (() => void begin(queries)),
  });

const notOffered = lazyPage(() => import('./NotOffered'), 'NotOffered');

const routes = [
  page('/sign-in', SignIn),
  ...AREAS.flatMap(({ pages, begins = {} }) => Object.entries(pages).map(([path, component]) => page(path, component, begins[path]))),
  ...['/compute/instance-pools/$', '/explore/data/models/$', '/explore/data/volumes/$', '/sql/$', '/ml/$', '/pipelines/$', '/dashboardsv3/$', '/apps/$'].map(
    (path) => page(path, notOffered),
  ),
];

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', defaultErrorComponent: PageFault, scrollRestoration: true });
