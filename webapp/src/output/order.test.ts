import { expect, test } from 'vitest';
import { arranged, compare, matches, passes, type Filter } from './order';
import { cellText, columnsOf } from './table';

const columns = columnsOf([
  { name: 'n', type: '"long"' },
  { name: 's', type: '"string"' },
  { name: 'd', type: '"date"' },
  { name: 'x', type: '"decimal(38,2)"' },
]);
const rows = [
  [10, 'item 10', '2024-01-02', '9.50'],
  [9, 'Item 9', '2024-01-01', '10.05'],
  [null, '', null, '-3'],
  [100, null, '2023-12-31', '100000000000000000000000000000000000.02'],
];
const by = (column: string, down = false) => arranged(rows, columns, [], { column, down });
const sorted = (kind: Parameters<typeof compare>[0], values: unknown[]) => [...values].sort((a, b) => compare(kind, a, b));

test('numbers are sorted as numbers, null last in both directions', () => {
  expect(by('n')).toEqual([1, 0, 3, 2]);
  expect(by('n', true)).toEqual([3, 0, 1, 2]);
});

test('texts are sorted as people do: case and number of digits do not count', () => {
  expect(by('s')).toEqual([2, 1, 0, 3]);
});

test('dates are sorted by time', () => {
  expect(by('d')).toEqual([3, 1, 0, 2]);
  expect(sorted('date', ['2024-01-01T00:00:00.000002', '2024-01-01T00:00:00.000001'])).toEqual(['2024-01-01T00:00:00.000001', '2024-01-01T00:00:00.000002']);
});

test('decimals that come as texts are exact', () => {
  expect(by('x')).toEqual([2, 0, 1, 3]);
  const close = ['10000000000000000000.2', '10000000000000000000.12', '-10000000000000000000.2', '-10000000000000000000.12', '9'];
  expect(sorted('number', close)).toEqual([close[2], close[3], '9', close[1], close[0]]);
  expect(sorted('number', ['9007199254740993', '9007199254740992'])).toEqual(['9007199254740992', '9007199254740993']);
});

test('neighbours beyond what a double can tell apart are sorted and shown as they are', () => {
  const values = ['9223372036854775807', 1, '9223372036854775806', '-9223372036854775808'];
  expect(sorted('number', values).map(cellText)).toEqual(['-9223372036854775808', '1', '9223372036854775806', '9223372036854775807']);
});

test('NaN comes after every number and infinities are at the ends', () => {
  expect(sorted('number', ['NaN', 'Infinity', 1, '-Infinity'])).toEqual(['-Infinity', 1, 'Infinity', 'NaN']);
});

test('rows that are equal stay in their order', () => {
  expect(arranged([[1], [0], [1]], columns.slice(0, 1), [], { column: 'n', down: true })).toEqual([0, 2, 1]);
});

const filter = (test: Filter['test'], value = ''): Filter => ({ column: 'any', test, value });

test('filters know the type', () => {
  expect(passes(filter('>', '9'), 'number', 10)).toBe(true);
  expect(passes(filter('>', '9'), 'number', '8.5')).toBe(false);
  expect(passes(filter('=', '1.50'), 'number', '1.5')).toBe(true);
  expect(passes(filter('<', 'no number'), 'number', 1)).toBe(false);
  expect(passes(filter('<', '2024-01-01'), 'date', '2023-12-31')).toBe(true);
  expect(passes(filter('=', '2024-01-01'), 'date', '2024-01-01T10:00:00')).toBe(true);
  expect(passes(filter('contains', 'ITEM'), 'text', 'an item')).toBe(true);
  expect(passes(filter('=', 'a'), 'text', 'A')).toBe(true);
  expect(passes(filter('=', 'true'), 'boolean', true)).toBe(true);
  expect(passes(filter('contains', '"a":1'), 'nested', { a: 1 })).toBe(true);
});

test('null passes only where it is asked for', () => {
  expect(passes(filter('contains', 'x'), 'text', null)).toBe(false);
  expect(passes(filter('empty'), 'text', null)).toBe(true);
  expect(passes(filter('empty'), 'text', '')).toBe(false);
  expect(passes(filter('present'), 'text', '')).toBe(true);
});

test('all filters must pass, and one on a column that is gone does nothing', () => {
  expect(arranged(rows, columns, [{ column: 's', test: 'contains', value: 'item' }, { column: 'n', test: '<', value: '10' }])).toEqual([1]);
  expect(arranged(rows, columns, [{ column: 'gone', test: '=', value: '1' }])).toEqual([0, 1, 2, 3]);
});

test('matches are found in what is shown, in reading order', () => {
  expect(matches(rows, columns, [1, 0], [1, 0], '10')).toEqual([{ row: 1, column: 0 }, { row: 1, column: 1 }]);
  expect(matches(rows, columns, [0, 1], [0, 1], '')).toEqual([]);
});
