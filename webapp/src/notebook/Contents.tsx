import { useEffect, useState } from 'react';
import { headings, type Heading } from '../output/headings';
import { useDesk, useRoom, useSession } from './room';
import { codeOf } from './session/magic';
import type { Session } from './session/session';

interface Entry extends Heading {
  cell: string;
}

function contentsOf(session: Session): Entry[] {
  const { order, cells } = session.notebook;
  return order.flatMap((cell) => {
    const found = cells.get(cell);
    if (found?.kind === 'markdown') return headings(codeOf(session.texts.text(cell))).map((heading) => ({ ...heading, cell }));
    return found?.titleShown && found.title ? [{ level: 4, text: found.title, id: '', cell }] : [];
  });
}

/** Headings of text cells and titles of code cells; leads to them. */
export function Contents() {
  const { session, desk } = useRoom();
  const order = useSession((view) => view.notebook.order);
  const cells = useSession((view) => view.notebook.cells);
  const active = useDesk((view) => view.active);
  const [entries, setEntries] = useState(() => contentsOf(session));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setEntries(contentsOf(session)), 200);
    };
    soon();
    const stops = order.map((cell) => session.texts.listen(cell, soon));
    return () => {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [session, order, cells]);

  // The heading that the active cell stands under.
  const place = order.indexOf(active);
  const here = entries.findLastIndex((entry) => order.indexOf(entry.cell) <= place);
  const go = (entry: Entry) => {
    desk.choose(entry.cell);
    const cell = document.getElementById(`cell-${entry.cell}`);
    (entry.id ? (cell?.querySelector(`#${CSS.escape(entry.id)}`) ?? cell) : cell)?.scrollIntoView({ block: 'start' });
  };
  return (
    <nav className="nb-contents" aria-label="Contents">
      <h2>Contents</h2>
      {entries.length === 0 && <p className="dim">Headings of text cells are listed here: # Title, ## Part.</p>}
      <ul>
        {entries.map((entry, index) => (
          <li key={`${entry.cell} ${entry.id} ${index}`}>
            <button type="button" style={{ paddingLeft: 8 + 12 * (entry.level - 1) }} aria-current={index === here} onClick={() => go(entry)}>
              {entry.text}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
