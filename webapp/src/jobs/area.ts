import { Workflow } from 'lucide-react';
import { jobsQuery } from '../api/jobs';
import { keys } from '../api/keys';
import type { Area } from '../parts/area';
import { lazyPage } from '../parts/lazyPage';

export const jobs: Area = {
  name: 'jobs',
  pages: {
    '/jobs': lazyPage(() => import('./JobsPage'), 'JobsPage'),
    '/jobs/new': lazyPage(() => import('./NewJobPage'), 'NewJobPage'),
    '/jobs/$id': lazyPage(() => import('./JobPage'), 'JobPage'),
    '/jobs/$id/runs/$runId': lazyPage(() => import('./RunPage'), 'RunPage'),
  },
  begins: { '/jobs': (queries) => queries.prefetchQuery(jobsQuery) },
  rail: { to: '/jobs', label: 'Jobs & runs', Icon: Workflow },
  stale: { job: [keys.jobs], run: [keys.runs] },
};
