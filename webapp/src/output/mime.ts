export const TABLE = 'application/vnd.slipway.table+json';
export const EXIT = 'application/vnd.slipway.exit+json';
export const CUT = 'application/vnd.slipway.cut+json';
export const QUESTION = 'application/vnd.slipway.question+json';
export const PLOTLY = 'application/vnd.plotly.v1+json';

/** The richest first. */
const KNOWN = [
  TABLE,
  EXIT,
  CUT,
  QUESTION,
  PLOTLY,
  // Altair 6 writes a dot where all others write a plus.
  'application/vnd.vegalite.v6+json',
  'application/vnd.vegalite.v6.json',
  'application/vnd.vegalite.v5+json',
  'application/vnd.vegalite.v4+json',
  'application/vnd.vega.v6+json',
  'application/vnd.vega.v6.json',
  'application/vnd.vega.v5+json',
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'text/html',
  'text/markdown',
  'text/latex',
  'application/json',
  'text/plain',
] as const;

export type Mime = (typeof KNOWN)[number];

/** What works behind the scenes and is nothing to look at. */
const UNSEEN = ['application/vnd.slipway.task-value+json', 'application/vnd.slipway.widget+json'];

/** The form of an output to show; `none` if nothing is meant to be seen, undefined if no form is known here. */
export function chosen(data: Record<string, unknown>): Mime | 'none' | undefined {
  const found = KNOWN.find((type) => data[type] !== undefined && data[type] !== null && data[type] !== '');
  if (found) return found;
  return Object.keys(data).every((type) => UNSEEN.includes(type) || data[type] === '') ? 'none' : undefined;
}

/** Jupyter documents write texts as lists of lines. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('');
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
