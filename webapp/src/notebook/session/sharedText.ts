import { ChangeSet, Text, type ChangeDesc } from '@codemirror/state';
import type { ChangeJson, Missed } from './protocol';

export interface Push {
  version: number;
  changes: ChangeJson[];
}

/** Cursors are told a few times a second; what is older is not asked for. */
const LONGEST_PAST = 100;

/**
 * The text of one cell that several people write. The server puts changes in order; ours are in one of three places: confirmed, sent
 * (at most one change, until the server has said what became of it), or waiting behind that. What comes from others meanwhile is moved
 * over ours and ours over theirs, as `@codemirror/collab` does it, so that all come to the same text. Lives apart from editors: most cells
 * of a long notebook have none.
 */
export class SharedText {
  text: Text;
  version: number;
  #sent: ChangeSet | undefined;
  #waiting: ChangeSet | undefined;
  /** The last confirmed changes, the newest at `version - 1`. */
  readonly #past: { client: string; changes: ChangeDesc }[] = [];

  constructor(text: string, version: number) {
    this.text = Text.of(text.split('\n'));
    this.version = version;
  }

  toString(): string {
    return this.text.toString();
  }

  /** Everything has been confirmed. */
  get settled(): boolean {
    return !this.#sent && !this.#waiting;
  }

  edit(changes: ChangeSet): void {
    this.text = changes.apply(this.text);
    this.#waiting = this.#waiting ? this.#waiting.compose(changes) : changes;
    if (!this.#sent && this.#waiting.empty) this.#waiting = undefined;
  }

  /** What is to be pushed now, if anything is. */
  push(): Push | undefined {
    if (this.#sent || !this.#waiting) return undefined;
    this.#sent = this.#waiting;
    this.#waiting = undefined;
    return this.again();
  }

  /** The push whose answer has not come: after a reconnect it is pushed again, exactly. If it had arrived, that will be refused. */
  again(): Push | undefined {
    return this.#sent && { version: this.version, changes: [this.#sent.toJSON() as ChangeJson] };
  }

  accepted(version: number): void {
    if (this.#sent && this.version === version - 1) this.#confirm();
  }

  /**
   * Changes in the server's order; returns what of them an editor has to show. Throws when they do not follow what is known.
   *
   * @param mine they are this tab's own
   */
  receive(frame: Missed, mine: boolean): ChangeSet | undefined {
    const seen = Math.max(0, this.version - frame.version);
    if (frame.version > this.version) throw new RangeError(`Changes of version ${frame.version} after version ${this.version}`);
    let shown: ChangeSet | undefined;
    for (const json of frame.changes.slice(seen)) {
      if (mine && this.#sent) {
        this.#confirm();
      } else {
        const next = this.#take(ChangeSet.fromJSON(json), frame.client);
        shown = shown ? shown.compose(next) : next;
      }
    }
    return shown;
  }

  /** Nothing was applied: what was sent waits again. */
  rejected(): void {
    if (!this.#sent) return;
    this.#waiting = this.#waiting ? this.#sent.compose(this.#waiting) : this.#sent;
    this.#sent = undefined;
    if (this.#waiting.empty) this.#waiting = undefined;
  }

  /** Where a place in the confirmed text of a version is in the text now, for the tab `client`. */
  here(place: number, version: number, client: string): number {
    let at = place;
    for (const each of this.#past.slice(Math.max(0, this.#past.length - Math.max(0, this.version - version)))) {
      at = carried(at, each.changes, each.client === client);
    }
    for (const mine of [this.#sent, this.#waiting]) {
      if (mine) at = carried(at, mine, false);
    }
    return Math.min(at, this.text.length);
  }

  /** What the server has now is another text. Returns the change that leads there, and our text if it is lost by that. */
  replace(text: string, version: number): { shown: ChangeSet | undefined; lost: string | undefined } {
    const mine = this.toString();
    const lost = !this.settled && mine !== text ? mine : undefined;
    this.#sent = undefined;
    this.#waiting = undefined;
    this.#past.length = 0;
    this.version = version;
    if (mine === text) return { shown: undefined, lost };
    const shown = difference(mine, text);
    this.text = shown.apply(this.text);
    return { shown, lost };
  }

  #confirm(): void {
    // Only places of others are asked for.
    if (this.#sent) this.#remember('', this.#sent);
    this.#sent = undefined;
    if (this.#waiting?.empty) this.#waiting = undefined;
  }

  #take(changes: ChangeSet, client: string): ChangeSet {
    let theirs = changes;
    if (this.#sent) {
      const ours = this.#sent.map(theirs);
      theirs = theirs.map(this.#sent, true);
      this.#sent = ours;
    }
    if (this.#waiting) {
      const ours = this.#waiting.map(theirs);
      theirs = theirs.map(this.#waiting, true);
      this.#waiting = ours;
    }
    this.text = theirs.apply(this.text);
    this.#remember(client, changes);
    return theirs;
  }

  #remember(client: string, { desc }: ChangeSet): void {
    this.version += 1;
    this.#past.push({ client, changes: desc });
    if (this.#past.length > LONGEST_PAST) this.#past.shift();
  }
}

/** A place after a change: who types is moved along, others stay before what comes where they are. */
export const carried = (place: number, changes: ChangeDesc, byThemselves: boolean) => changes.mapPos(Math.min(place, changes.length), byThemselves ? 1 : -1);

/** One change that makes `to` of `from`: what both begin and end with stays. */
export function difference(from: string, to: string): ChangeSet {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  // The server refuses halves of surrogate pairs.
  if (start > 0 && isHigh(from.charCodeAt(start - 1))) start -= 1;
  if (end > 0 && isLow(from.charCodeAt(from.length - end))) end -= 1;
  return ChangeSet.of({ from: start, to: from.length - end, insert: Text.of(to.slice(start, to.length - end).split('\n')) }, from.length);
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;
