import { WORK } from './work';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why settings that somebody wrote cannot be shown in the forms; empty if they can. What the fields say is another question. */
export function shapeProblem(settings: object): string {
  const fields = settings as Fields;
  return (
    textProblem(fields, 'name', 'The job') ||
    objectProblem(fields, 'tags', 'The job') ||
    objectProblem(fields, 'schedule', 'The job') ||
    listProblem(fields, 'tasks', 'The job', taskProblem) ||
    listProblem(fields, 'parameters', 'The job', (each) => textProblem(each, 'name', 'A parameter')) ||
    listProblem(fields, 'job_clusters', 'The job', (each) => textProblem(each, 'job_cluster_key', 'A job cluster', true) || objectProblem(each, 'new_cluster', 'A job cluster', true))
  );
}

function taskProblem(task: Fields): string {
  const who = typeof task.task_key === 'string' ? `Task ${task.task_key}` : 'A task';
  const works = WORK.map(({ value }) => objectProblem(task, value, who)).find((problem) => problem !== '');
  return (
    textProblem(task, 'task_key', who, true) ||
    listProblem(task, 'depends_on', who, (each) => textProblem(each, 'task_key', `What ${who} depends on`, true)) ||
    listProblem(task, 'libraries', who, () => '') ||
    objectProblem(task, 'new_cluster', who) ||
    (works ?? '')
  );
}

function textProblem(fields: Fields, name: string, who: string, needed = false): string {
  const value = fields[name];
  return typeof value === 'string' || (value === undefined && !needed) ? '' : `${who}: ${name} must be a text.`;
}

function objectProblem(fields: Fields, name: string, who: string, needed = false): string {
  const value = fields[name];
  return isObject(value) || (value === undefined && !needed) ? '' : `${who}: ${name} must be an object.`;
}

function listProblem(fields: Fields, name: string, who: string, of: (element: Fields) => string): string {
  const value = fields[name];
  if (value === undefined) return '';
  if (!Array.isArray(value) || !value.every(isObject)) return `${who}: ${name} must be a list of objects.`;
  return value.map(of).find((problem) => problem !== '') ?? '';
}
