import { expect, test } from 'vitest';
import type { JobSettings } from '../api/jobs';
import { layout } from './layout';
import { merged, unusual, usual } from './runParameters';
import { computeOf, workOf } from './tasks';

test('a task stands right of those it waits for', () => {
  const { at } = layout([
    { task_key: 'b', depends_on: [{ task_key: 'a' }] },
    { task_key: 'a' },
    { task_key: 'c', depends_on: [{ task_key: 'b' }, { task_key: 'gone' }] },
  ]);
  const x = (key: string) => at.get(key)?.x ?? Number.NaN;
  expect(x('a')).toBeLessThan(x('b'));
  expect(x('b')).toBeLessThan(x('c'));
});

const settings = (more: object) => ({ name: 'j', ...more }) as JobSettings;
const notebook = (key: string, parameters: Record<string, string>) => ({ task_key: key, notebook_task: { notebook_path: '/n', base_parameters: parameters } });

test('parameters are those of the job, else those of its tasks', () => {
  expect(usual(settings({ parameters: [{ name: 'day', default: '1' }], tasks: [notebook('a', { x: 'y' })] }))).toEqual({ job_parameters: { day: '1' } });
  expect(usual(settings({ tasks: [notebook('a', { x: 'y' })] }))).toEqual({ notebook_params: { x: 'y' } });
  expect(usual(settings({ tasks: [{ task_key: 'a', spark_python_task: { python_file: 'f', parameters: ['1', '2'] } }] }))).toEqual({ python_params: '1\n2' });
  expect(usual(settings({ tasks: [] }))).toEqual({});
});

test('a value that is not the same in all tasks is left to them', () => {
  expect(usual(settings({ tasks: [notebook('a', { x: '1', y: '2' }), notebook('b', { x: '3', y: '2' })] }))).toEqual({ notebook_params: { x: '', y: '2' } });
});

test('a run is given only what is not usual', () => {
  expect(unusual({ notebook_params: { x: '1', y: '3', z: '4' }, python_params: 'a' }, { notebook_params: { x: '1', y: '2' }, python_params: 'a' })).toEqual({
    notebook_params: { y: '3', z: '4' },
  });
  expect(unusual({ jar_params: 'a\nb', job_parameters: { d: '' } }, { jar_params: '', job_parameters: { d: '1' } })).toEqual({ jar_params: ['a', 'b'], job_parameters: { d: '' } });
});

test('values of the last run are offered where the job still has them', () => {
  const now = { job_parameters: { day: '1', city: 'x' } };
  expect(merged(now, { job_parameters: { day: '2', gone: '3' } })).toEqual({ job_parameters: { day: '2', city: 'x' } });
  expect(merged({ notebook_params: { x: '1' } }, { notebook_params: { y: '2' }, job_parameters: { a: 'b' } })).toEqual({ notebook_params: { x: '1', y: '2' } });
});

test('a task says what it does and where', () => {
  expect(workOf({ task_key: 'a', spark_python_task: { python_file: 'dbfs:/a.py' } })).toEqual({ kind: 'Python file', what: 'dbfs:/a.py' });
  expect(computeOf({ task_key: 'a', job_cluster_key: 'shared' })).toBe('job cluster shared');
});

test('a task has a place whatever it is called, and two of one name have one', () => {
  const { at, width, height } = layout(['__proto__', 'constructor', 'toString', '', 'constructor'].map((key) => ({ task_key: key, depends_on: [{ task_key: '__proto__' }] })));
  expect([...at.keys()]).toEqual(['__proto__', 'constructor', 'toString', '']);
  expect([width, height, ...[...at.values()].flatMap(({ x, y }) => [x, y])].every(Number.isFinite)).toBe(true);
});
