import { useCallback, useEffect, useRef } from 'react';
import { ResultGrid } from './grid/ResultGrid';
import { useKept } from './useKept';
import type { Table } from './table';
import type { TableView } from './views';

interface Props {
  table: Table;
  label: string;
  kept: unknown;
  keep: (view: TableView) => void;
}

/** A table and what a reader has made of it. */
export function TableOutput({ table, label, kept, keep }: Props) {
  const [view, change] = useKept(kept, keep);
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  const stable = useCallback((part: Partial<TableView>) => latest.current(part), []);
  if (table.columns.length === 0) return <p className="dim">A table without columns.</p>;
  return <ResultGrid table={table} label={label} view={view} change={stable} />;
}
