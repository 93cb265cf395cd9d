import { Button } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { Range } from '../copying';
import { absent, numberOf, type Table } from '../table';
import type { TableView } from '../views';
import type { Placed } from './layout';
import type { WholeRows } from './useWholeRows';

interface Props {
  table: Table;
  whole: WholeRows;
  order: number[];
  shown: Placed[];
  view: TableView;
  range: Range;
  detail: boolean;
  openRow: () => void;
  clear: () => void;
  showAll: () => void;
}

const MOST_ROWS = 10_000;
const number = new Intl.NumberFormat('en');

/** Which part of the result this is. */
export function extent({ rows, truncated }: Table): string {
  const count = `${number.format(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}`;
  if (!truncated) return count;
  return rows.length >= MOST_ROWS ? `First ${count}; there are more` : `First ${count}; more than 2 MB are not shown`;
}

const doneTo = ({ filters, sort }: TableView) => [sort && 'sorted', filters.length > 0 && 'filtered'].filter(Boolean).join(' and ');

/** What Spark has made of all rows, or is about to. */
function ofWhole({ table, busy, problem }: WholeRows, done: string): string {
  if (busy) return ' · asking Spark for all rows …';
  if (problem) return ` · only these rows are ${done}: ${problem}`;
  return table ? ` · ${done} among all rows` : '';
}

/** Numbers that are selected, added up. */
function sums({ table, order, shown }: Pick<Props, 'table' | 'order' | 'shown'>, range: Range): string {
  const cells = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  if (cells < 2) return '';
  let sum = 0;
  let numbers = 0;
  for (const { at, column } of shown.slice(range.left, range.right + 1)) {
    if (column.kind !== 'number') continue;
    for (let row = range.top; row <= range.bottom; row += 1) {
      const value = table.rows[order[row] ?? -1]?.[at];
      const each = absent(value) ? NaN : numberOf(value);
      if (!Number.isFinite(each)) continue;
      sum += each;
      numbers += 1;
    }
  }
  const plain = (value: number) => number.format(Number(value.toPrecision(12)));
  return `${number.format(cells)} cells${numbers > 0 ? ` · sum ${plain(sum)} · mean ${plain(Number((sum / numbers).toPrecision(6)))}` : ''}`;
}

export function Foot({ table, whole, order, shown, view, range, detail, openRow, clear, showAll }: Props) {
  const { top, bottom, left, right } = useDeferredValue(range);
  const selected = useMemo(() => sums({ table, order, shown }, { top, bottom, left, right }), [table, order, shown, top, bottom, left, right]);
  const hidden = table.columns.length - shown.length;
  return (
    <div className="grid-foot">
      <span role="status">
        {extent(table)}
        {ofWhole(whole, doneTo(view))}
        {view.filters.length > 0 && !whole.table && ` · ${number.format(order.length)} ${order.length === 1 ? 'passes' : 'pass'} the ${view.filters.length === 1 ? 'filter' : 'filters'}`}
        {hidden > 0 && ` · ${hidden} ${hidden === 1 ? 'column' : 'columns'} hidden`}
      </span>
      {whole.ask && (
        <Button size="compact-xs" variant="default" title="Runs the query again" onClick={whole.ask}>
          {view.sort ? (view.filters.length > 0 ? 'Sort and filter all rows' : 'Sort all rows') : 'Filter all rows'}
        </Button>
      )}
      {view.filters.length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={clear}>
          Clear {view.filters.length === 1 ? 'filter' : 'filters'}
        </Button>
      )}
      {hidden > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={showAll}>
          Show all columns
        </Button>
      )}
      <span className="grid-space" />
      <span>{selected}</span>
      {order.length > 0 && (
        <Button size="compact-xs" variant="subtle" aria-pressed={detail} onClick={openRow}>
          {detail ? 'Close row' : 'Open row'}
        </Button>
      )}
    </div>
  );
}
