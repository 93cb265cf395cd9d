import { expect, test } from 'vitest';
import { columnsOf, formatOf, guessed, nameProblem, plainName, startSql, tableName, tableSql, uploadPath, viewSql, withZeros } from './fileTable';

test('files that hold tables are known by their endings', () => {
  expect(['a.csv', 'b.TSV', 'c.jsonl', 'd.parquet', 'e.py', 'constructor', 'x.constructor'].map(formatOf)).toEqual(['csv', 'csv', 'json', 'parquet', undefined, undefined, undefined]);
});

test('separator and shape are read off the beginning', () => {
  expect(guessed('csv', 'a;b;c,d\n1;2;3').separator).toBe(';');
  expect(guessed('csv', '\uFEFFa\tb\r\n1\t2').separator).toBe('\t');
  expect(guessed('csv', 'only').separator).toBe(',');
  expect(guessed('json', ' [{"a": 1}]').whole).toBe(true);
  expect(guessed('json', '{"a": 1}\n{"a": 2}').whole).toBe(false);
});

test('names are made plain and told apart', () => {
  expect(plainName(' zip code (new) ')).toBe('zip_code_new');
  expect(plainName('2024')).toBe('_2024');
  expect(plainName('Größe')).toBe('Größe');
  expect(tableName('My Sales-2024.v2.csv')).toBe('my_sales_2024_v2');
  expect(columnsOf([{ name: 'a b', type: 'integer' }, { name: 'a_b', type: 'long' }, { name: 'A B', type: 'date' }]).map(({ name, type }) => `${name} ${type}`)).toEqual(['a_b INT', 'a_b_2 BIGINT', 'A_B_3 DATE']);
});

test('Spark reads text by the columns that were chosen, and tells values that do not fit', () => {
  const reading = guessed('csv', 'a,b');
  expect(viewSql("dbfs:/FileStore/tables/it's.csv", reading)).toBe(
    "CREATE OR REPLACE TEMPORARY VIEW slipway_file USING csv OPTIONS (path 'dbfs:/FileStore/tables/it\\'s.csv', header 'true', sep ',', quote '\"', escape '\"', multiLine 'true', inferSchema 'true')",
  );
  const columns = columnsOf([{ name: 'zip code', type: 'int' }]).map((each) => ({ ...each, type: 'STRING' }));
  expect(viewSql('dbfs:/x', { ...reading, separator: '\t' }, columns)).toContain("slipway_file (`zip_code` STRING) USING csv OPTIONS (path 'dbfs:/x', header 'true', sep '\\t', quote '\"', escape '\"', multiLine 'true', mode 'FAILFAST')");
  expect(tableSql(['main', 'default', 'my`t'], reading, columns, false)).toBe('CREATE TABLE `main`.`default`.`my``t` AS SELECT `zip_code` FROM slipway_file');
});

test('numbers that begin with zeros stay text', () => {
  const reading = guessed('csv', 'zip;n');
  const columns = columnsOf([{ name: 'zip', type: 'integer' }, { name: 'n', type: 'integer' }]);
  expect(withZeros(columns, 'zip;n\n00123;5\n"x;y";0\n', reading).map(({ type }) => type)).toEqual(['STRING', 'INT']);
  expect(withZeros(columns, '{"zip": 00123}', { ...reading, format: 'json' })).toEqual(columns);
});

test('what brings its own types is converted only where another was chosen', () => {
  const reading = guessed('parquet', '');
  const [same, other] = columnsOf([{ name: 'a b', type: 'int' }, { name: 'c', type: 'string' }]);
  if (!same || !other) throw new Error('two columns');
  expect(tableSql(['t'], reading, [same, { ...other, type: 'DATE' }], true)).toBe('CREATE OR REPLACE TABLE `t` AS SELECT `a b` AS `a_b`, CAST(`c` AS DATE) AS `c` FROM slipway_file');
});

test('a file keeps its name where a cluster reads it', () => {
  expect(uploadPath('a/../b.csv')).toBe('/FileStore/tables/a_.._b.csv');
});

test('a file whose name looks like a pattern is that file only', () => {
  expect(startSql('file:/Workspace/a [1]`{b}*.csv')).toBe('SELECT substr(value, 1, 4000) FROM text.`file:/Workspace/a \\[1\\]``\\{b\\}\\*.csv` LIMIT 300');
  expect(nameProblem('file:/Workspace/a [1].csv', guessed('csv', ''))).toMatch(/reads as a pattern. Rename the file/);
  expect(nameProblem('file:/Workspace/a [1].json', guessed('json', '[1]'))).not.toBe('');
  expect([nameProblem('file:/Workspace/a [1].json', guessed('json', '{}')), nameProblem('file:/Workspace/Ä #1 50%.csv', guessed('csv', ''))]).toEqual(['', '']);
  expect(viewSql('file:/Workspace/a [1].csv', guessed('csv', ''))).toContain("path 'file:/Workspace/a \\\\[1\\\\].csv'");
});
