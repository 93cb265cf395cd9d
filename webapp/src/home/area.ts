import { House } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const home: Area = {
  name: 'home',
  pages: { '/': lazyPage(() => import('./HomePage'), 'HomePage') },
  rail: { to: '/', label: 'Home', Icon: House },
  stale: { run: [keys.home], tree: [keys.home] },
};
