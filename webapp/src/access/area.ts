import { ShieldCheck } from 'lucide-react';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const access: Area = {
  name: 'access',
  pages: {
    '/access': lazyPage(() => import('./AccessPage'), 'AccessPage'),
    '/access/users/$name': lazyPage(() => import('./pages'), 'UserPage'),
    '/access/groups/$name': lazyPage(() => import('./pages'), 'GroupPage'),
    '/access/roles/$name': lazyPage(() => import('./pages'), 'RolePage'),
    '/access/policies/$': lazyPage(() => import('./pages'), 'PolicyPage'),
    '/access/instance-profiles/$name': lazyPage(() => import('./pages'), 'ProfilePage'),
  },
  rail: { to: '/access', label: 'Access', Icon: ShieldCheck },
  // IAM tells nobody of its changes: pages ask when they are opened.
  stale: {},
};
