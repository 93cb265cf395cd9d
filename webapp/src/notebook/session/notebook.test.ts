import { expect, test } from 'vitest';
import { EMPTY, reduce, type Notebook } from './notebook';
import type { NotebookFrame, WireCell } from './protocol';

const cell = (id: string, text = ''): WireCell => ({ id, version: 0, text, title: '', titleShown: false, codeHidden: false, resultHidden: false });

const start = reduce(EMPTY, {
  type: 'snapshot',
  n: 1,
  language: 'python',
  cluster: '',
  context: '',
  by: '',
  lost: '',
  onWidgetChange: 'cells',
  widgets: [],
  cells: [cell('a', 'print(1)'), cell('b', '%md # Title'), cell('c', '%sql select 1')],
});

const after = (...frames: NotebookFrame[]): Notebook => frames.reduce(reduce, start);
const state = (name: 'queued' | 'running' | 'done'): NotebookFrame => ({ type: 'state', cell: 'a', state: name, run: 1, by: 'ann', queued: 1, start: 2, end: 3 });

test('a snapshot says what there is and in what language', () => {
  expect(start.order).toEqual(['a', 'b', 'c']);
  expect([...start.cells.values()].map(({ language, kind }) => [language, kind])).toEqual([
    ['python', 'code'],
    ['md', 'markdown'],
    ['sql', 'code'],
  ]);
});

test('a frame of one cell leaves the others as they are, to the object', () => {
  const next = after({ type: 'stream', cell: 'a', name: 'stdout', text: 'x' });
  expect(next.cells.get('b')).toBe(start.cells.get('b'));
  expect(next.order).toBe(start.order);
  expect(next.cells.get('a')).not.toBe(start.cells.get('a'));
});

test('text of one stream is joined, an output between begins anew', () => {
  const next = after(
    { type: 'stream', cell: 'a', name: 'stdout', text: 'one\n' },
    { type: 'stream', cell: 'a', name: 'stdout', text: 'two\n' },
    { type: 'stream', cell: 'a', name: 'stderr', text: 'bad\n' },
    { type: 'output', cell: 'a', output: { type: 'display_data', data: { 'text/plain': '1' }, displayId: 'd' } },
    { type: 'updateOutput', cell: 'a', displayId: 'd', data: { 'text/plain': '2' } },
  );
  expect(next.cells.get('a')?.outputs).toEqual([
    { type: 'stream', name: 'stdout', text: 'one\ntwo\n' },
    { type: 'stream', name: 'stderr', text: 'bad\n' },
    { type: 'display_data', data: { 'text/plain': '2' }, metadata: undefined, displayId: 'd' },
  ]);
});

test('a cell that runs later may bring what another one shows up to date', () => {
  const next = after(
    { type: 'output', cell: 'a', output: { type: 'display_data', data: { 'text/plain': '1' }, displayId: 'd' } },
    { type: 'updateOutput', cell: 'b', displayId: 'd', data: { 'text/plain': '2' } },
  );
  expect(next.cells.get('a')?.outputs).toEqual([{ type: 'display_data', data: { 'text/plain': '2' }, metadata: undefined, displayId: 'd' }]);
  expect(next.cells.get('b')).toBe(start.cells.get('b'));
});

test('waiting for a new run takes the old output away, ending does not', () => {
  const output: NotebookFrame = { type: 'stream', cell: 'a', name: 'stdout', text: 'x' };
  expect(after(state('running'), output, state('done')).cells.get('a')?.outputs).toHaveLength(1);
  expect(after(state('running'), output, state('queued')).cells.get('a')?.outputs).toHaveLength(0);
  expect(after(state('done'), { type: 'clear', cell: 'a' }).cells.get('a')?.run).toBeUndefined();
});

test('of ten megabytes of text the end stays', () => {
  const text = `${'x'.repeat(99)}\n`.repeat(60000);
  const next = after({ type: 'stream', cell: 'a', name: 'stdout', text }, { type: 'stream', cell: 'a', name: 'stdout', text: `${text}last\n` });
  const [output] = next.cells.get('a')?.outputs ?? [];
  expect(output?.type === 'stream' && output.text.length).toBeLessThan(10 << 20);
  expect(output?.type === 'stream' && output.text.endsWith('x\nlast\n')).toBe(true);
  expect(output?.type === 'stream' && output.text.startsWith('(Older text has been left out')).toBe(true);
});

test('cells come below the one that is named, at the top, or at the end if it is gone', () => {
  const insert = (id: string, below: string): NotebookFrame => ({ type: 'op', op: 'insert', after: below, cell: cell(id) });
  expect(after(insert('n', 'a')).order).toEqual(['a', 'n', 'b', 'c']);
  expect(after(insert('n', '')).order).toEqual(['n', 'a', 'b', 'c']);
  expect(after(insert('n', 'gone')).order).toEqual(['a', 'b', 'c', 'n']);
  expect(after(insert('n', 'a'), insert('n', 'a')).order).toEqual(['a', 'n', 'b', 'c']);
  expect(after({ type: 'op', op: 'move', cell: 'c', after: '' }).order).toEqual(['c', 'a', 'b']);
  expect(after({ type: 'op', op: 'delete', cell: 'b' }).order).toEqual(['a', 'c']);
});

test('what runs on a change of a widget is told with the widgets', () => {
  expect(start.onWidgetChange).toBe('cells');
  const widget = { type: 'text' as const, name: 'env', label: '', defaultValue: 'dev', value: 'prod' };
  const next = after({ type: 'widgets', onWidgetChange: 'nothing', widgets: [widget] });
  expect([next.onWidgetChange, next.widgets]).toEqual(['nothing', [widget]]);
});

test('what was lost is known until there is a new context', () => {
  const lost = after({ type: 'contextLost', cluster: 'k', message: 'It has terminated.', next: 'Start it.' });
  expect(lost.loss?.next).toBe('Start it.');
  expect(reduce(lost, { type: 'context', cluster: 'k', context: 'x', by: 'ann', lost: '' }).loss).toBeUndefined();
});

test('a frame of a cell that is gone changes nothing', () => {
  expect(after({ type: 'stream', cell: 'gone', name: 'stdout', text: 'x' })).toBe(start);
});
