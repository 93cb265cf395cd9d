import type { Range } from '../copying';

export interface Place {
  /** -1 is the header. */
  row: number;
  column: number;
}

/** From where a range was drawn, and where it has come to: the active cell. */
export interface Selection {
  anchor: Place;
  active: Place;
}

export interface Size {
  rows: number;
  columns: number;
  /** Rows on a page. */
  page: number;
}

export const at = (row: number, column: number): Selection => ({ anchor: { row, column }, active: { row, column } });

export function rangeOf({ anchor, active }: Selection): Range {
  return {
    top: Math.max(0, Math.min(anchor.row, active.row)),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

export const everything = (size: Size): Selection => ({ anchor: { row: size.rows - 1, column: size.columns - 1 }, active: { row: 0, column: 0 } });

export const wholeRows = (from: number, to: number, size: Size): Selection => ({ anchor: { row: from, column: size.columns - 1 }, active: { row: to, column: 0 } });

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** Where a key leads; undefined if it leads nowhere. Up from the first row is the header. */
export function moved(selection: Selection, pressed: Pressed, size: Size): Selection | undefined {
  const far = pressed.ctrlKey || pressed.metaKey;
  const { row, column } = selection.active;
  const steps: Record<string, () => Place> = {
    ArrowUp: () => ({ row: far ? 0 : row - 1, column }),
    ArrowDown: () => ({ row: far ? size.rows - 1 : row + 1, column }),
    ArrowLeft: () => ({ row, column: far ? 0 : column - 1 }),
    ArrowRight: () => ({ row, column: far ? size.columns - 1 : column + 1 }),
    PageUp: () => ({ row: Math.max(0, row - size.page), column }),
    PageDown: () => ({ row: row + size.page, column }),
    Home: () => ({ row: far ? 0 : row, column: 0 }),
    End: () => ({ row: far ? size.rows - 1 : row, column: size.columns - 1 }),
  };
  const to = steps[pressed.key]?.();
  if (!to) return undefined;
  const active = {
    row: Math.max(pressed.shiftKey ? 0 : -1, Math.min(size.rows - 1, to.row)),
    column: Math.max(0, Math.min(size.columns - 1, to.column)),
  };
  return { anchor: pressed.shiftKey ? selection.anchor : active, active };
}
