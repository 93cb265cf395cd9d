import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from './NotFound';
import { Shell } from './Shell';
import { SignIn } from './SignIn';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const page = (path: string, component: ReturnType<typeof lazyRouteComponent> | (() => React.ReactNode)) =>
  createRoute({ getParentRoute: () => root, path, component: component as never });

const home = lazyRouteComponent(() => import('../home/HomePage'), 'HomePage');
const clusters = lazyRouteComponent(() => import('../compute/ClustersPage'), 'ClustersPage');
const cluster = lazyRouteComponent(() => import('../compute/ClusterPage'), 'ClusterPage');
const clusterForm = lazyRouteComponent(() => import('../compute/ClusterFormPage'), 'ClusterFormPage');
const folder = lazyRouteComponent(() => import('../tree/FolderPage'), 'FolderPage');
const file = lazyRouteComponent(() => import('../tree/FilePage'), 'FilePage');
const object = lazyRouteComponent(() => import('../tree/ObjectPage'), 'ObjectPage');
const notebook = lazyRouteComponent(() => import('../notebook/NotebookRoute'), 'NotebookRoute');
const jobs = lazyRouteComponent(() => import('../jobs/JobsPage'), 'JobsPage');
const job = lazyRouteComponent(() => import('../jobs/JobPage'), 'JobPage');
const newJob = lazyRouteComponent(() => import('../jobs/NewJobPage'), 'NewJobPage');
const run = lazyRouteComponent(() => import('../jobs/RunPage'), 'RunPage');
const explorer = lazyRouteComponent(() => import('../catalog/ExplorerPage'), 'ExplorerPage');
const settings = lazyRouteComponent(() => import('../settings/SettingsPage'), 'SettingsPage');
const notOffered = lazyRouteComponent(() => import('./NotOffered'), 'NotOffered');

const routes = [
  page('/', home),
  page('/sign-in', SignIn),
  page('/compute', clusters),
  page('/compute/clusters', clusters),
  page('/compute/clusters/new', clusterForm),
  page('/compute/clusters/$id', cluster),
  page('/compute/clusters/$id/edit', clusterForm),
  page('/workspace', folder),
  page('/workspace/$', folder),
  page('/file/$', file),
  page('/objects/$id', object),
  page('/notebook/$', notebook),
  page('/jobs', jobs),
  page('/jobs/new', newJob),
  page('/jobs/$id', job),
  page('/jobs/$id/runs/$runId', run),
  page('/explore/data', explorer),
  page('/explore/data/$catalog', explorer),
  page('/explore/data/$catalog/$schema', explorer),
  page('/explore/data/$catalog/$schema/$table', explorer),
  page('/settings', settings),
  ...['/compute/instance-pools/$', '/explore/data/models/$', '/explore/data/volumes/$', '/sql/$', '/ml/$', '/pipelines/$', '/dashboardsv3/$', '/apps/$'].map(
    (path) => page(path, notOffered),
  ),
];

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', scrollRestoration: true });
