import { Database } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

const explorer = lazyPage(() => import('./ExplorerPage'), 'ExplorerPage');

export const catalog: Area = {
  name: 'catalog',
  pages: {
    '/explore/data': explorer,
    '/explore/data/$catalog': explorer,
    '/explore/data/$catalog/$schema': explorer,
    '/explore/data/$catalog/$schema/$table': explorer,
  },
  rail: { to: '/explore/data', label: 'Catalog', Icon: Database },
  // Each page shows names of the levels around it.
  stale: { catalog: keys.everyCatalog, schema: keys.everyCatalog, table: keys.everyCatalog },
};
