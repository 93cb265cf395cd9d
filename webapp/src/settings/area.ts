import { Settings } from 'lucide-react';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const settings: Area = {
  name: 'settings',
  pages: { '/settings': lazyPage(() => import('./SettingsPage'), 'SettingsPage') },
  rail: { to: '/settings', label: 'Settings', Icon: Settings },
  stale: {},
};
