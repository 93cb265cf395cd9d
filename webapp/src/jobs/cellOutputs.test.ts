import { expect, test } from 'vitest';
import { outputsOf, taskOutputs } from './cellOutputs';

const printed = (text: string, name = 'stdout') => ({ type: 'stream', name, text });

test('a task that said nothing has no output', () => {
  expect(taskOutputs({ cells: [] })).toEqual([]);
  expect(taskOutputs({ cells: [{ index: 0, language: 'python', text: 'x = 1' }] })).toEqual([]);
});

test('text is joined, and a display takes the form that it was given last', () => {
  const table = { type: 'display_data', displayId: 'd', data: { 'text/plain': 'old' } };
  expect(outputsOf([printed('a'), printed('b'), printed('c', 'stderr'), table, { type: 'update_display_data', displayId: 'd', data: { 'text/plain': 'new' } }, { type: 'progress' }])).toEqual([
    { type: 'stream', name: 'stdout', text: 'ab' },
    { type: 'stream', name: 'stderr', text: 'c' },
    { type: 'display_data', displayId: 'd', data: { 'text/plain': 'new' }, metadata: undefined },
  ]);
});

test('an error that no cell tells comes from the task, with its class and its trace', () => {
  const failed = { type: 'error', ename: 'ValueError', evalue: 'it broke', traceback: [] };
  expect(taskOutputs({ cells: [{ index: 0, language: 'python', text: '', frames: [failed] }], error: 'ValueError: it broke' })).toEqual([failed]);
  expect(taskOutputs({ cells: [], error: 'ValueError: it: broke\nhere', trace: 'a\nb' })).toEqual([{ type: 'error', ename: 'ValueError', evalue: 'it: broke\nhere', traceback: ['a', 'b'] }]);
  expect(taskOutputs({ cells: [], error: 'The cluster could not start: no room' })).toEqual([{ type: 'error', ename: '', evalue: 'The cluster could not start: no room', traceback: [] }]);
});
