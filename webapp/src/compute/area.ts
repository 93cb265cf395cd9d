import { Cpu } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

const clusters = lazyPage(() => import('./ClustersPage'), 'ClustersPage');
const form = lazyPage(() => import('./ClusterFormPage'), 'ClusterFormPage');

export const compute: Area = {
  name: 'compute',
  pages: {
    '/compute': clusters,
    '/compute/clusters': clusters,
    '/compute/clusters/new': form,
    '/compute/clusters/$id': lazyPage(() => import('./ClusterPage'), 'ClusterPage'),
    '/compute/clusters/$id/edit': form,
  },
  rail: { to: '/compute', label: 'Compute', Icon: Cpu },
  stale: { cluster: [keys.clusters] },
};
