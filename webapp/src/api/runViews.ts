import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { RunState } from './jobs';
import { keys } from './keys';

/** What a list of jobs shows of a run. */
export interface LastRun {
  run_id: number;
  state: RunState;
  start_time: number;
  end_time: number;
}

export interface Cause {
  run_id: number;
  task_key: string;
  text: string;
}

/** The server answers for so many at once. */
export const AT_ONCE = 100;

export const chunks = <T>(all: T[]): T[][] => Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE));

const ids = (all: number[]) => all.map(String);

/** The last five runs of each of some jobs, newest first. */
export const lastRunsQuery = (jobs: number[]) =>
  queryOptions({
    queryKey: keys.lastRuns(jobs),
    queryFn: async () => {
      const answer = await api.get<{ jobs?: { job_id: number; runs?: LastRun[] }[] }>('/ui-api/last-runs', { job_id: ids(jobs) });
      return (answer.jobs ?? []).map(({ job_id, runs = [] }) => ({ job_id, runs }));
    },
  });

/** Why runs failed. What has ended stays as it is. */
export const causesQuery = (runs: number[]) =>
  queryOptions({
    queryKey: keys.runCauses(runs),
    queryFn: async () => (await api.get<{ causes?: Cause[] }>('/ui-api/run-causes', { run_id: ids(runs) })).causes ?? [],
    staleTime: 5 * 60 * 1000,
  });

/** What a driver told of a command: an output in small, or what takes the place of one. */
export type OutputFrame = { type: string; [field: string]: unknown };

export interface RanCell {
  index: number;
  language: string;
  text: string;
  frames?: OutputFrame[];
}

interface RanCells {
  cells?: RanCell[];
  next?: number;
  error?: string;
  error_trace?: string;
}

/** What a task ran and what came of it; long output comes in several answers. */
export const ranCellsQuery = (taskRunId: number, live: boolean) =>
  infiniteQueryOptions({
    // Asked once more when the task has ended: what it said last may have come after the last look.
    queryKey: keys.runOutput(taskRunId, live ? 'live' : 'ended'),
    queryFn: ({ pageParam }) => api.get<RanCells>(`/ui-api/task-runs/${taskRunId}/cells`, { from: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => ({ cells: pages.flatMap((page) => page.cells ?? []), error: pages[0]?.error, trace: pages[0]?.error_trace }),
    refetchInterval: live ? 1500 : false,
  });
