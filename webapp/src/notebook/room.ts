import { createContext, useContext, useSyncExternalStore } from 'react';
import type { CellActions } from './actions';
import type { Desk, DeskView } from './desk';
import type { Cell } from './session/notebook';
import type { Session, SessionView } from './session/session';

/** What every part of an open notebook can reach. */
export interface Room {
  path: string;
  /** In the tree. */
  objectId: number;
  session: Session;
  desk: Desk;
  actions: CellActions;
}

const Context = createContext<Room | undefined>(undefined);

export const RoomProvider = Context.Provider;

export function useRoom(): Room {
  const room = useContext(Context);
  if (!room) throw new Error('not in a notebook');
  return room;
}

/** A part of what the server says; whoever looks at it is drawn anew only when it becomes another object. */
export function useSession<T>(select: (view: SessionView) => T): T {
  const { store } = useRoom().session;
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export function useDesk<T>(select: (view: DeskView) => T): T {
  const { store } = useRoom().desk;
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export const useCell = (id: string): Cell | undefined => useSession((view) => view.notebook.cells.get(id));

/** The text of a cell, for parts that show it as it is typed. */
export function useText(id: string): string {
  const { texts } = useRoom().session;
  return useSyncExternalStore(
    (listener) => texts.listen(id, listener),
    () => texts.text(id),
  );
}
