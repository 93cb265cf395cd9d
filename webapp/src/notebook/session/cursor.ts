import type { ClientFrame } from './protocol';
import type { Texts } from './texts';

/** Where the cursor of an editor is at the moment. */
export type Where = () => { anchor: number; head: number };

const EVERY = 400;

/** Tells the others where this tab writes, a few times a second at most. */
export class Cursor {
  readonly #texts: Texts;
  readonly #say: (frame: ClientFrame) => void;
  #at: { cell: string; where: Where } | undefined;
  #told = false;
  #notBefore = 0;
  #planned: ReturnType<typeof setTimeout> | undefined;
  #settling = false;

  constructor(texts: Texts, say: (frame: ClientFrame) => void) {
    this.#texts = texts;
    this.#say = say;
  }

  /** It has moved, or come into this cell. */
  moved(cell: string, where: Where): void {
    if (this.#at?.where !== where) this.#at = { cell, where };
    this.#plan();
  }

  /** It is in this editor no more. That it is in no other is told only if it stays so for a moment. */
  left(where: Where): void {
    if (this.#at?.where !== where) return;
    this.#at = undefined;
    this.#notBefore = performance.now() + EVERY;
    clearTimeout(this.#planned);
    this.#planned = undefined;
    this.#plan();
  }

  /** Somebody has come who does not know. */
  again(): void {
    if (this.#at) this.#plan();
  }

  #plan(): void {
    this.#planned ??= setTimeout(() => void this.#tell(), Math.max(0, this.#notBefore - performance.now()));
  }

  async #tell(): Promise<void> {
    this.#planned = undefined;
    this.#notBefore = performance.now() + EVERY;
    const cell = this.#at?.cell;
    if (cell === undefined) {
      if (this.#told) this.#say({ type: 'cursor', cell: '' });
      this.#told = false;
      return;
    }
    if (this.#settling) return;
    this.#settling = true;
    // The places are meant in a text that the server knows.
    const settled = await this.#texts.settled([cell]).then(() => true, () => false);
    this.#settling = false;
    if (!settled || !this.#at) return;
    if (this.#at.cell !== cell) return this.#plan();
    this.#told = true;
    this.#say({ type: 'cursor', cell, version: this.#texts.version(cell), ...this.#at.where() });
  }
}
