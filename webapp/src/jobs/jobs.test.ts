import { expect, test } from 'vitest';
import type { Job } from '../api/jobs';
import { layout } from './layout';
import { computeOf, parametersOf, workOf } from './tasks';

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

test('parameters are those of the job, else those of its notebooks', () => {
  const job = (settings: object) => ({ job_id: 1, settings: { name: 'j', ...settings } }) as Job;
  expect(parametersOf(job({ parameters: [{ name: 'day', default: '1' }] }))).toEqual({ kind: 'job_parameters', values: { day: '1' } });
  expect(parametersOf(job({ tasks: [{ task_key: 'a', notebook_task: { notebook_path: '/n', base_parameters: { x: 'y' } } }] }))).toEqual({
    kind: 'notebook_params',
    values: { x: 'y' },
  });
});

test('a task says what it does and where', () => {
  expect(workOf({ task_key: 'a', spark_python_task: { python_file: 'dbfs:/a.py' } })).toEqual({ kind: 'Python file', what: 'dbfs:/a.py' });
  expect(computeOf({ task_key: 'a', job_cluster_key: 'shared' })).toBe('job cluster shared');
});
