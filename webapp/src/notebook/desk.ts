import { Store } from './session/store';

/** What one reader has on the desk: which cells are chosen, and what is open beside them. Nobody else sees it. */
export interface DeskView {
  /** The cell that keys are for; empty while there is none. */
  readonly active: string;
  /** Where the choice began; with `active` it spans the chosen cells. */
  readonly anchor: string;
  /** Keys go into the text of the active cell. */
  readonly editing: boolean;
  /** Markdown cells that show their source. */
  readonly opened: ReadonlySet<string>;
  readonly lineNumbers: boolean;
  readonly contents: boolean;
  readonly drawer: '' | 'revisions';
  readonly find: '' | 'find' | 'replace';
  readonly dialog: '' | 'help' | 'commands' | 'schedule';
  /** The menu of clusters, and why it was opened by itself. */
  readonly clusterMenu: {
    open: boolean;
    reason: string;
    /** Cells wait for the choice: told whether there is a cluster now. */
    then?: (attached: boolean) => void;
  };
}

const LINE_NUMBERS = 'slipway-notebook-line-numbers';
const CONTENTS = 'slipway-notebook-contents';

export class Desk {
  readonly store = new Store<DeskView>({
    active: '',
    anchor: '',
    editing: false,
    opened: new Set(),
    lineNumbers: localStorage.getItem(LINE_NUMBERS) === 'true',
    contents: localStorage.getItem(CONTENTS) === 'true',
    drawer: '',
    find: '',
    dialog: '',
    clusterMenu: { open: false, reason: '' },
  });

  get view(): DeskView {
    return this.store.get();
  }

  set(news: Partial<DeskView>): void {
    if (news.lineNumbers !== undefined) localStorage.setItem(LINE_NUMBERS, String(news.lineNumbers));
    if (news.contents !== undefined) localStorage.setItem(CONTENTS, String(news.contents));
    this.store.setNow({ ...this.view, ...news });
  }

  /** Makes one cell the active one. */
  choose(cell: string, editing = false): void {
    const { active, anchor, editing: before } = this.view;
    if (active === cell && anchor === cell && before === editing) return;
    this.set({ active: cell, anchor: cell, editing });
  }

  extend(cell: string): void {
    this.set({ active: cell, editing: false });
  }

  open(cell: string, open: boolean): void {
    const opened = new Set(this.view.opened);
    if (open) opened.add(cell);
    else opened.delete(cell);
    this.set({ opened });
  }

  /** The chosen cells in the order of the notebook. */
  chosen(order: readonly string[]): string[] {
    const { active, anchor } = this.view;
    const [one, other] = [order.indexOf(active), order.indexOf(anchor)];
    if (one < 0) return [];
    return order.slice(Math.min(one, other < 0 ? one : other), Math.max(one, other) + 1);
  }
}
