import { lazyRouteComponent } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';

export const jobs: Area = {
  name: 'jobs',
  pages: {
    '/jobs': lazyRouteComponent(() => import('./JobsPage'), 'JobsPage'),
    '/jobs/new': lazyRouteComponent(() => import('./NewJobPage'), 'NewJobPage'),
    '/jobs/$id': lazyRouteComponent(() => import('./JobPage'), 'JobPage'),
    '/jobs/$id/runs/$runId': lazyRouteComponent(() => import('./RunPage'), 'RunPage'),
  },
  rail: { to: '/jobs', label: 'Jobs & runs', Icon: Workflow },
  stale: { job: [keys.jobs], run: [keys.runs] },
};
