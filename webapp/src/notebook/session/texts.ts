import { ChangeSet, Text, type ChangeSpec } from '@codemirror/state';
import { NotConnected, Refusal } from './connection';
import type { Answer, Missed } from './protocol';
import { SharedText, type Push } from './sharedText';

export interface TextsOwner {
  push: (cell: string, push: Push) => Promise<Answer>;
  /** Told after each change. */
  changed: (cell: string, firstLine: string) => void;
  unsent: (unsent: boolean) => void;
  /** This text of the cell has no place any more. `gone`: nor has the cell. */
  rescue: (cell: string, text: string, gone: boolean) => void;
  /** What came does not follow what is known: begin anew. */
  resync: () => void;
  fail: (error: unknown) => void;
}

/** What happened to a text: from elsewhere, from this tab, or from this editor itself. */
export interface TextChange {
  changes: ChangeSet;
  /** The editor that shows the change already. */
  by?: unknown;
  mine: boolean;
  /** The tab that made it. */
  client: string;
}

type Listener = (change: TextChange) => void;

/** So many keys travel together; running a cell does not wait for it. */
const PAUSE = 120;

/** The texts of all cells, and their way to the server. */
export class Texts {
  readonly #author: string;
  readonly #owner: TextsOwner;
  readonly #texts = new Map<string, SharedText>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #unsettled = new Set<string>();
  readonly #planned = new Map<string, ReturnType<typeof setTimeout>>();
  #waiting: { cells: readonly string[]; resolve: () => void; reject: (reason: Error) => void }[] = [];

  constructor(author: string, owner: TextsOwner) {
    this.#author = author;
    this.#owner = owner;
  }

  text(cell: string): string {
    return this.#texts.get(cell)?.toString() ?? '';
  }

  /** As editors hold it. */
  lines(cell: string): Text {
    return this.#texts.get(cell)?.text ?? Text.empty;
  }

  firstLine(cell: string): string {
    return this.#texts.get(cell)?.text.line(1).text ?? '';
  }

  /** Of the text that the server has confirmed. */
  version(cell: string): number {
    return this.#texts.get(cell)?.version ?? 0;
  }

  /** Where a place in an earlier confirmed text is now, for the tab `client`. */
  here(cell: string, place: number, version: number, client: string): number {
    return this.#texts.get(cell)?.here(place, version, client) ?? 0;
  }

  /** Told of every change of a cell's text. */
  listen(cell: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(cell) ?? new Set();
    this.#listeners.set(cell, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The server has this text. What this tab has typed and not brought there stays, if the text below it is the same. */
  open(cell: string, text: string, version: number, inserted = false): void {
    const known = this.#texts.get(cell);
    if (!known) {
      this.#texts.set(cell, new SharedText(text, version));
      this.#owner.changed(cell, this.firstLine(cell));
    } else if (!inserted && (known.settled || known.version !== version)) {
      const { shown, lost } = known.replace(text, version);
      this.#settle(cell);
      if (shown) this.#show(cell, { changes: shown, mine: false, client: '' });
      if (lost !== undefined) this.#owner.rescue(cell, lost, false);
    }
  }

  /** The cell is gone. */
  close(cell: string, bySomebodyElse: boolean): void {
    const text = this.#texts.get(cell);
    this.#texts.delete(cell);
    this.#settle(cell);
    if (text && !text.settled && bySomebodyElse) this.#owner.rescue(cell, text.toString(), true);
  }

  /** Changes a text from this tab; `by` is the editor that shows the change already. */
  edit(cell: string, changes: ChangeSpec, by?: unknown): void {
    const text = this.#texts.get(cell);
    if (!text) return;
    const set = changes instanceof ChangeSet ? changes : ChangeSet.of(changes, text.text.length);
    if (set.empty) return;
    text.edit(set);
    this.#unsettled.add(cell);
    if (this.#unsettled.size === 1) this.#owner.unsent(true);
    this.#show(cell, { changes: set, by, mine: true, client: this.#author });
    if (!this.#planned.has(cell)) this.#planned.set(cell, setTimeout(() => this.#push(cell), PAUSE));
  }

  receive(cell: string, frame: Missed, mine: boolean): void {
    const text = this.#texts.get(cell);
    if (!text) return;
    try {
      this.#take(cell, text, frame, mine);
    } catch (gap) {
      if (!(gap instanceof RangeError)) throw gap;
      this.#owner.resync();
      return;
    }
    this.#settle(cell);
    this.#push(cell);
  }

  /** After a reconnect. */
  resend(): void {
    for (const cell of [...this.#unsettled]) {
      const again = this.#texts.get(cell)?.again();
      if (again) void this.#send(cell, again);
      else this.#push(cell);
    }
  }

  /** Resolves when the server has these texts as they are here now. */
  settled(cells: readonly string[]): Promise<void> {
    cells.forEach((cell) => this.#push(cell));
    if (!cells.some((cell) => this.#unsettled.has(cell))) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ cells, resolve, reject }));
  }

  #push(cell: string): void {
    clearTimeout(this.#planned.get(cell));
    this.#planned.delete(cell);
    const push = this.#texts.get(cell)?.push();
    if (push) void this.#send(cell, push);
  }

  async #send(cell: string, push: Push): Promise<void> {
    try {
      this.#answered(cell, await this.#owner.push(cell, push));
    } catch (failure) {
      this.#failed(cell, failure);
    }
  }

  #answered(cell: string, answer: Answer): void {
    const text = this.#texts.get(cell);
    if (!text) return;
    if (answer.type === 'accepted') {
      text.accepted(answer.version);
    } else if (answer.type === 'rejected' && answer.missed) {
      answer.missed.forEach((frame) => this.#take(cell, text, frame, frame.client === this.#author));
      text.rejected();
    } else if (answer.type === 'rejected') {
      this.open(cell, answer.text ?? '', answer.version);
    }
    this.#settle(cell);
    this.#push(cell);
  }

  #failed(cell: string, failure: unknown): void {
    if (failure instanceof NotConnected) {
      // What is typed stays here and is pushed when there is a connection; whoever waits shall know.
      const waiting = this.#waiting;
      this.#waiting = [];
      waiting.forEach(({ reject }) => reject(failure));
      return;
    }
    const text = this.#texts.get(cell);
    if (text && failure instanceof Refusal && failure.frame.reason === 'CellGone') {
      this.#texts.delete(cell);
      this.#settle(cell);
      this.#owner.rescue(cell, text.toString(), true);
      return;
    }
    // The text stays as it is typed, marked as not saved, and is tried again with the next key.
    text?.rejected();
    this.#owner.fail(failure);
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(({ reject }) => reject(failure as Error));
  }

  #take(cell: string, text: SharedText, frame: Missed, mine: boolean): void {
    const changes = text.receive(frame, mine);
    if (changes) this.#show(cell, { changes, mine: false, client: frame.client });
  }

  #show(cell: string, change: TextChange): void {
    this.#listeners.get(cell)?.forEach((listener) => listener(change));
    this.#owner.changed(cell, this.firstLine(cell));
  }

  #settle(cell: string): void {
    const text = this.#texts.get(cell);
    if ((text && !text.settled) || !this.#unsettled.delete(cell)) return;
    if (this.#unsettled.size === 0) this.#owner.unsent(false);
    this.#waiting = this.#waiting.filter((each) => {
      if (each.cells.some((other) => this.#unsettled.has(other))) return true;
      each.resolve();
      return false;
    });
  }
}
