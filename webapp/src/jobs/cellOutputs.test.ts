import { expect, test } from 'vitest';
import { cellOutputs } from './cellOutputs';

test('a task that said nothing has no output', () => {
  expect(cellOutputs({})).toEqual([]);
  expect(cellOutputs({ logs: '', error: '', notebook_output: {} })).toEqual([]);
});

test('what was printed comes first, then the error with its class and its trace, then what was returned', () => {
  expect(cellOutputs({ logs: 'one\n', error: 'ValueError: it: broke\nhere', error_trace: 'a\nb', notebook_output: { result: '' } })).toEqual([
    { type: 'stream', name: 'stdout', text: 'one\n' },
    { type: 'error', ename: 'ValueError', evalue: 'it: broke\nhere', traceback: ['a', 'b'] },
    { type: 'display_data', data: { 'application/vnd.slipway.exit+json': { value: '' } } },
  ]);
});

test('a sentence with a colon is no class', () => {
  expect(cellOutputs({ error: 'The cluster could not start: no room' })).toEqual([{ type: 'error', ename: '', evalue: 'The cluster could not start: no room', traceback: [] }]);
});
