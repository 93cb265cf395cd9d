import type { Task } from '../api/jobs';

/** The kinds of work that the Jobs API of this platform runs. */
export const WORK = [
  { value: 'notebook_task', label: 'Notebook' },
  { value: 'spark_python_task', label: 'Python file' },
  { value: 'python_wheel_task', label: 'Python wheel' },
  { value: 'spark_jar_task', label: 'JAR' },
] as const;

export type WorkKind = (typeof WORK)[number]['value'];

export const kindOfWork = (task: Task): WorkKind | undefined => WORK.map(({ value }) => value).find((kind) => task[kind] !== undefined);

const EMPTY: Record<WorkKind, Partial<Task>> = {
  notebook_task: { notebook_task: { notebook_path: '' } },
  spark_python_task: { spark_python_task: { python_file: '' } },
  python_wheel_task: { python_wheel_task: { package_name: '', entry_point: '' } },
  spark_jar_task: { spark_jar_task: { main_class_name: '' } },
};

/** The same task with other work, which begins empty. */
export function withWork(task: Task, kind: WorkKind): Task {
  const rest = { ...task };
  WORK.forEach(({ value }) => delete rest[value]);
  return { ...rest, ...EMPTY[kind] };
}

/** Parameters in a row, one on a line. */
export function parametersText(task: Task): string {
  return (task.spark_python_task ?? task.spark_jar_task ?? task.python_wheel_task)?.parameters?.join('\n') ?? '';
}

export function withParameters(task: Task, text: string): Task {
  const kind = kindOfWork(task);
  if (kind === undefined || kind === 'notebook_task') return task;
  const parameters = text === '' ? undefined : text.split('\n');
  return { ...task, [kind]: { ...task[kind], parameters } };
}
