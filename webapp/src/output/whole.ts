import { createContext, useContext } from 'react';
import type { Filter, Sort } from './order';
import type { Column, Table } from './table';

/** Columns go by their places: names may come twice. */
export interface Arrangement {
  filters: { column: number; test: string; value: string }[];
  order: { column: number; down: boolean }[];
}

/** What can be had of a result of which a cell shows the first rows. */
export interface Whole {
  download: (result: string, format: 'csv' | 'json', name: string) => void;
  /** The first of all rows that pass, in the order that is wanted. */
  rows: (result: string, arrangement: Arrangement, signal: AbortSignal) => Promise<Table>;
}

const Context = createContext<Whole | undefined>(undefined);

export const WholeResults = Context.Provider;

/** Undefined where there is no cluster to ask: outside an open notebook. */
export const useWholeResults = () => useContext(Context);

/** What Spark is asked for; undefined if nothing is arranged. Filters that everything passes are left out. */
export function arrangementOf(columns: Column[], filters: Filter[], sort: Sort | undefined): Arrangement | undefined {
  const place = (id: string) => columns.findIndex((column) => column.id === id);
  const arrangement: Arrangement = {
    filters: filters
      .map(({ column, test, value }) => ({ column: place(column), test, value }))
      .filter(({ column, test, value }) => column >= 0 && (value !== '' || test === 'empty' || test === 'present')),
    order: sort && place(sort.column) >= 0 ? [{ column: place(sort.column), down: sort.down }] : [],
  };
  return arrangement.filters.length + arrangement.order.length > 0 ? arrangement : undefined;
}
