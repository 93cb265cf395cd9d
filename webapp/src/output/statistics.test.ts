import { expect, test } from 'vitest';
import { statistics } from './statistics';

test('numbers have a mean, and null is counted apart', () => {
  expect(statistics([1, null, 3, 3], 'number')).toEqual({ count: 4, nulls: 1, distinct: 2, min: '1', max: '3', mean: 7 / 3, top: [{ value: '3', count: 2 }] });
});

test('decimals and NaN come as texts', () => {
  expect(statistics(['10.5', '9.5', 'NaN'], 'number')).toMatchObject({ min: '9.5', max: '10.5', mean: 10, distinct: 3 });
});

test('dates and texts have ends', () => {
  expect(statistics(['2024-02-01', '2023-01-01'], 'date')).toMatchObject({ min: '2023-01-01', max: '2024-02-01', mean: undefined });
  expect(statistics(['b', 'a'], 'text')).toMatchObject({ min: 'a', max: 'b', top: [] });
});

test('a column of nothing has no ends', () => {
  expect(statistics([null, null], 'number')).toEqual({ count: 2, nulls: 2, distinct: 0, min: undefined, max: undefined, mean: undefined, top: [] });
});
