import { lazyRouteComponent } from '@tanstack/react-router';
import { House } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';

export const home: Area = {
  name: 'home',
  pages: { '/': lazyRouteComponent(() => import('./HomePage'), 'HomePage') },
  rail: { to: '/', label: 'Home', Icon: House },
  stale: { run: [keys.home], tree: [keys.home] },
};
