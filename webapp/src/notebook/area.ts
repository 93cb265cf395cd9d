import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const notebook: Area = {
  name: 'notebook',
  pages: { '/notebook/$': lazyPage(() => import('./NotebookRoute'), 'NotebookRoute') },
  rail: { within: 'tree' },
  // What happens in an open notebook comes through its own socket.
  stale: {},
};
