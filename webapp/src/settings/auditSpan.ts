import type { AuditHour, AuditOutcome } from '../api/audit';

const HOUR = 3_600_000;

/** How far back a page looks: a name, the milliseconds, and the hours of one bar. */
export const SPANS = {
  '6h': { label: '6 hours', hours: 6, bar: 1 },
  '24h': { label: '24 hours', hours: 24, bar: 1 },
  '7d': { label: '7 days', hours: 168, bar: 3 },
  '30d': { label: '30 days', hours: 720, bar: 12 },
} as const;

export type Span = keyof typeof SPANS;

export const spanOf = (word: string): Span => (word in SPANS ? (word as Span) : '24h');

/** The time that a span stands for, from the beginning of an hour. */
export function rangeOf(span: Span, now: number): { from: number; to: number } {
  const to = Math.ceil((now + 1) / HOUR) * HOUR;
  return { from: to - SPANS[span].hours * HOUR, to };
}

export interface Bar {
  from: number;
  to: number;
  ok: number;
  refused: number;
  failed: number;
}

const count = (hour: AuditHour, outcome: AuditOutcome) => hour.calls?.[outcome] ?? 0;

/** Bars from the first to the last hour, those without a call too. */
export function bars(hours: AuditHour[], span: Span, from: number): Bar[] {
  const { hours: all, bar } = SPANS[span];
  const made: Bar[] = Array.from({ length: all / bar }, (_, index) => ({
    from: from + index * bar * HOUR,
    to: from + (index + 1) * bar * HOUR,
    ok: 0,
    refused: 0,
    failed: 0,
  }));
  for (const hour of hours) {
    const into = made[Math.floor((hour.at - from) / (bar * HOUR))];
    if (!into) continue;
    into.ok += count(hour, 'ok') + count(hour, 'unknown');
    into.refused += count(hour, 'refused');
    into.failed += count(hour, 'failed');
  }
  return made;
}
