import { useState } from 'react';
import { readView, type TableView } from './views';

/** What the reader has arranged: at once here, and told to whoever keeps it. What comes back from there, perhaps another's, replaces it. */
export function useKept(kept: unknown, keep: (view: TableView) => void): [TableView, (part: Partial<TableView>) => void] {
  const told = JSON.stringify(kept) ?? '';
  const [own, setOwn] = useState(() => ({ told, view: readView(kept) }));
  let view = own.view;
  if (own.told !== told) {
    view = JSON.stringify(own.view) === told ? own.view : readView(kept);
    setOwn({ told, view });
  }
  function change(part: Partial<TableView>) {
    const next = { ...view, ...part };
    setOwn({ told, view: next });
    keep(next);
  }
  return [view, change];
}
