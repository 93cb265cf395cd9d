/** Whole numbers of so many digits may be more than a double holds; digits behind a decimal point may not. */
const LONG = /(?<![\d.])\d{16}/;
const WHOLE = /^-?\d+$/;

/** Browsers since 2023 say how a number was written; where they do not, it stays what `JSON.parse` made of it. */
export const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && context?.source && WHOLE.test(context.source) ? context.source : value;

/** As `JSON.parse`, but whole numbers that a double cannot hold exactly come as strings of their digits. */
export const parse = (text: string): unknown => (LONG.test(text) ? JSON.parse(text, exact) : JSON.parse(text));
