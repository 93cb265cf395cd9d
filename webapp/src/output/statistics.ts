import { compare } from './order';
import { absent, cellText, numberOf, type Kind } from './table';

export interface Statistics {
  count: number;
  nulls: number;
  distinct: number;
  min?: string;
  max?: string;
  /** Of numbers only. */
  mean?: number;
  /** The three most frequent values, if any comes twice. */
  top: { value: string; count: number }[];
}

/** Of the rows that are here, which may not be all. */
export function statistics(values: unknown[], kind: Kind): Statistics {
  const counts = new Map<string, number>();
  let nulls = 0;
  let sum = 0;
  let numbers = 0;
  let min: unknown;
  let max: unknown;
  for (const value of values) {
    if (absent(value)) {
      nulls += 1;
      continue;
    }
    const text = cellText(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (kind === 'nested') continue;
    const number = kind === 'number' ? numberOf(value) : NaN;
    if (Number.isFinite(number)) {
      sum += number;
      numbers += 1;
    }
    if (kind === 'number' && Number.isNaN(number)) continue;
    if (min === undefined || compare(kind, value, min) < 0) min = value;
    if (max === undefined || compare(kind, value, max) > 0) max = value;
  }
  const repeated = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1]);
  return {
    count: values.length,
    nulls,
    distinct: counts.size,
    min: min === undefined ? undefined : cellText(min),
    max: max === undefined ? undefined : cellText(max),
    mean: numbers > 0 ? sum / numbers : undefined,
    top: repeated.slice(0, 3).map(([value, count]) => ({ value, count })),
  };
}
