import { expect, test } from 'vitest';
import { changesOf, commentColumnSql, filesOf, restoreSql, versionSql } from './tableSql';

test('names and texts are quoted in what Spark is told', () => {
  expect(commentColumnSql('main.a.b`c', 'x`y', "it's\n\\")).toBe("ALTER TABLE `main`.`a`.`b``c` ALTER COLUMN `x``y` COMMENT 'it\\'s\\n\\\\'");
  expect([versionSql('c.s.t', 3), restoreSql('c.s.t', 3)]).toEqual(['SELECT * FROM `c`.`s`.`t` VERSION AS OF 3 LIMIT 100', 'RESTORE TABLE `c`.`s`.`t` TO VERSION AS OF 3']);
});

const columns = ['version', 'timestamp', 'userName', 'operation', 'operationParameters', 'operationMetrics'].map((name) => ({ name, type: 'string' }));

test('a change says who made it and what it did', () => {
  const rows = [
    [1, '2026-11-27T21:16:49.002+00:00', 'ann', 'WRITE', { mode: 'Append', partitionBy: '[]' }, { numOutputRows: '12' }],
    [0, '2026-11-27T21:16:46.642+00:00', null, 'CREATE TABLE', { description: null }, {}],
  ];
  expect(changesOf({ columns, rows, truncated: false })).toEqual([
    { version: 1, at: Date.UTC(2026, 10, 27, 21, 16, 49, 2), by: 'ann', operation: 'WRITE', parameters: 'mode: Append', rows: 12 },
    { version: 0, at: Date.UTC(2026, 10, 27, 21, 16, 46, 642), by: '', operation: 'CREATE TABLE', parameters: '', rows: undefined },
  ]);
});

test('tables whose log does not know their files have none to tell of', () => {
  const detail = ['numFiles', 'sizeInBytes'].map((name) => ({ name, type: 'long' }));
  expect(filesOf({ columns: detail, rows: [[2, 1326]], truncated: false })).toEqual({ files: 2, bytes: 1326 });
  expect(filesOf({ columns: detail, rows: [[null, null]], truncated: false })).toBeUndefined();
});
