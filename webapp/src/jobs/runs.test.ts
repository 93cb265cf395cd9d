import { expect, test } from 'vitest';
import type { Run, TaskRun } from '../api/jobs';
import { again, changedParameters, pairedTasks, previous } from './compare';
import { around, diff } from './diff';
import { lanes, ticks } from './gantt';

const ENDED = { life_cycle_state: 'TERMINATED', result_state: 'SUCCESS' };
const attempt = (key: string, number: number, start: number, setup: number, end: number, after: string[] = [], state: object = ENDED) =>
  ({ task_key: key, attempt_number: number, start_time: start, setup_duration: setup, execution_duration: end - start - setup, end_time: end, depends_on: after.map((each) => ({ task_key: each })), state }) as TaskRun;
const run = (tasks: TaskRun[], more: Partial<Run> = {}) => ({ run_id: 1, start_time: 1000, end_time: 0, tasks, state: { life_cycle_state: 'RUNNING' }, ...more }) as Run;

test('an attempt waits from the end of what comes before it, gets its cluster and runs', () => {
  const found = lanes(run([attempt('a', 0, 1100, 300, 2000), attempt('b', 0, 2500, 0, 3000, ['a']), attempt('b', 1, 4000, 100, 4500, ['a'])]), 9999);
  expect(found.map(({ key, attempts }) => [key, attempts.map(({ pieces }) => pieces.map(({ phase, from, to }) => `${phase} ${from}-${to}`))])).toEqual([
    ['a', [['waiting 0-100', 'setup 100-400', 'running 400-1000']]],
    ['b', [['waiting 1000-1500', 'running 1500-2000'], ['waiting 2000-3000', 'setup 3000-3100', 'running 3100-3500']]],
  ]);
});

test('an attempt that is to be repeated ends with its code', () => {
  const first = { ...attempt('a', 0, 1000, 0, 3000), execution_duration: 500 };
  const found = lanes(run([first, attempt('a', 1, 3000, 0, 3500)]), 9999)[0]?.attempts.map(({ pieces }) => pieces);
  expect(found).toEqual([[{ phase: 'running', from: 0, to: 500 }], [{ phase: 'waiting', from: 500, to: 2000 }, { phase: 'running', from: 2000, to: 2500 }]]);
});

test('what is under way reaches to now, what is blocked shows nothing', () => {
  const found = lanes(run([attempt('a', 0, 1000, 0, 0, [], { life_cycle_state: 'PENDING' }), attempt('b', 0, 0, 0, 0, ['a'], { life_cycle_state: 'BLOCKED' })]), 3000);
  expect(found.map(({ attempts }) => attempts[0]?.pieces)).toEqual([[{ phase: 'setup', from: 0, to: 2000 }], []]);
});

test('the axis has a few round times', () => {
  expect(ticks(21000)).toEqual([0, 5000, 10000, 15000, 20000]);
  expect(ticks(100 * 86400000).length).toBeLessThanOrEqual(7);
});

test('two runs are compared by their last attempts and what they were given', () => {
  const now = run([attempt('a', 0, 1, 0, 2), attempt('a', 1, 3, 0, 9)], { job_parameters: [{ name: 'day', default: 'x', value: 'tue' }], overriding_parameters: { notebook_params: { n: '1' } } });
  const then = run([attempt('b', 0, 1, 0, 2)], { job_parameters: [{ name: 'day', default: 'x', value: 'mon' }], overriding_parameters: { notebook_params: { n: '1' } } });
  expect(pairedTasks(now, then).map(({ key, ...pair }) => [key, pair.now?.end_time, pair.then?.end_time])).toEqual([['a', 9, undefined], ['b', undefined, 2]]);
  expect(changedParameters(now, then)).toEqual([{ key: 'day', now: 'tue', then: 'mon' }]);
  expect(again(now)).toEqual({ job_parameters: { day: 'tue' }, notebook_params: { n: '1' } });
});

test('the previous run is the one that began last before it', () => {
  const at = (id: number, start: number) => run([], { run_id: id, start_time: start });
  expect(previous([at(4, 40), at(3, 30), at(1, 10)], at(3, 30))?.run_id).toBe(1);
  expect(previous([at(3, 30)], at(3, 30))).toBeUndefined();
});

test('a difference keeps what is common', () => {
  const said = diff('a\nb\nc\nd', 'a\nx\nc\nd\ne')?.map(({ kind, text }) => `${kind} ${text}`);
  expect(said).toEqual(['same a', 'old b', 'new x', 'same c', 'same d', 'new e']);
  expect(diff('', 'a')).toEqual([{ kind: 'new', text: 'a' }]);
  const long = Array.from({ length: 2000 }, (_, index) => `${index}`).join('\n');
  expect(diff(long, long.replaceAll('1', 'one'))).toBeUndefined();
  expect(diff(long, `${long}\nend`)?.length).toBe(2001);
});

test('only the neighbourhood of changes is shown', () => {
  const lines = diff('1\n2\n3\n4\n5\n6', '1\n2\n3\nx\n5\n6') ?? [];
  expect(around(lines, 1).map((line) => line?.text)).toEqual([undefined, '3', '4', 'x', '5', undefined]);
});
