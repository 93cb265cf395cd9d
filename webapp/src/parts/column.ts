import type { ReactNode } from 'react';

/** A column of a table. */
export interface Column<T> {
  name: string;
  cell: (row: T) => ReactNode;
  /** What to sort by; without it the column cannot be sorted. */
  by?: (row: T) => string | number;
  right?: boolean;
  width?: number | string;
}
