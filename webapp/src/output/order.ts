import { absent, cellText, numberOf, shownText, type Column, type Kind } from './table';

/** Decimals have up to 38 digits, more than a number holds: compared as text when it matters. */
const PRECISE = 2 ** 53;

function compareDecimals(a: string, b: string): number {
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/;
  const [x, y] = [parts.exec(a), parts.exec(b)];
  if (!x || !y) return 0;
  const negative = x[1] === '-';
  if (negative !== (y[1] === '-')) return negative ? -1 : 1;
  const [xWhole, yWhole] = [x[2] ?? '', y[2] ?? ''];
  const [xRest, yRest] = [x[3] ?? '', y[3] ?? ''];
  const by = xWhole.length - yWhole.length || (xWhole < yWhole ? -1 : xWhole > yWhole ? 1 : xRest < yRest ? -1 : xRest > yRest ? 1 : 0);
  return negative ? -by : by;
}

function compareNumbers(a: unknown, b: unknown): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  // As Spark: NaN is greater than any other number.
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  if (typeof a === 'string' && typeof b === 'string' && (x === y || Math.abs(x) >= PRECISE)) return compareDecimals(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

const texts = new Intl.Collator(undefined, { numeric: true });

function compareDates(a: unknown, b: unknown): number {
  const [x, y] = [cellText(a), cellText(b)];
  const [xTime, yTime] = [Date.parse(x), Date.parse(y)];
  // Fractions below a millisecond are told by the text; so are years that no browser knows.
  return (Number.isNaN(xTime) || Number.isNaN(yTime) ? 0 : xTime - yTime) || (x < y ? -1 : x > y ? 1 : 0);
}

/** Compares two values of a column, neither of them null. */
export function compare(kind: Kind, a: unknown, b: unknown): number {
  if (kind === 'number') return compareNumbers(a, b);
  if (kind === 'date') return compareDates(a, b);
  if (kind === 'boolean') return Number(a) - Number(b);
  return texts.compare(cellText(a), cellText(b));
}

export interface Sort {
  /** Id of a column. */
  column: string;
  down: boolean;
}

export type Test = 'contains' | '=' | '<' | '>' | 'empty' | 'present';

export interface Filter {
  column: string;
  test: Test;
  value: string;
}

/** What a filter makes of one value. Texts are compared without regard to case; null passes only where it is asked for. */
export function passes(filter: Filter, kind: Kind, value: unknown): boolean {
  if (filter.test === 'empty') return absent(value);
  if (absent(value)) return false;
  if (filter.test === 'present') return true;
  if (filter.value === '') return true;
  if (filter.test === 'contains') return shownText(kind, value).toLowerCase().includes(filter.value.toLowerCase());
  if (kind === 'number' && Number.isNaN(Number(filter.value)) && filter.value !== 'NaN') return false;
  const wanted = kind === 'boolean' ? filter.value.toLowerCase() === 'true' : filter.value;
  if (filter.test === '=') {
    if (kind === 'text' || kind === 'nested') return cellText(value).toLowerCase() === filter.value.toLowerCase();
    // A day finds all its moments.
    if (kind === 'date') return shownText(kind, value).startsWith(filter.value.replace('T', ' '));
    return compare(kind, value, wanted) === 0;
  }
  const by = compare(kind, value, wanted);
  return filter.test === '<' ? by < 0 : by > 0;
}

/** Positions of the rows that pass all filters, in the order asked for. Null comes last in either direction. */
export function arranged(rows: unknown[][], columns: Column[], filters: Filter[], sort?: Sort): number[] {
  const tests = filters.flatMap((filter) => {
    const at = columns.findIndex(({ id }) => id === filter.column);
    const kind = columns[at]?.kind;
    return kind ? [(row: unknown[]) => passes(filter, kind, row[at])] : [];
  });
  const found: number[] = [];
  rows.forEach((row, index) => {
    if (tests.every((test) => test(row))) found.push(index);
  });
  const at = columns.findIndex(({ id }) => id === sort?.column);
  const kind = columns[at]?.kind;
  if (!sort || !kind) return found;
  const turn = sort.down ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [rows[a]?.[at], rows[b]?.[at]];
    if (absent(x) || absent(y)) return Number(absent(x)) - Number(absent(y)) || a - b;
    return compare(kind, x, y) * turn || a - b;
  });
}

export interface Match {
  row: number;
  column: number;
}

/** Cells that contain a text, in reading order; rows and columns as they are shown. */
export function matches(rows: unknown[][], columns: Column[], order: number[], shown: number[], text: string): Match[] {
  const wanted = text.toLowerCase();
  if (!wanted) return [];
  const found: Match[] = [];
  order.forEach((at, row) => {
    shown.forEach((from, column) => {
      const value = rows[at]?.[from];
      if (!absent(value) && shownText(columns[from]?.kind ?? 'text', value).toLowerCase().includes(wanted)) found.push({ row, column });
    });
  });
  return found;
}
