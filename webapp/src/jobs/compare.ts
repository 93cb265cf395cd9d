import type { Run, TaskRun } from '../api/jobs';

/** The keys of a run's tasks in the order in which they began: the API gives them in no order. */
export function orderOf(tasks: TaskRun[]): string[] {
  const begun = (task: TaskRun) => task.start_time || Number.MAX_SAFE_INTEGER;
  const sorted = [...tasks].sort((a, b) => begun(a) - begun(b) || a.task_key.localeCompare(b.task_key));
  return [...new Set(sorted.map((task) => task.task_key))];
}

/** The attempt that matters of each task: the last. */
export function latest(tasks: TaskRun[]): TaskRun[] {
  const found = new Map<string, TaskRun>();
  tasks.forEach((task) => {
    if ((found.get(task.task_key)?.attempt_number ?? -1) < task.attempt_number) found.set(task.task_key, task);
  });
  return orderOf(tasks).flatMap((key) => found.get(key) ?? []);
}

export interface Pair<T> {
  key: string;
  now?: T;
  then?: T;
}

function paired<T>(now: Map<string, T>, then: Map<string, T>): Pair<T>[] {
  return [...new Set([...now.keys(), ...then.keys()])].map((key) => ({ key, now: now.get(key), then: then.get(key) }));
}

const byKey = (run: Run) => new Map(latest(run.tasks ?? []).map((task) => [task.task_key, task]));

/** The tasks of two runs beside each other. */
export const pairedTasks = (now: Run, then: Run) => paired(byKey(now), byKey(then));

/** Parameters that are not the same in both. */
export const changedParameters = (now: Run, then: Run) => paired(given(now), given(then)).filter((pair) => pair.now !== pair.then);

/** What a run was given: the job's parameters, and those for tasks of one kind. */
export function given(run: Run): Map<string, string> {
  const all = new Map((run.job_parameters ?? []).map(({ name, value }) => [name, value]));
  for (const [kind, values] of Object.entries(run.overriding_parameters ?? {})) {
    if (Array.isArray(values)) all.set(kind, values.join(' '));
    else Object.entries(values as Record<string, string>).forEach(([name, value]) => all.set(name, value));
  }
  return all;
}

/** What starts the same run once more. */
export function again(run: Run): { job_parameters?: Record<string, string> } & NonNullable<Run['overriding_parameters']> {
  const own = Object.fromEntries((run.job_parameters ?? []).map(({ name, value }) => [name, value]));
  return { ...(Object.keys(own).length > 0 && { job_parameters: own }), ...run.overriding_parameters };
}

/** The run of this list that came right before another. */
export const previous = (runs: Run[], run: Run) => runs.filter((other) => other.run_id !== run.run_id && other.start_time < run.start_time).sort((a, b) => b.start_time - a.start_time)[0];
