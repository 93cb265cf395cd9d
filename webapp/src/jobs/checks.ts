import type { JobSettings, Library, Task } from '../api/jobs';
import { kindOf } from './compute';
import { circle } from './graph';
import { kindOfWork, parametersText } from './work';

/** Something that the server would refuse. */
export interface Problem {
  /** Place of the task in the list; undefined for the job itself. */
  task?: number;
  field: string;
  text: string;
}

const KEY = /^[a-zA-Z0-9_-]{1,100}$/;

export function problems(settings: JobSettings): Problem[] {
  const tasks = settings.tasks ?? [];
  return [...ofJob(settings), ...tasks.flatMap((task, index) => ofTask(settings, task).map((problem) => ({ ...problem, task: index })))];
}

function ofJob(settings: JobSettings): Problem[] {
  const found: Problem[] = [];
  if (!settings.name?.trim()) found.push({ field: 'name', text: 'The job needs a name.' });
  if ((settings.tasks ?? []).length === 0) found.push({ field: 'tasks', text: 'The job has no tasks: add one.' });
  const keys = (settings.job_clusters ?? []).map((each) => each.job_cluster_key);
  keys.forEach((key, index) => {
    const text = keyProblem(key, keys.filter((_, at) => at !== index), 'cluster');
    if (text) found.push({ field: `job_clusters.${index}`, text });
  });
  return found;
}

/** Why a task or a cluster of a job cannot be called so; empty if it can. */
export function keyProblem(key: string, others: string[], noun: string): string {
  if (key === '') return `The ${noun} needs a name.`;
  if (!KEY.test(key)) return 'Only letters, digits, hyphens and underscores, at most 100.';
  return others.includes(key) ? `Another ${noun} has this name.` : '';
}

function ofTask(settings: JobSettings, task: Task): Problem[] {
  const tasks = settings.tasks ?? [];
  const found: Problem[] = [];
  const say = (field: string, text: string) => text && found.push({ field, text });
  say('task_key', keyProblem(task.task_key ?? '', tasks.filter((other) => other !== task).map((other) => other.task_key), 'task'));
  for (const { task_key: key } of task.depends_on ?? []) {
    if (!tasks.some((other) => other.task_key === key)) say('depends_on', `It waits for ${key}, which is no task of this job.`);
  }
  if (circle(tasks).includes(task.task_key)) say('depends_on', 'It waits for itself, around a circle.');
  ofWork(task, say);
  const clusters = (settings.job_clusters ?? []).map((each) => each.job_cluster_key);
  const kind = kindOf(task);
  if (kind === 'existing' && !task.existing_cluster_id) say('compute', 'Choose a cluster.');
  if (kind === 'shared' && !clusters.includes(task.job_cluster_key ?? '')) say('compute', 'The job has no such cluster.');
  (task.libraries ?? []).forEach((library, index) => {
    if (libraryText(library) === '') say(`libraries.${index}`, 'Say which library.');
  });
  return found;
}

function ofWork(task: Task, say: (field: string, text: string) => void): void {
  const path = task.notebook_task?.notebook_path;
  if (task.notebook_task && !path) say('notebook_path', 'Choose a notebook.');
  else if (path && !path.startsWith('/')) say('notebook_path', 'The path begins with a slash.');
  if (task.spark_python_task && !task.spark_python_task.python_file) say('python_file', 'Choose a file.');
  if (task.spark_jar_task && !task.spark_jar_task.main_class_name) say('main_class_name', 'Name the class with the main method.');
  if (task.python_wheel_task && !task.python_wheel_task.package_name) say('package_name', 'Name the package.');
  if (task.python_wheel_task && !task.python_wheel_task.entry_point) say('entry_point', 'Name the entry point.');
  if (task.python_wheel_task && parametersText(task) !== '' && Object.keys(task.python_wheel_task.named_parameters ?? {}).length > 0) {
    say('parameters', 'A wheel takes either a list or names, not both.');
  }
  if (kindOfWork(task) === undefined) say('work', 'Say what the task runs.');
}

export const libraryText = (library: Library) => library.jar ?? library.whl ?? library.pypi?.package ?? '';
