import { lazyRouteComponent } from '@tanstack/react-router';
import { FolderTree } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';

const folder = lazyRouteComponent(() => import('./FolderPage'), 'FolderPage');

export const tree: Area = {
  name: 'tree',
  pages: {
    '/workspace': folder,
    '/workspace/$': folder,
    '/file/$': lazyRouteComponent(() => import('./FilePage'), 'FilePage'),
    '/objects/$id': lazyRouteComponent(() => import('./ObjectPage'), 'ObjectPage'),
  },
  rail: { to: '/workspace', label: 'Workspace', Icon: FolderTree },
  stale: { tree: [keys.tree] },
};
