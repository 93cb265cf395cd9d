import { FolderTree } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

const folder = lazyPage(() => import('./FolderPage'), 'FolderPage');

export const tree: Area = {
  name: 'tree',
  pages: {
    '/workspace': folder,
    '/workspace/$': folder,
    '/my-folder': lazyPage(() => import('./MyFolder'), 'MyFolder'),
    '/file/$': lazyPage(() => import('./FilePage'), 'FilePage'),
    '/objects/$id': lazyPage(() => import('./ObjectPage'), 'ObjectPage'),
  },
  rail: { to: '/my-folder', label: 'Workspace', Icon: FolderTree },
  stale: { tree: [keys.tree] },
};
