import { HardDrive } from 'lucide-react';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

const page = lazyPage(() => import('./StoragePage'), 'StoragePage');

export const storage: Area = {
  name: 'storage',
  pages: {
    '/storage': page,
    '/storage/$bucket': page,
    '/storage/$bucket/$': page,
  },
  rail: { to: '/storage', label: 'Storage', Icon: HardDrive },
  stale: {},
};
