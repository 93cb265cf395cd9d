import { expect, test } from 'vitest';
import { bars, rangeOf, SPANS, spanOf } from './auditSpan';

const HOUR = 3_600_000;
const NOW = 1_700_000_000_000;

test('a span ends with the hour that is now and begins so many hours before', () => {
  const { from, to } = rangeOf('24h', NOW);
  expect(to).toBeGreaterThan(NOW);
  expect(to - NOW).toBeLessThanOrEqual(HOUR);
  expect(to - from).toBe(24 * HOUR);
});

test('hours without calls have bars, and hours of one bar are added', () => {
  const { from } = rangeOf('7d', NOW);
  const made = bars([{ at: from, calls: { ok: 2, refused: 1 } }, { at: from + 2 * HOUR, calls: { ok: 1, unknown: 1 } }, { at: from - HOUR, calls: { ok: 9 } }], '7d', from);
  expect(made).toHaveLength(SPANS['7d'].hours / SPANS['7d'].bar);
  expect(made[0]).toMatchObject({ ok: 4, refused: 1, failed: 0 });
  expect(made[1]).toMatchObject({ ok: 0, refused: 0, failed: 0 });
});

test('an address that somebody has written by hand shows a day', () => {
  expect(spanOf('a year')).toBe('24h');
});
