import { Users } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const people: Area = {
  name: 'people',
  pages: {
    '/people': lazyPage(() => import('./PeoplePage'), 'PeoplePage'),
    '/people/groups/$id': lazyPage(() => import('./GroupPage'), 'GroupPage'),
  },
  rail: { to: '/people', label: 'People', Icon: Users },
  stale: { user: [keys.people], group: [keys.people, keys.ruleSets], service_principal: [keys.people, keys.ruleSets] },
};
