import { memo } from 'react';
import { formatted } from '../formats';
import { absent, shownText, type Kind } from '../table';
import { GUTTER, ROW, SHOWN, type Placed } from './layout';

interface Props {
  id: string;
  values: unknown[];
  /** Of all rows as they are shown. */
  index: number;
  /** In the result as it came, from 1. */
  number: number;
  columns: Placed[];
  /** Position of the first of these columns among all that are shown and not pinned. */
  first: number;
  /** Width of the columns left out before them. */
  lead: number;
  pinned: number;
  width: number;
  /** Columns that are selected in this row; none if left > right. */
  left: number;
  right: number;
  active: number;
  search: string;
  formats: Record<string, string>;
}

export const cellId = (grid: string, row: number, column: number) => `${grid}-${row}-${column}`;

function content(kind: Kind, value: unknown, format: string | undefined) {
  if (absent(value)) return <i>null</i>;
  if (value === '') return <i>empty</i>;
  const text = formatted(format, kind, value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** One row of the grid. Drawn anew only when something about it has changed, for scrolling must cost little. */
export const Row = memo(function Row({ id, values, index, number, columns, first, lead, pinned, width, left, right, active, search, formats }: Props) {
  return (
    <div role="row" aria-rowindex={index + 2} className={active >= 0 ? 'grid-row active' : 'grid-row'} style={{ transform: `translateY(${index * ROW}px)`, width }}>
      <div role="rowheader" className="grid-number" style={{ width: GUTTER }}>
        {number}
      </div>
      {columns.map((place, position) => {
        const { column, at } = place;
        const here = position < pinned ? position : position - pinned + first;
        const value = values[at];
        const selected = here >= left && here <= right;
        const found = search !== '' && !absent(value) && shownText(column.kind, value).toLowerCase().includes(search);
        return (
          <div
            key={column.id}
            // Only the active cell is ever asked for by its id.
            id={here === active ? cellId(id, index, here) : undefined}
            role="gridcell"
            aria-colindex={here + 2}
            aria-selected={selected || undefined}
            className={`grid-cell ${column.kind}${selected ? ' selected' : ''}${found ? ' found' : ''}${here === active ? ' here' : ''}${place.pinned ? ' pinned' : ''}`}
            style={{ width: place.width, left: place.pinned ? place.left : undefined, marginLeft: position === pinned ? lead : undefined }}
          >
            {content(column.kind, value, formats[column.id])}
          </div>
        );
      })}
    </div>
  );
});
