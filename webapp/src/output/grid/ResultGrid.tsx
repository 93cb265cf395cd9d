import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { tsv } from '../copying';
import { arranged, matches } from '../order';
import type { Table } from '../table';
import type { TableView } from '../views';
import { Foot } from './Foot';
import { Grid, type GridHandle } from './Grid';
import { GridTools } from './GridTools';
import { placed } from './layout';
import { at, rangeOf, type Selection } from './selection';
import { useWholeRows } from './useWholeRows';

const RowDetail = lazy(() => import('./RowDetail').then((loaded) => ({ default: loaded.RowDetail })));

interface Props {
  table: Table;
  label: string;
  view: TableView;
  change: (part: Partial<TableView>) => void;
  /** Stands before the tools: tabs. */
  lead?: ReactNode;
}

const NO_WIDTHS: number[] = [];

/** A table result with everything that can be done to it. */
export function ResultGrid({ table: shownFirst, label, view, change, lead }: Props) {
  const [search, setSearch] = useState('');
  const [selection, select] = useState<Selection>(at(0, 0));
  const [detail, setDetail] = useState(false);
  const grid = useRef<GridHandle>(null);
  const wanted = useDeferredValue(search.trim().toLowerCase());

  const { filters, sort, hidden, pinned } = view;
  const whole = useWholeRows(shownFirst, view);
  const table = whole.table ?? shownFirst;
  // What Spark has arranged stays as it came.
  const order = useMemo(
    () => (table === shownFirst ? arranged(table.rows, table.columns, filters, sort) : table.rows.map((_, index) => index)),
    [table, shownFirst, filters, sort],
  );
  const shown = useMemo(() => placed(table, { hidden, pinned }, NO_WIDTHS), [table, hidden, pinned]);
  const found = useMemo(
    () =>
      matches(
        table.rows,
        table.columns,
        order,
        shown.map((place) => place.at),
        wanted,
      ),
    [table, order, shown, wanted],
  );

  const within: Selection = {
    anchor: { row: Math.min(selection.anchor.row, order.length - 1), column: Math.min(selection.anchor.column, shown.length - 1) },
    active: { row: Math.min(selection.active.row, order.length - 1), column: Math.max(0, Math.min(selection.active.column, shown.length - 1)) },
  };
  const range = rangeOf(within);
  const cells = () => {
    const columns = shown.slice(range.left, range.right + 1);
    const rows = order.slice(range.top, range.bottom + 1).map((from) => columns.map((place) => table.rows[from]?.[place.at]));
    return { columns: columns.map((place) => place.column), rows };
  };
  const { changed: arrange } = whole;
  const changed = useCallback(
    (part: Partial<TableView>) => {
      if ('sort' in part || part.filters) arrange();
      if ('sort' in part || part.filters || part.hidden || part.pinned) select((old) => at(Math.min(0, old.active.row), old.active.column));
      change(part);
    },
    [change, arrange],
  );
  const active = order[within.active.row];
  return (
    <div className="grid-result">
      <GridTools
        lead={lead}
        table={table}
        label={label}
        view={view}
        change={changed}
        search={search}
        setSearch={setSearch}
        found={found}
        active={within.active}
        go={(place) => grid.current?.go(place)}
        copy={(headers) => grid.current?.copy(headers)}
        all={() => ({ columns: shown.map((place) => place.column), rows: order.map((from) => shown.map((place) => table.rows[from]?.[place.at])) })}
      />
      <div className="grid-beside">
        <Grid
          ref={grid}
          table={table}
          label={label}
          view={view}
          change={changed}
          order={order}
          search={wanted}
          selection={within}
          select={select}
          copied={(headers) => {
            const { columns, rows } = cells();
            return tsv(columns, rows, headers);
          }}
          openRow={() => setDetail(true)}
        />
        {detail && active !== undefined && (
          <Suspense fallback={<aside className="grid-detail" />}>
            <RowDetail key={active} table={table} row={active} close={() => setDetail(false)} />
          </Suspense>
        )}
      </div>
      <Foot table={table} whole={whole} order={order} shown={shown} view={view} range={range} detail={detail} openRow={() => setDetail(!detail)} clear={() => changed({ filters: [] })} showAll={() => changed({ hidden: [] })} />
    </div>
  );
}
