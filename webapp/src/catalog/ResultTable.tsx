import { useMemo } from 'react';
import type { TableResult } from '../api/commands';
import { columnsOf, type Table } from '../output/table';
import { TableOutput } from '../output/TableOutput';

/** The table of a statement. How a reader arranges it is not kept. */
export function ResultTable({ result }: { result: TableResult }) {
  const table = useMemo<Table>(() => ({ columns: columnsOf(result.columns), rows: result.rows, truncated: result.truncated }), [result]);
  if (table.columns.length === 0) return <p className="dim">The statement returned no table.</p>;
  return <TableOutput table={table} label="Result" kept={undefined} keep={() => {}} />;
}
