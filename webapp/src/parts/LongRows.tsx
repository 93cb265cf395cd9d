import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefCallback } from 'react';

interface Props {
  count: number;
  columns: number;
  /** The row that shall have the focus next; -1: none. */
  wanted: number;
  found: () => void;
  row: (index: number, measured: RefCallback<HTMLTableRowElement>) => ReactNode;
}

const USUAL_HEIGHT = 32;

/** What scrolls up and down around a table; the box of a table scrolls sideways only. */
function scroller(row: HTMLElement | null): HTMLElement | null {
  let pane = row?.closest('.table-box')?.parentElement ?? null;
  while (pane && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement;
  return pane;
}

/** The rows of a long table that are to be seen, with room for the others above and below. */
export function LongRows({ count, columns, wanted, found, row }: Props) {
  const top = useRef<HTMLTableRowElement>(null);
  const [above, setAbove] = useState(0);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller(top.current),
    estimateSize: () => USUAL_HEIGHT,
    overscan: 20,
    scrollMargin: above,
  });
  useLayoutEffect(() => {
    const pane = scroller(top.current);
    if (top.current && pane) setAbove(top.current.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop);
  }, [count]);
  const shown = rows.getVirtualItems();
  const first = (shown[0]?.start ?? above) - above;
  const last = rows.getTotalSize() - ((shown.at(-1)?.end ?? above) - above);

  useEffect(() => {
    if (wanted < 0) return;
    const there = top.current?.parentElement?.querySelector<HTMLElement>(`[data-index="${wanted}"]`);
    if (there) {
      there.focus();
      found();
    } else rows.scrollToIndex(wanted, { align: 'auto' });
  });

  return (
    <>
      <tr ref={top} aria-hidden="true" className="room">
        <td colSpan={columns} style={{ height: Math.max(0, first) }} />
      </tr>
      {shown.map(({ index }) => row(index, rows.measureElement))}
      <tr aria-hidden="true" className="room">
        <td colSpan={columns} style={{ height: Math.max(0, last) }} />
      </tr>
    </>
  );
}
