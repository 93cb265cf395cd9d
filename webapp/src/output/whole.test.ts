import { expect, test } from 'vitest';
import { columnsOf } from './table';
import { arrangementOf } from './whole';

const columns = columnsOf([{ name: 'a', type: '"string"' }, { name: 'x', type: '"long"' }, { name: 'x', type: '"long"' }]);

test('Spark is told columns by their places, since names may come twice', () => {
  expect(arrangementOf(columns, [{ column: 'x (2)', test: '>', value: '5' }], { column: 'x', down: true })).toEqual({ filters: [{ column: 2, test: '>', value: '5' }], order: [{ column: 1, down: true }] });
});

test('nothing is asked where nothing would change', () => {
  expect(arrangementOf(columns, [], undefined)).toBeUndefined();
  expect(arrangementOf(columns, [{ column: 'a', test: 'contains', value: '' }], { column: 'gone', down: false })).toBeUndefined();
  expect(arrangementOf(columns, [{ column: 'a', test: 'empty', value: '' }], undefined)?.filters).toHaveLength(1);
});
