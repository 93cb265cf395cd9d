import { useVirtualizer } from '@tanstack/react-virtual';
import { lazy, Suspense, useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react';
import { toClipboard } from '../clipboard';
import type { Table } from '../table';
import type { TableView } from '../views';
import { Head } from './Head';
import { fitting, GUTTER, HEAD, MANY, placed, ROW, type Placed } from './layout';
import { cellId, Row } from './Row';
import { at, everything, moved, rangeOf, wholeRows, type Place, type Selection } from './selection';
import './grid.css';

/** Pages with results are big enough without it. */
const ColumnPanel = lazy(() => import('./ColumnPanel').then((loaded) => ({ default: loaded.ColumnPanel })));

export interface GridHandle {
  copy: (headers: boolean) => void;
  go: (place: Place) => void;
}

interface Props {
  table: Table;
  label: string;
  view: TableView;
  change: (part: Partial<TableView>) => void;
  /** Positions of the rows that are shown. */
  order: number[];
  search: string;
  selection: Selection;
  select: (selection: Selection) => void;
  /** The selected cells as text. */
  copied: (headers: boolean) => string;
  openRow: () => void;
  ref: Ref<GridHandle>;
}

const OVERSCAN = 6;

/** The cells of a table: virtual rows, virtual columns where there are many, and a selection for mouse and keyboard. */
export function Grid({ table, label, view, change, order, search, selection, select, copied, openRow, ref }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<Record<string, number>>({});
  const [opened, setOpened] = useState('');

  const fits = useMemo(() => table.columns.map((_, index) => fitting(table, index)), [table]);
  const columns = useMemo(() => {
    const widths = table.columns.map((column, index) => dragged[column.id] ?? view.widths[column.id] ?? fits[index] ?? 100);
    return placed(table, view, widths);
  }, [table, view, dragged, fits]);
  const pinned = useMemo(() => columns.filter((place) => place.pinned), [columns]);
  const free = useMemo(() => columns.filter((place) => !place.pinned), [columns]);
  const last = columns.at(-1);
  const width = last ? last.left + last.width : GUTTER;
  const fixed = pinned.reduce((sum, place) => sum + place.width, GUTTER);

  const rows = useVirtualizer({ count: order.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: OVERSCAN, useFlushSync: false, scrollPaddingStart: HEAD, paddingStart: HEAD });
  const many = free.length > MANY;
  const across = useVirtualizer({
    horizontal: true,
    enabled: many,
    count: free.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => free[index]?.width ?? 0,
    overscan: 3,
    useFlushSync: false,
    paddingStart: fixed,
    scrollPaddingStart: fixed,
  });
  useEffect(() => across.measure(), [across, free]);
  const seen = across.getVirtualItems();
  const first = many ? (seen[0]?.index ?? 0) : 0;
  const end = many ? (seen.at(-1)?.index ?? -1) + 1 : free.length;
  const drawn = useMemo(() => [...pinned, ...free.slice(first, end)], [pinned, free, first, end]);
  const lead = (free[first]?.left ?? fixed) - fixed;

  const size = { rows: order.length, columns: columns.length, page: Math.max(1, Math.floor(((box.current?.clientHeight ?? 400) - HEAD) / ROW) - 1) };
  const slots = Math.ceil((box.current?.clientHeight ?? 0) / ROW) + 2 * OVERSCAN + 3;
  const range = rangeOf(selection);

  const reveal = useCallback(
    (place: Place) => {
      const area = box.current;
      const column = columns[place.column];
      if (!area || !column) return;
      if (place.row >= 0) rows.scrollToIndex(place.row);
      if (column.pinned) return;
      if (column.left - fixed < area.scrollLeft) area.scrollLeft = column.left - fixed;
      else if (column.left + column.width > area.scrollLeft + area.clientWidth) area.scrollLeft = Math.min(column.left - fixed, column.left + column.width - area.clientWidth);
    },
    [columns, fixed, rows],
  );
  const go = (next: Selection) => {
    select(next);
    reveal(next.active);
  };
  const copy = (headers: boolean) => {
    void toClipboard(copied(headers)).finally(() => box.current?.focus({ preventScroll: true }));
  };
  useImperativeHandle(ref, () => ({ copy, go: (place) => go(at(place.row, place.column)) }));

  const turn = useCallback(
    (column: string) => change({ sort: view.sort?.column !== column ? { column, down: false } : view.sort.down ? undefined : { column, down: true } }),
    [change, view.sort],
  );
  const resize = useCallback(
    ({ column }: Placed, to: number, done: boolean) => {
      setDragged(done ? {} : { [column.id]: to });
      if (done) change({ widths: { ...view.widths, [column.id]: to } });
    },
    [change, view.widths],
  );
  const fit = useCallback((place: Placed) => resize(place, fits[place.at] ?? place.width, true), [resize, fits]);

  function placeAt(x: number, y: number): Place {
    const area = box.current;
    if (!area) return { row: 0, column: 0 };
    const frame = area.getBoundingClientRect();
    const inside = x - frame.left < fixed ? x - frame.left : x - frame.left + area.scrollLeft;
    const column = columns.findIndex((place) => inside < place.left + place.width);
    const row = Math.floor((y - frame.top - HEAD + area.scrollTop) / ROW);
    return { row: Math.max(0, Math.min(order.length - 1, row)), column: column < 0 ? columns.length - 1 : column };
  }
  function press(event: PointerEvent<HTMLDivElement>) {
    const area = box.current;
    if (event.button !== 0 || !area || columns.length === 0 || order.length === 0) return;
    const numbers = event.clientX - area.getBoundingClientRect().left < GUTTER;
    const from = placeAt(event.clientX, event.clientY);
    const start = event.shiftKey ? selection.anchor : from;
    const drawTo = (active: Place) => select(numbers ? wholeRows(start.row, active.row, size) : { anchor: start, active });
    drawTo(from);
    const move = (next: globalThis.PointerEvent) => {
      const place = placeAt(next.clientX, next.clientY);
      drawTo(place);
      reveal(place);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', () => window.removeEventListener('pointermove', move), { once: true });
  }
  function key(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== box.current || columns.length === 0) return;
    const control = event.ctrlKey || event.metaKey;
    const column = columns[selection.active.column];
    const inHead = selection.active.row < 0;
    const next = event.altKey ? undefined : moved(selection, event, size);
    if (next) go(next);
    else if (control && event.key === 'a') select(everything(size));
    else if (control && event.shiftKey && event.key.toLowerCase() === 'c') copy(true);
    else if (event.altKey && event.key === 'ArrowDown' && column) setOpened(column.column.id);
    else if (event.altKey && inHead && column && event.key === 'ArrowRight') resize(column, column.width + 16, true);
    else if (event.altKey && inHead && column && event.key === 'ArrowLeft') resize(column, Math.max(40, column.width - 16), true);
    else if (event.key === 'Enter' && inHead && column) turn(column.column.id);
    else if (event.key === 'Enter') openRow();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <div
        ref={box}
        className={range.top === range.bottom && range.left === range.right ? 'grid single' : 'grid'}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={order.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={columns.length > 0 && (order.length > 0 || selection.active.row < 0) ? cellId(id, selection.active.row, selection.active.column) : undefined}
        onKeyDown={key}
        onCopy={(event) => {
          if (event.target instanceof HTMLInputElement) return;
          event.preventDefault();
          event.clipboardData.setData('text/plain', copied(false));
        }}
      >
        <Head id={id} columns={drawn} first={first + pinned.length} lead={lead} pinned={pinned.length} width={width} active={selection.active.row < 0 ? selection.active.column : -1} sort={view.sort} filters={view.filters} turn={turn} open={setOpened} resize={resize} fit={fit} />
        <div role="rowgroup" className="grid-body" style={{ height: order.length * ROW, width }} onPointerDown={press} onDoubleClick={openRow}>
          {rows.getVirtualItems().map(({ index }) => {
            const from = order[index] ?? 0;
            // Rows that leave the view lend their elements to those that come.
            const within = index >= range.top && index <= range.bottom;
            return (
              <Row key={index % slots} id={id} values={table.rows[from] ?? []} index={index} number={from + 1} columns={drawn} first={first + pinned.length} lead={lead} pinned={pinned.length} width={width} left={within ? range.left : 0} right={within ? range.right : -1} active={selection.active.row === index ? selection.active.column : -1} search={search} formats={view.formats} />
            );
          })}
        </div>
      </div>
      {opened && (
        <Suspense>
          <ColumnPanel key={opened} grid={box.current} table={table} order={order} column={opened} view={view} change={change} close={() => { setOpened(''); box.current?.focus({ preventScroll: true }); }} />
        </Suspense>
      )}
    </>
  );
}
