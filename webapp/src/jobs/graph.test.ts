import { expect, test } from 'vitest';
import type { JobSettings, Task } from '../api/jobs';
import { problems } from './checks';
import { before, circle, connected, disconnected, freeKey, mayConnect, renamed, without } from './graph';
import { shapeProblem } from './shape';
import { kindOfWork, parametersText, withParameters, withWork } from './work';

const task = (key: string, ...after: string[]): Task => ({
  task_key: key,
  depends_on: after.map((each) => ({ task_key: each })),
  existing_cluster_id: 'c',
  notebook_task: { notebook_path: '/n' },
});
const shape = (tasks: Task[]) => tasks.map((each) => `${each.task_key}<${(each.depends_on ?? []).map(({ task_key: key }) => key).join()}`);
const DIAMOND = [task('a'), task('b', 'a'), task('c', 'a'), task('d', 'b', 'c')];

test('a new name goes to those that wait for it', () => {
  expect(shape(renamed(DIAMOND, 'a', 'load'))).toEqual(['load<', 'b<load', 'c<load', 'd<b,c']);
});

test('nobody waits for a task that is gone', () => {
  expect(shape(without(DIAMOND, 'b'))).toEqual(['a<', 'c<a', 'd<c']);
});

test('a dependency comes once, and goes', () => {
  const more = connected(DIAMOND, 'a', 'd');
  expect(shape(more)).toContain('d<b,c,a');
  expect(connected(more, 'a', 'd')).toBe(more);
  expect(shape(disconnected(more, 'a', 'd'))).toEqual(shape(DIAMOND));
});

test('no dependency closes a circle', () => {
  expect(mayConnect(DIAMOND, 'd', 'a')).toBe(false);
  expect(mayConnect(DIAMOND, 'a', 'a')).toBe(false);
  expect(mayConnect(DIAMOND, 'b', 'c')).toBe(true);
  expect([...before(DIAMOND, 'd')].sort()).toEqual(['a', 'b', 'c']);
  expect(circle(DIAMOND)).toEqual([]);
  expect(circle([task('x', 'y'), task('y', 'x'), task('z', 'y')])).toEqual(['x', 'y']);
});

test('a new task gets a name of its own', () => {
  expect(freeKey(['a'], 'b')).toBe('b');
  expect(freeKey(['task', 'task_2'], 'task')).toBe('task_3');
});

test('other work leaves the rest of the task alone', () => {
  const file = withParameters(withWork({ ...task('a', 'b'), max_retries: 3 }, 'spark_python_task'), 'x\ny z');
  expect(file).toEqual({
    task_key: 'a', depends_on: [{ task_key: 'b' }], existing_cluster_id: 'c', max_retries: 3,
    spark_python_task: { python_file: '', parameters: ['x', 'y z'] },
  });
  expect(kindOfWork(file)).toBe('spark_python_task');
  expect(parametersText(file)).toBe('x\ny z');
});

test('what the server would refuse is said at its place', () => {
  const found = (settings: Partial<JobSettings>) => problems({ name: 'j', ...settings }).map(({ task: at, field }) => `${at ?? 'job'}.${field}`);
  expect(found({ tasks: DIAMOND })).toEqual([]);
  expect(found({ name: ' ', tasks: [] })).toEqual(['job.name', 'job.tasks']);
  expect(found({ tasks: [task('a'), task('a')] })).toEqual(['0.task_key', '1.task_key']);
  expect(found({ tasks: [task('a', 'gone'), task('b', 'b')] })).toEqual(['0.depends_on', '1.depends_on']);
  expect(found({ tasks: [{ ...task('a b'), notebook_task: { notebook_path: '' }, existing_cluster_id: '' }] })).toEqual(['0.task_key', '0.notebook_path', '0.compute']);
  expect(found({ tasks: [{ task_key: 'a', job_cluster_key: 'gone', spark_python_task: { python_file: '' } }] })).toEqual(['0.python_file', '0.compute']);
  expect(found({ tasks: [{ task_key: 'a', existing_cluster_id: 'c' }] })).toEqual(['0.work']);
});

test('settings that the forms cannot show are told from those that they can', () => {
  expect(shapeProblem({})).toBe('');
  expect(shapeProblem({ name: 'j', tasks: DIAMOND, job_clusters: [{ job_cluster_key: 'k', new_cluster: {} }], something: { else: 1 } })).toBe('');
  expect(shapeProblem({ name: 1 })).toBe('name must be text in quotes.');
  expect(shapeProblem({ tasks: {} })).toBe('tasks must be a list.');
  expect(shapeProblem({ tasks: [{}] })).toBe('tasks[0].task_key is missing.');
  expect(shapeProblem({ tasks: [{ task_key: 'a', depends_on: ['b'] }] })).toBe('tasks[0].depends_on[0] must be an object.');
  expect(shapeProblem({ tasks: [{ task_key: 'a', notebook_task: '/n' }] })).toBe('tasks[0].notebook_task must be an object.');
  expect(shapeProblem({ job_clusters: [{ job_cluster_key: 'k' }] })).toBe('job_clusters[0].new_cluster is missing.');
});
