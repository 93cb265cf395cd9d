import { expect, test } from 'vitest';
import { readView } from './views';

const nothing = { tab: '', charts: [], hidden: [], pinned: [], widths: {}, formats: {}, filters: [], sort: undefined };

test('what nobody here has written is as if it were not there', () => {
  for (const kept of [undefined, null, 7, 'x', [], { tab: 5, charts: 'no', hidden: [1], widths: { a: 'b', c: 1e9 }, formats: { a: 1 }, filters: [{ test: 'like' }], sort: 'a' }]) {
    expect(readView(kept)).toEqual(nothing);
  }
});

test('what was arranged comes back', () => {
  const chart = { id: 'c1', name: 'Sales', type: 'line', x: 'day', y: ['sum'], group: '', aggregation: 'sum', stacked: false, order: 'x', title: '', xTitle: '', yTitle: '', log: false };
  const kept = { tab: 'c1', charts: [chart], hidden: ['a'], pinned: ['b'], widths: { a: 90 }, formats: { a: 'two' }, filters: [{ column: 'a', test: '<', value: '3' }], sort: { column: 'a', down: true } };
  expect(readView(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test('a chart of another time keeps what is understood', () => {
  const { charts, tab } = readView({ tab: 'gone', charts: [{ id: 'c1', type: 'bar', future: 1 }, { id: 'c2', type: 'hologram' }] });
  expect(tab).toBe('');
  expect(charts).toMatchObject([{ id: 'c1', type: 'bar', name: 'Visualization', y: [], aggregation: 'none' }]);
});
