import { expect, test } from 'vitest';
import { columnsOf, shownText, tableOf } from './table';

test('types come as JSON in a text and are told as SQL tells them', () => {
  const nested = JSON.stringify({ type: 'struct', fields: [{ name: 'a', type: 'long' }, { name: 'b', type: { type: 'array', elementType: 'string' } }] });
  const map = JSON.stringify({ type: 'map', keyType: 'string', valueType: 'integer' });
  const types = ['"long"', '"decimal(38,2)"', '"timestamp"', '"timestamp_ntz"', '"boolean"', nested, map, 'bigint'];
  expect(columnsOf(types.map((type, index) => ({ name: `c${index}`, type }))).map(({ type, kind }) => [type, kind])).toEqual([
    ['bigint', 'number'],
    ['decimal(38,2)', 'number'],
    ['timestamp', 'date'],
    ['timestamp_ntz', 'date'],
    ['boolean', 'boolean'],
    ['struct<a:bigint,b:array<string>>', 'nested'],
    ['map<string,int>', 'nested'],
    ['bigint', 'number'],
  ]);
});

test('columns of one name are told apart', () => {
  expect(columnsOf([{ name: 'id', type: '"long"' }, { name: 'id', type: '"long"' }]).map(({ id }) => id)).toEqual(['id', 'id (2)']);
});

test('what is no table is none', () => {
  expect(tableOf(undefined)).toBeUndefined();
  expect(tableOf({ schema: {}, data: [] })).toBeUndefined();
  expect(tableOf({ schema: [], data: [] })).toEqual({ columns: [], rows: [], truncated: false });
});

test('times are shown as people write them', () => {
  expect(shownText('date', '2026-11-21T11:09:54.734+00:00')).toBe('2026-11-21 11:09:54.734');
  expect(shownText('date', '2026-11-21')).toBe('2026-11-21');
  expect(shownText('text', 'T-1')).toBe('T-1');
});
