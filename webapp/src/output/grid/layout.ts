import { shownText, type Column, type Table } from '../table';
import type { TableView } from '../views';

/** All rows have this height: the place of any row is known without drawing the others. */
export const ROW = 24;
export const HEAD = 40;
/** Of the column with the numbers of rows. */
export const GUTTER = 52;
/** More columns than these are drawn only where they are looked at. */
export const MANY = 40;
/** A cell shows no more of a text; the rest is in the row's details. */
export const SHOWN = 300;

const CHARACTER = 6.8;
const NARROWEST = 64;
const WIDEST = 340;

/** A column as it is shown: where it is in the rows, and its width. */
export interface Placed {
  column: Column;
  at: number;
  width: number;
  pinned: boolean;
  /** From the left edge of the table. */
  left: number;
}

/** A width that fits the name and most values. */
export function fitting(table: Table, at: number): number {
  const column = table.columns[at];
  if (!column) return NARROWEST;
  // All of the first page, and some of the rest.
  const step = Math.max(1, Math.floor(table.rows.length / 100));
  let longest = 4;
  for (let row = 0; row < table.rows.length; row += row < 30 ? 1 : step) longest = Math.max(longest, shownText(column.kind, table.rows[row]?.[at]).length);
  const head = Math.max(column.name.length * 7.2, Math.min(column.type.length, 24) * 6) + 34;
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, head, longest * CHARACTER + 20)));
}

/** Pinned columns first, hidden ones not at all. */
export function placed(table: Table, view: Pick<TableView, 'hidden' | 'pinned'>, widths: number[]): Placed[] {
  const all = table.columns.map((column, at) => ({ column, at, width: widths[at] ?? NARROWEST, pinned: view.pinned.includes(column.id) }));
  const shown = all.filter(({ column }) => !view.hidden.includes(column.id));
  let left = GUTTER;
  return [...shown.filter(({ pinned }) => pinned), ...shown.filter(({ pinned }) => !pinned)].map((each) => {
    const here = { ...each, left };
    left += each.width;
    return here;
  });
}
