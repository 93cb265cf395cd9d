import type { Person } from './protocol';
import { carried } from './sharedText';
import type { TextChange, Texts } from './texts';

/** Where somebody else writes: places in the text as it is in this tab. */
export interface Caret {
  readonly client: string;
  readonly user: string;
  /** How they are called here: tabs of one person are counted. */
  readonly name: string;
  readonly anchor: number;
  readonly head: number;
  /** Grows with each move of their own; being moved by what others type is none. */
  readonly moves: number;
}

interface Placed {
  told: Person;
  cell: string;
  caret: Caret;
}

/** The carets of all who write in the notebook but this tab, kept at their letters while the text changes around them. */
export class Carets {
  readonly #texts: Texts;
  readonly #author: string;
  readonly #listeners = new Map<string, Set<() => void>>();
  /** By tab. */
  #placed = new Map<string, Placed>();
  readonly #followed = new Map<string, () => void>();

  constructor(texts: Texts, author: string) {
    this.#texts = texts;
    this.#author = author;
  }

  of(cell: string): Caret[] {
    return [...this.#placed.values()].filter((placed) => placed.cell === cell).map(({ caret }) => caret);
  }

  /** Told when carets come into a cell, move in it or leave; not when they are moved by its text. */
  listen(cell: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(cell) ?? new Set();
    this.#listeners.set(cell, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The server's word on who is here and where. */
  tell(people: readonly Person[]): void {
    const before = this.#placed;
    this.#placed = new Map();
    for (const person of people) {
      const { client, cell } = person;
      if (client !== this.#author && cell) this.#placed.set(client, this.#place(person, cell, nameIn(people, person), before.get(client)));
    }
    const news = new Set<string>();
    for (const client of new Set([...before.keys(), ...this.#placed.keys()])) {
      const [old, now] = [before.get(client), this.#placed.get(client)];
      if (old?.caret === now?.caret && old?.cell === now?.cell) continue;
      for (const each of [old, now]) if (each) news.add(each.cell);
    }
    this.#follow();
    news.forEach((cell) => this.#listeners.get(cell)?.forEach((listener) => listener()));
  }

  #place(person: Person, cell: string, name: string, before: Placed | undefined): Placed {
    const { client, user, version = 0, anchor = 0, head = 0 } = person;
    const same = before?.cell === cell ? before : undefined;
    // Told again because somebody else has moved: meanwhile it has gone along with the text.
    if (same && same.told.version === version && same.told.anchor === anchor && same.told.head === head && same.caret.name === name) return same;
    const here = (place: number) => this.#texts.here(cell, place, version, client);
    const caret = { client, user, name, anchor: here(anchor), head: here(head) };
    const still = same && same.caret.anchor === caret.anchor && same.caret.head === caret.head;
    const moves = (before?.caret.moves ?? 0) + (still ? 0 : 1);
    return { told: person, cell, caret: { ...caret, moves } };
  }

  /** Only the texts of cells that have carets are listened to. */
  #follow(): void {
    const cells = new Set([...this.#placed.values()].map(({ cell }) => cell));
    for (const [cell, stop] of this.#followed) {
      if (cells.has(cell)) continue;
      stop();
      this.#followed.delete(cell);
    }
    for (const cell of cells) {
      if (!this.#followed.has(cell)) this.#followed.set(cell, this.#texts.listen(cell, (change) => this.#moved(cell, change)));
    }
  }

  #moved(cell: string, change: TextChange): void {
    for (const placed of this.#placed.values()) {
      if (placed.cell === cell) placed.caret = moved(placed.caret, change);
    }
  }
}

/** The caret after a change of its text. */
export function moved(caret: Caret, { changes, client }: Pick<TextChange, 'changes' | 'client'>): Caret {
  const own = client === caret.client;
  const [anchor, head] = [caret.anchor, caret.head].map((place) => carried(place, changes, own)) as [number, number];
  return { ...caret, anchor, head, moves: caret.moves + (own ? 1 : 0) };
}

function nameIn(people: readonly Person[], { client, user }: Person): string {
  const name = user.split('@')[0] ?? user;
  const tabs = people.filter((each) => each.user === user);
  return tabs.length === 1 ? name : `${name} ${tabs.findIndex((each) => each.client === client) + 1}`;
}
