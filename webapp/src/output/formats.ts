import { absent, numberOf, shownText, type Kind } from './table';

export interface FormatChoice {
  value: string;
  label: string;
}

const NUMBERS: FormatChoice[] = [
  { value: '', label: 'as it is' },
  { value: 'whole', label: '1,235' },
  { value: 'one', label: '1,234.6' },
  { value: 'two', label: '1,234.57' },
  { value: 'four', label: '1,234.5679' },
  { value: 'percent', label: '12.3 %' },
  { value: 'short', label: '1.2M' },
];

const DATES: FormatChoice[] = [
  { value: '', label: 'as it is' },
  { value: 'day', label: '2026-11-27' },
  { value: 'minute', label: '2026-11-27 14:05' },
  { value: 'second', label: '2026-11-27 14:05:09' },
  { value: 'month', label: '2026-11' },
];

/** How values of a kind can be shown, by names that are kept; the empty one changes nothing. */
export const formatsOf = (kind: Kind): FormatChoice[] => (kind === 'number' ? NUMBERS : kind === 'date' ? DATES : []);

const digits = (count: number, more: Intl.NumberFormatOptions = {}) => new Intl.NumberFormat('en', { minimumFractionDigits: count, maximumFractionDigits: count, ...more });

// Made once: making one takes longer than writing two hundred numbers with it.
const WRITERS: Record<string, (value: number) => string> = {
  whole: (value) => WHOLE.format(value),
  one: (value) => ONE.format(value),
  two: (value) => TWO.format(value),
  four: (value) => FOUR.format(value),
  percent: (value) => `${ONE.format(value * 100)} %`,
  short: (value) => SHORT.format(value),
};
const WHOLE = digits(0);
const ONE = digits(1);
const TWO = digits(2);
const FOUR = digits(4);
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Letters of `2026-11-27 14:05:09` that are left. */
const LENGTHS: Record<string, number> = { month: 7, day: 10, minute: 16, second: 19 };

/** A value as its column shows it. Values that a format does not fit, and decimals that a number cannot hold, stay as they are. */
export function formatted(format: string | undefined, kind: Kind, value: unknown): string {
  const text = shownText(kind, value);
  if (!format || absent(value)) return text;
  if (kind === 'date') return /^\d{4}-\d{2}/.test(text) ? text.slice(0, Object.hasOwn(LENGTHS, format) ? LENGTHS[format] : undefined) : text;
  const number = kind === 'number' ? numberOf(value) : NaN;
  if (!Number.isFinite(number) || (Math.abs(number) > Number.MAX_SAFE_INTEGER && typeof value === 'string')) return text;
  return Object.hasOwn(WRITERS, format) ? (WRITERS[format]?.(number) ?? text) : text;
}
