import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, everything } from './client';
import type { ClusterSpec } from './clusters';
import { keys } from './keys';

/** Exactly one of the three. */
export interface Library {
  jar?: string;
  whl?: string;
  pypi?: { package: string; repo?: string };
}

export interface JobCluster {
  job_cluster_key: string;
  new_cluster: ClusterSpec;
}

export interface Task {
  task_key: string;
  description?: string;
  depends_on?: { task_key: string }[];
  run_if?: string;
  existing_cluster_id?: string;
  job_cluster_key?: string;
  new_cluster?: ClusterSpec;
  notebook_task?: { notebook_path: string; base_parameters?: Record<string, string> };
  spark_python_task?: { python_file: string; parameters?: string[] };
  spark_jar_task?: { main_class_name: string; parameters?: string[] };
  python_wheel_task?: { package_name: string; entry_point: string; parameters?: string[]; named_parameters?: Record<string, string> };
  libraries?: Library[];
  timeout_seconds?: number;
  max_retries?: number;
  min_retry_interval_millis?: number;
  retry_on_timeout?: boolean;
  [field: string]: unknown;
}

export interface Schedule {
  quartz_cron_expression: string;
  timezone_id: string;
  pause_status?: string;
}

export interface JobSettings {
  name: string;
  description?: string;
  max_concurrent_runs?: number;
  timeout_seconds?: number;
  job_clusters?: JobCluster[];
  tasks?: Task[];
  parameters?: { name: string; default: string }[];
  schedule?: Schedule;
  tags?: Record<string, string>;
  [field: string]: unknown;
}

export interface Job {
  job_id: number;
  creator_user_name: string;
  created_time: number;
  settings: JobSettings;
}

export interface RunState {
  life_cycle_state: string;
  result_state?: string;
  state_message?: string;
}

export interface TaskRun extends Task {
  run_id: number;
  attempt_number: number;
  start_time: number;
  end_time: number;
  setup_duration: number;
  execution_duration: number;
  cleanup_duration: number;
  state: RunState;
  cluster_instance?: { cluster_id: string };
}

export interface Run {
  job_id?: number;
  run_id: number;
  run_name: string;
  creator_user_name: string;
  run_type: string;
  trigger?: string;
  start_time: number;
  end_time: number;
  state: RunState;
  tasks?: TaskRun[];
  job_parameters?: { name: string; default: string; value: string }[];
  /** Of tasks of one kind, by the names of run-now. */
  overriding_parameters?: RunParameters;
  [field: string]: unknown;
}

/** Beside the job's own parameters. */
export interface RunParameters {
  notebook_params?: Record<string, string>;
  python_params?: string[];
  jar_params?: string[];
}

export interface RunOutput {
  notebook_output?: { result?: string; truncated?: boolean };
  logs?: string;
  logs_truncated?: boolean;
  error?: string;
  error_trace?: string;
}

const ROOT = '/api/2.2/jobs';
const ENDED = new Set(['TERMINATED', 'SKIPPED', 'INTERNAL_ERROR']);

export const ended = (run: { state: RunState }) => ENDED.has(run.state.life_cycle_state);
/** One word for how something stands: the result once it has ended. */
export const verdict = (state: RunState) => state.result_state ?? state.life_cycle_state;

/** Small, so that a slow line has rows soon. */
const FIRST_PAGE = 25;

export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: ({ client }) =>
    everything(
      (page_token) =>
        api.get<{ jobs?: Job[]; next_page_token?: string }>(`${ROOT}/list`, { limit: page_token ? 100 : FIRST_PAGE, expand_tasks: true, page_token }),
      (page) => page.jobs,
      (page) => page.next_page_token,
      // Who sees the list for the first time does not wait for its end.
      client.getQueryData(keys.jobs) ? undefined : (soFar) => client.setQueryData(keys.jobs, soFar),
    ),
});

export const jobQuery = (id: number) =>
  queryOptions({ queryKey: keys.job(id), queryFn: () => api.get<Job>(`${ROOT}/get`, { job_id: id }) });

interface RunPage {
  runs?: Run[];
  next_page_token?: string;
}

/** Newest first. The API gives 25 at a time. */
const runs = (query: Record<string, string | number | boolean>, page_token?: string) => api.get<RunPage>(`${ROOT}/runs/list`, { limit: 25, page_token, ...query });

const busy = (all: Run[] | undefined) => (all?.some((run) => !ended(run)) ? 2000 : 30000);

/** The newest 25 of jobs: programs that begin one-time runs would fill a short list. */
export const jobRunsQuery = queryOptions({
  queryKey: keys.jobRuns,
  queryFn: async () => (await runs({ run_type: 'JOB_RUN' })).runs ?? [],
  refetchInterval: (query) => busy(query.state.data),
});

const pages = (queryKey: readonly (string | number)[], query: Record<string, string | number | boolean>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => runs(query, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_page_token || undefined,
    select: (data) => data.pages.flatMap((page) => page.runs ?? []),
    refetchInterval: (asked) => busy(asked.state.data?.pages.flatMap((page) => page.runs ?? [])),
  });

/** Runs of all jobs, and further back as long as somebody asks for older ones. */
export const runPagesQuery = pages(keys.runList, {});

export const runPagesOfJobQuery = (jobId: number) => pages([...keys.runsOf(jobId), 'pages'], { job_id: jobId, expand_tasks: true });

/** The newest 25 of a job. */
export const runsOfJobQuery = (jobId: number) =>
  queryOptions({
    queryKey: keys.runsOf(jobId),
    queryFn: async () => (await runs({ job_id: jobId, expand_tasks: true })).runs ?? [],
    refetchInterval: (query) => busy(query.state.data),
  });

export const activeRunsQuery = queryOptions({
  queryKey: keys.activeRuns,
  queryFn: async () => (await runs({ active_only: true })).runs ?? [],
  refetchInterval: (query) => busy(query.state.data),
});

export const runQuery = (id: number) =>
  queryOptions({
    queryKey: keys.run(id),
    queryFn: () => api.get<Run>(`${ROOT}/runs/get`, { run_id: id }),
    refetchInterval: (query) => (query.state.data && ended(query.state.data) ? false : 1500),
  });

/** What a task printed, why it failed and what it returned, as text. */
export const outputQuery = (taskRunId: number, live: boolean) =>
  queryOptions({
    queryKey: keys.runOutput(taskRunId, 'text'),
    placeholderData: (old: RunOutput | undefined) => old,
    queryFn: () => api.get<RunOutput>(`${ROOT}/runs/get-output`, { run_id: taskRunId }),
    refetchInterval: live ? 1500 : false,
  });

export const runNow = (jobId: number, parameters: RunParameters & { job_parameters?: Record<string, string> }) =>
  api.post<{ run_id: number }>(`${ROOT}/run-now`, { job_id: jobId, ...parameters });
export const cancelRun = (runId: number) => api.post(`${ROOT}/runs/cancel`, { run_id: runId });
export const deleteJob = (jobId: number) => api.post(`${ROOT}/delete`, { job_id: jobId });
export const createJob = (settings: JobSettings) => api.post<{ job_id: number }>(`${ROOT}/create`, settings);
export const resetJob = (jobId: number, settings: JobSettings) =>
  api.post(`${ROOT}/reset`, { job_id: jobId, new_settings: settings });
/** Changes some settings; arrays are merged by their keys. `remove` names settings that go. */
export const updateJob = (jobId: number, changes: Partial<JobSettings>, remove: string[] = []) =>
  api.post(`${ROOT}/update`, { job_id: jobId, new_settings: changes, fields_to_remove: remove });
