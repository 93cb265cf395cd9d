import { TextInput } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { lazy, Suspense, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefCallback } from 'react';
import { useShortcut } from './keyboard';
import { ColumnChooser, useHidden } from './ColumnChooser';
import type { Column } from './column';
import { TableRow } from './TableRow';
import { useUrlState } from './urlState';

const LongRows = lazy(() => import('./LongRows').then((module) => ({ default: module.LongRows })));

/** Longer lists keep only those rows in the page that are to be seen. */
const MOST_ROWS = 200;
/** Of so few there is none to spare. */
const FEW_COLUMNS = 4;

interface Props<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  id: (row: T) => string | number;
  /** Text that the filter box looks into; without it there is no filter. */
  text?: (row: T) => string;
  open?: (row: T) => void;
  tools?: ReactNode;
  empty?: ReactNode;
}

function sorted<T>(rows: T[], columns: Column<T>[], order: string): T[] {
  const down = order.startsWith('-');
  const by = columns.find((column) => column.name === order.replace(/^-/, ''))?.by;
  if (!by) return rows;
  const compare = (a: T, b: T) => {
    const [x, y] = [by(a), by(b)];
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true });
  };
  return [...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
}

/** A list of things: filter (`/`), sort, and rows for the keyboard (j, k, Enter). Filter and order live in the address. */
export function Table<T>({ label, rows, columns: all, id, text, open, tools, empty }: Props<T>) {
  const [filter, setFilter] = useUrlState('q', '');
  const [order, setOrder] = useUrlState('sort', '');
  const [active, setActive] = useState(-1);
  const [hidden, setHidden] = useHidden(label);
  // The first column says what the row is.
  const columns = useMemo(() => all.filter(({ name }, index) => index === 0 || !hidden.includes(name)), [all, hidden]);
  const box = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    const found = text && wanted ? rows.filter((row) => text(row).toLowerCase().includes(wanted)) : rows;
    return sorted(found, all, order);
  }, [rows, all, filter, order, text]);

  const long = shown.length > MOST_ROWS;
  const [wanted, setWanted] = useState(-1);
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActive(next);
    if (long) setWanted(next);
    else body.current?.rows[next]?.focus();
  };
  useShortcut('/', () => box.current?.focus());
  useShortcut('j', () => focus(active + 1));
  useShortcut('k', () => focus(active - 1));

  function key(event: KeyboardEvent, row: T, index: number) {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') open?.(row);
    else if (event.key === 'ArrowDown') focus(index + 1);
    else if (event.key === 'ArrowUp') focus(index - 1);
    else return;
    event.preventDefault();
  }
  function rowAt(index: number, measured?: RefCallback<HTMLTableRowElement>) {
    const row = shown[index];
    if (row === undefined) return null;
    return (
      <TableRow
        key={id(row)}
        row={row}
        index={index}
        columns={columns}
        focused={() => setActive(index)}
        pressed={(event) => key(event, row, index)}
        opened={() => open?.(row)}
        measured={measured}
      />
    );
  }
  const turn = (name: string) => setOrder(order === name ? `-${name}` : name);

  return (
    <>
      {((text && rows.length > 0) || tools) && (
        <div className="tools">
          {text && rows.length > 0 && (
            <TextInput
              ref={box}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
              placeholder="Filter  /"
              aria-label={`Filter ${label}`}
              w={220}
            />
          )}
          {tools}
          {text && all.length > FEW_COLUMNS && <ColumnChooser names={all.slice(1).map(({ name }) => name)} hidden={hidden} set={setHidden} />}
        </div>
      )}
      {shown.length === 0 ? (
        (rows.length === 0 && empty) || <p className="dim none">Nothing matches.</p>
      ) : (
        <div className="table-box">
          <table className={long ? 'list long' : 'list'} aria-label={label} aria-rowcount={long ? shown.length + 1 : undefined}>
            <thead>
              <tr>
                {columns.map(({ name, by, right, width }) => (
                  <th key={name} className={right ? 'right' : undefined} style={{ width }} aria-sort={order === name ? 'ascending' : order === `-${name}` ? 'descending' : undefined}>
                    {by ? (
                      <button type="button" onClick={() => turn(name)}>
                        {name}
                        {order === name && <ChevronUp size={12} aria-hidden="true" />}
                        {order === `-${name}` && <ChevronDown size={12} aria-hidden="true" />}
                      </button>
                    ) : (
                      name
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {long ? (
                <Suspense fallback={shown.slice(0, MOST_ROWS).map((_, index) => rowAt(index))}>
                  <LongRows count={shown.length} columns={columns.length} wanted={wanted} found={() => setWanted(-1)} row={rowAt} />
                </Suspense>
              ) : (
                shown.map((_, index) => rowAt(index))
              )}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
