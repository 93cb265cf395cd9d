import { expect, test } from 'vitest';
import { quoted, table } from '../api/commands';
import { cellText } from '../output/table';

test('names are quoted part by part', () => {
  expect(quoted('main.a`b.c d')).toBe('`main`.`a``b`.`c d`');
});

test('a table of API 1.2 gets plain types', () => {
  const result = table({
    resultType: 'table',
    schema: [
      { name: 'n', type: '"bigint"' },
      { name: 's', type: '{"type":"struct","fields":[]}' },
    ],
    data: [[1, { a: 2 }]],
  });
  expect(result.columns.map(({ type }) => type)).toEqual(['bigint', 'struct']);
  expect(result.rows[0]?.map(cellText)).toEqual(['1', '{"a":2}']);
});

test('a failed statement throws its summary', () => {
  expect(() => table({ resultType: 'error', summary: 'TABLE_OR_VIEW_NOT_FOUND' })).toThrow('TABLE_OR_VIEW_NOT_FOUND');
});
