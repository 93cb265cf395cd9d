import { expect, test } from 'vitest';
import { childOf, fromSplat, nameOf, parentOf, steps } from './paths';

test('paths are taken apart and put together', () => {
  expect(nameOf('/a/b.py')).toBe('b.py');
  expect(parentOf('/a')).toBe('/');
  expect(childOf('/', 'a')).toBe('/a');
  expect(steps('/a/b')).toEqual([['a', '/a'], ['b', '/a/b']]);
  expect(fromSplat('Users/x/')).toBe('/Users/x');
  expect(fromSplat(undefined)).toBe('/');
});
