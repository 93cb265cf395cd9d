import { expect, test } from 'vitest';
import { ago, bytes, duration } from './time';

test('relative times name the largest unit only', () => {
  const now = 1_000_000_000;
  expect(ago(now - 3000, now)).toBe('now');
  expect(ago(now - 42_000, now)).toBe('42 s ago');
  expect(ago(now - 200_000, now)).toBe('3 min ago');
  expect(ago(now + 7_300_000, now)).toBe('in 2 h');
  expect(ago(now - 3 * 86_400_000, now)).toBe('3 d ago');
});

test('durations name two units', () => {
  expect(duration(820)).toBe('820 ms');
  expect(duration(200_000)).toBe('3 min 20 s');
  expect(duration(7_500_000)).toBe('2 h 5 min');
});

test('sizes keep three digits at most', () => {
  expect(bytes(999)).toBe('999 B');
  expect(bytes(1_540_000)).toBe('1.5 MB');
});
