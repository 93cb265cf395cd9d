import { expect, test } from 'vitest';
import { nearest, path, roundUp } from './lines';

test('scales end at round numbers', () => {
  expect([0, 0.3, 1, 1.2, 3, 7, 10, 47].map(roundUp)).toEqual([1, 0.5, 1, 2, 5, 10, 10, 50]);
});

test('a line is broken where nothing was measured', () => {
  const line = {
    name: 'a',
    points: [
      [0, 0],
      [10, 5],
      [90, 10],
      [100, 20],
    ] as [number, number][],
  };
  expect(path(line, 0, 100, 10, 200, 50, 20)).toBe('M0.0 50.0L20.0 25.0M180.0 0.0L200.0 0.0');
  // One measurement alone is a dot.
  expect(path({ name: 'a', points: [[50, 5]] }, 0, 100, 10, 200, 50, 20)).toBe('M100.0 25.0m-2 0h4');
});

test('the pointer finds the nearest measurement', () => {
  const points: [number, number][] = [
    [0, 1],
    [10, 2],
  ];
  expect(nearest({ name: 'a', points }, 6)).toEqual([10, 2]);
  expect(nearest({ name: 'a', points: [] }, 6)).toBeUndefined();
});
