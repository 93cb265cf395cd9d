import type { JobSettings, RunParameters } from '../api/jobs';

/** What a form shows: names with values, and lists as text with an element on each line. */
export interface Parameters {
  job_parameters?: Record<string, string>;
  notebook_params?: Record<string, string>;
  python_params?: string;
  jar_params?: string;
}

/** What a run has that is given nothing: the job's own parameters, or else those of its tasks, by kind. */
export function usual(settings: JobSettings): Parameters {
  const own = settings.parameters ?? [];
  if (own.length > 0) return { job_parameters: Object.fromEntries(own.map((each) => [each.name, each.default])) };
  const tasks = settings.tasks ?? [];
  const notebooks = tasks.flatMap((task) => task.notebook_task ?? []);
  const python = tasks.flatMap((task) => task.spark_python_task ?? task.python_wheel_task ?? []);
  const jars = tasks.flatMap((task) => task.spark_jar_task ?? []);
  return {
    ...(notebooks.length > 0 && { notebook_params: common(notebooks.map((each) => each.base_parameters ?? {})) }),
    ...(python.length > 0 && { python_params: commonText(python) }),
    ...(jars.length > 0 && { jar_params: commonText(jars) }),
  };
}

/** A name with different values has none here: a run that says nothing leaves each task its own. */
function common(all: Record<string, string>[]): Record<string, string> {
  const found: Record<string, string> = {};
  all.flatMap((each) => Object.entries(each)).forEach(([name, value]) => {
    found[name] = name in found && found[name] !== value ? '' : value;
  });
  return found;
}

function commonText(all: { parameters?: string[] }[]): string {
  const texts = new Set(all.map((each) => (each.parameters ?? []).join('\n')));
  return texts.size === 1 ? ([...texts][0] ?? '') : '';
}

/** What run-now has to be told: values that are not the usual ones. */
export function unusual(given: Parameters, usually: Parameters): RunParameters & { job_parameters?: Record<string, string> } {
  const changed = (now: Record<string, string> = {}, before: Record<string, string> = {}) => {
    const all = Object.entries(now).filter(([name, value]) => before[name] !== value);
    return all.length > 0 ? Object.fromEntries(all) : undefined;
  };
  const list = (now = '', before = '') => (now === before ? undefined : now.split('\n'));
  const all = {
    job_parameters: changed(given.job_parameters, usually.job_parameters),
    notebook_params: changed(given.notebook_params, usually.notebook_params),
    python_params: list(given.python_params, usually.python_params),
    jar_params: list(given.jar_params, usually.jar_params),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The values of the last run, over the usual ones. A job takes its own parameters only; notebooks take any. */
export function merged(usually: Parameters, last: Parameters): Parameters {
  const own = usually.job_parameters;
  return {
    ...usually,
    ...(own && { job_parameters: { ...own, ...Object.fromEntries(Object.entries(last.job_parameters ?? {}).filter(([name]) => name in own)) } }),
    ...(usually.notebook_params && { notebook_params: { ...usually.notebook_params, ...last.notebook_params } }),
    ...(usually.python_params !== undefined && { python_params: last.python_params ?? usually.python_params }),
    ...(usually.jar_params !== undefined && { jar_params: last.jar_params ?? usually.jar_params }),
  };
}

const place = (jobId: number) => `slipway-run-parameters-${jobId}`;

export function remember(jobId: number, given: Parameters): void {
  localStorage.setItem(place(jobId), JSON.stringify(given));
}

export function remembered(jobId: number): Parameters {
  try {
    return JSON.parse(localStorage.getItem(place(jobId)) ?? '{}') as Parameters;
  } catch {
    return {};
  }
}
