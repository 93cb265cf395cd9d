import { lazyRouteComponent } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import type { Area } from '../parts/area';

export const settings: Area = {
  name: 'settings',
  pages: { '/settings': lazyRouteComponent(() => import('./SettingsPage'), 'SettingsPage') },
  rail: { to: '/settings', label: 'Settings', Icon: Settings },
  stale: {},
};
