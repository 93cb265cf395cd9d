import { expect, test } from 'vitest';
import { csv, fileName, json, tsv } from './copying';
import { columnsOf } from './table';

const columns = columnsOf([{ name: 'a', type: '"string"' }, { name: 'b,c', type: '"long"' }]);

test('copied cells are separated by tabs, and those with tabs or line breaks are quoted', () => {
  expect(tsv(columns, [['x', 1], [null, 2]], false)).toBe('x\t1\n\t2');
  expect(tsv(columns, [['say "hi"\tnow', 1]], true)).toBe('a\tb,c\n"say ""hi""\tnow"\t1');
});

test('CSV tells null from an empty text and quotes what needs it', () => {
  expect(csv(columns, [[null, 1], ['', 2], ['a "b", c\nd', null]])).toBe('a,"b,c"\r\n,1\r\n"",2\r\n"a ""b"", c\nd",\r\n');
});

test('a text that looks like a formula is made harmless, a number is left alone', () => {
  expect(csv(columns, [['=HYPERLINK("x")', -5], ['-12.5', -1], ['+x', 0]])).toBe('a,"b,c"\r\n"\'=HYPERLINK(""x"")",-5\r\n-12.5,-1\r\n\'+x,0\r\n');
});

test('JSON is a list of objects', () => {
  expect(JSON.parse(json(columns, [['x', null], [undefined, { d: [1] }]]))).toEqual([{ a: 'x', 'b,c': null }, { a: null, 'b,c': { d: [1] } }]);
});

test('files are named by what they come from', () => {
  expect(fileName('Output of cell 3', 'csv')).toBe('output-of-cell-3.csv');
  expect(fileName('../Größe: *', 'json')).toBe('größe.json');
  expect(fileName('***', 'json')).toBe('result.json');
});
