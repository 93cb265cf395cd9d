import { expect, test } from 'vitest';
import { childOf, freeName, fromSplat, localPath, nameOf, parentOf, sparkPath, steps } from './paths';

test('paths are taken apart and put together', () => {
  expect(nameOf('/a/b.py')).toBe('b.py');
  expect(parentOf('/a')).toBe('/');
  expect(childOf('/', 'a')).toBe('/a');
  expect(steps('/a/b')).toEqual([['a', '/a'], ['b', '/a/b']]);
  expect(fromSplat('Users/x/')).toBe('/Users/x');
  expect(fromSplat(undefined)).toBe('/');
});

test('a file that comes to a place that is taken gets the next free name', () => {
  const there = new Set(['/a/data.csv', '/a/data (1).csv', '/a.b/c', '/.env']);
  expect(['/a/data.csv', '/a/new.csv', '/a.b/c', '/.env'].map((path) => freeName(path, (each) => there.has(each)))).toEqual(['/a/data (2).csv', '/a/new.csv', '/a.b/c (1)', '/.env (1)']);
});

test('Python and Spark are told the same file', () => {
  expect([localPath('/Users/a/b.csv'), sparkPath('/Users/a/b.csv')]).toEqual(['/Workspace/Users/a/b.csv', 'file:/Workspace/Users/a/b.csv']);
});
