import { expect, test } from 'vitest';
import { decide, objectPath } from './arrivals';

const content = (text: string) => new TextEncoder().encode(text);
const files = [
  { path: '/a/data.csv', content: content('x') },
  { path: '/a/etl.py', content: content('# Databricks notebook source\nprint(1)') },
  { path: '/a/lib.py', content: content('x = 1') },
];

test('a notebook is there under its name without an ending, a program under its whole name', () => {
  expect(files.map(objectPath)).toEqual(['/a/data.csv', '/a/etl', '/a/lib.py']);
  expect(objectPath({ path: '/a/n.ipynb', content: content('{}') })).toBe('/a/n');
});

test('files that are there already are left out, replaced, or get another name', () => {
  const taken = new Set(['/a/data.csv', '/a/data (1).csv', '/a/etl']);
  expect(decide(files, taken, 'skip').map(({ path }) => path)).toEqual(['/a/lib.py']);
  expect(decide(files, taken, 'replace').map(({ path, overwrite }) => [path, overwrite])).toEqual([
    ['/a/data.csv', true],
    ['/a/etl.py', true],
    ['/a/lib.py', false],
  ]);
  expect(decide(files, taken, 'both').map(({ path }) => path)).toEqual(['/a/data (2).csv', '/a/etl (1).py', '/a/lib.py']);
});
