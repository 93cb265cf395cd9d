import { expect, test } from 'vitest';
import { partsOf } from '../api/awsUpload';
import { places } from '../parts/places';
import { separatorOf } from '../parts/separators';
import { csvTable, parseCsv } from './csv';
import { bucketProblem, folderOf, inert, lastStep, saved, shapeOf, stepsOf, wordsFor } from './names';

test.each(['abc', 'a-b.c', '0a1', 'a'.repeat(63)])('%s is a name for a bucket', (name) => expect(bucketProblem(name)).toBe(''));

test.each([
  ['ab', 'At least 3'],
  ['a'.repeat(64), 'At most 63'],
  ['Abc', 'small letters'],
  ['a_b', 'small letters'],
  ['-ab', 'begins and ends'],
  ['ab.', 'begins and ends'],
  ['a..b', 'two dots'],
  ['10.0.0.1', 'IP address'],
  ['xn--abc', 'begins as names'],
  ['abc-s3alias', 'ends as names'],
])('%s is none, and why is said', (name, why) => expect(bucketProblem(name)).toContain(why));

test('keys have steps', () => {
  expect(['a/b', 'a/b/', 'a', 'a//'].map(lastStep)).toEqual(['b', 'b/', 'a', '/']);
  expect(['a/b', 'a/b/', 'a', 'a//'].map(folderOf)).toEqual(['a/', 'a/', '', 'a/']);
  expect(stepsOf('a/b/')).toEqual([['a', 'a/'], ['b', 'a/b/']]);
  expect(stepsOf('/b/')).toEqual([['(no name)', '/'], ['b', '/b/']]);
});

test('folders that an address cannot tell are in its query', () => {
  expect(places.storage('b', 'a/b c/', 'a/b c/d')).toEqual({ to: '/storage/$bucket/$', params: { bucket: 'b', _splat: 'a/b c' }, search: { object: 'a/b c/d' } });
  for (const odd of ['a//', '/a/', './', 'a/../']) expect(places.storage('b', odd).search).toEqual({ prefix: odd });
  expect(places.storage('b').search).toEqual({});
});

test('what is shown follows from the name, else from the type', () => {
  expect(['a.PNG', 'a.csv', 'a.jsonl', 'a.snappy.parquet', 'a.py', 'a'].map((key) => shapeOf(key))).toEqual(['picture', 'csv', 'json', 'parquet', 'text', 'unknown']);
  expect(['image/png', 'text/csv; charset=utf-8', 'application/json', 'text/x', 'application/zip'].map((type) => shapeOf('a', type))).toEqual(['picture', 'csv', 'json', 'text', 'unknown']);
});

test('a link opens only what runs no script', () => {
  expect(['image/png', 'text/plain; charset=utf-8', 'application/pdf'].every(inert)).toBe(true);
  expect(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/plainhtml', ''].some(inert)).toBe(false);
  expect(saved("a/ü'(1).txt")).toBe("attachment; filename*=UTF-8''%C3%BC%27%281%29.txt");
});

test('an object is told in the words of others', () => {
  expect(wordsFor('b', "it's.csv")).toEqual([
    ['URI', "s3://b/it's.csv"],
    ['Spark', `spark.read.csv("s3://b/it's.csv", header=True, inferSchema=True)`],
    ['AWS CLI', `aws --profile slipway s3 cp 's3://b/it'\\''s.csv' .`],
  ]);
  expect(wordsFor('b', 'f/')[2]).toEqual(['AWS CLI', "aws --profile slipway s3 ls 's3://b/f/'"]);
});

test('fields may hold what separates them', () => {
  expect(parseCsv('a,"b ""x"", c"\r\n"1\n2",\n\n,3', ',', false)).toEqual([['a', 'b "x", c'], ['1\n2', ''], ['', '3']]);
  expect(parseCsv('a,b\n1,2\n3,', ',', true)).toEqual([['a', 'b'], ['1', '2']]);
  expect(['a;b;c,d', 'a\tb', 'a'].map((line) => separatorOf(line))).toEqual([';', '\t', ',']);
});

test('columns of numbers are known, and lines may have more fields than names', () => {
  const { columns, rows } = csvTable('\uFEFFcity,people\nRome,2.7e6\nOslo,,x\n', 'a.csv', false);
  expect(columns.map(({ name, kind }) => [name, kind])).toEqual([['city', 'text'], ['people', 'number'], ['column 3', 'text']]);
  expect(rows).toEqual([['Rome', '2.7e6', null], ['Oslo', null, 'x']]);
});

test('parts are eight megabytes, unless there would be too many', () => {
  const mega = 1 << 20;
  expect(partsOf(17 * mega).map(([from, to]) => to - from)).toEqual([8 * mega, 8 * mega, mega]);
  const many = partsOf(100_000 * mega);
  expect(many.length).toBeLessThanOrEqual(10_000);
  expect(many.at(-1)?.[1]).toBe(100_000 * mega);
});
