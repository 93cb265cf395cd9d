import { lazyRouteComponent } from '@tanstack/react-router';
import type { Area } from '../parts/area';

export const notebook: Area = {
  name: 'notebook',
  pages: { '/notebook/$': lazyRouteComponent(() => import('./NotebookRoute'), 'NotebookRoute') },
  rail: { within: 'tree' },
  // What happens in an open notebook comes through its own socket.
  stale: {},
};
