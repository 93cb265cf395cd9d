import { ArrowDown, ArrowUp, ChevronDown, Filter as Funnel, Pin } from 'lucide-react';
import { memo, type PointerEvent } from 'react';
import type { Filter, Sort } from '../order';
import { GUTTER, HEAD, type Placed } from './layout';
import { cellId } from './Row';

interface Props {
  id: string;
  columns: Placed[];
  first: number;
  lead: number;
  pinned: number;
  width: number;
  active: number;
  sort?: Sort;
  filters: Filter[];
  turn: (column: string) => void;
  open: (column: string) => void;
  resize: (column: Placed, width: number, done: boolean) => void;
  fit: (column: Placed) => void;
}

const ORDER = { up: 'ascending', down: 'descending' } as const;

/** The names and types of the columns. Its buttons are for the mouse; keys go through the grid, where Enter sorts and Alt+Down opens. */
export const Head = memo(function Head({ id, columns, first, lead, pinned, width, active, sort, filters, turn, open, resize, fit }: Props) {
  function drag(event: PointerEvent<HTMLElement>, place: Placed) {
    event.preventDefault();
    const from = event.clientX;
    const to = (moved: globalThis.PointerEvent) => Math.max(40, Math.min(2000, place.width + moved.clientX - from));
    const move = (moved: globalThis.PointerEvent) => resize(place, to(moved), false);
    const end = (moved: globalThis.PointerEvent) => {
      window.removeEventListener('pointermove', move);
      if (moved.clientX !== from) resize(place, to(moved), true);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end, { once: true });
  }
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} style={{ width, height: HEAD }}>
        <div role="columnheader" className="grid-number" style={{ width: GUTTER }} aria-label="Row">
          #
        </div>
        {columns.map((place, position) => {
          const { column } = place;
          const here = position < pinned ? position : position - pinned + first;
          const sorted = sort?.column === column.id ? (sort.down ? 'down' : 'up') : undefined;
          const filtered = filters.some((filter) => filter.column === column.id);
          return (
            <div
              key={column.id}
              id={cellId(id, -1, here)}
              role="columnheader"
              aria-colindex={here + 2}
              aria-sort={sorted ? ORDER[sorted] : 'none'}
              className={`grid-name ${column.kind}${here === active ? ' here' : ''}${place.pinned ? ' pinned' : ''}`}
              style={{ width: place.width, left: place.pinned ? place.left : undefined, marginLeft: position === pinned ? lead : undefined }}
            >
              <button type="button" tabIndex={-1} className="grid-sort" title={`${column.name}: ${column.type}. Click to sort`} onClick={() => turn(column.id)}>
                <b>
                  {place.pinned && <Pin size={11} aria-label="Pinned" />}
                  <span>{column.name}</span>
                  {sorted === 'up' && <ArrowUp size={12} aria-hidden="true" />}
                  {sorted === 'down' && <ArrowDown size={12} aria-hidden="true" />}
                </b>
                <small>{column.type}</small>
              </button>
              <button type="button" tabIndex={-1} className={filtered ? 'grid-menu on' : 'grid-menu'} data-column={column.id} aria-label={`Column ${column.name}${filtered ? ', filtered' : ''}`} onClick={() => open(column.id)}>
                {filtered ? <Funnel size={12} /> : <ChevronDown size={13} />}
              </button>
              <i className="grid-edge" aria-hidden="true" onPointerDown={(event) => drag(event, place)} onDoubleClick={() => fit(place)} />
            </div>
          );
        })}
      </div>
    </div>
  );
});
