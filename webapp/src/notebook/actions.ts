import type { CellOutput, ResultViews } from '../output/types';
import { kindOf, languageOf, silent } from './session/magic';
import type { Cell } from './session/notebook';
import type { Session } from './session/session';
import { difference } from './session/sharedText';
import type { Desk } from './desk';

/** A cell as it can be put somewhere else. */
interface Copy {
  text: string;
  title: string;
  titleShown: boolean;
  outputs: CellOutput[];
  views: ResultViews;
}

/** The server takes frames of 16 MB; more output than this stays behind. */
const MOST_OUTPUT = 8 << 20;

/** Cells that were copied in any notebook of this tab. */
let clipboard: Copy[] = [];

/** Does something to cells and returns how to take that back. */
type Turn = () => Turn;

/** What readers do with cells: run, insert, delete, move, copy; the last of them can be undone. */
export class CellActions {
  readonly #session: Session;
  readonly #desk: Desk;
  readonly #fail: (error: unknown) => void;
  /** Makes a cluster be attached before cells run; false = it has asked the reader for one. */
  attached: () => Promise<boolean> = () => Promise.resolve(true);
  #done: Turn[] = [];
  #undone: Turn[] = [];

  constructor(session: Session, desk: Desk, fail: (error: unknown) => void) {
    this.#session = session;
    this.#desk = desk;
    this.#fail = fail;
  }

  get #order(): readonly string[] {
    return this.#session.notebook.order;
  }

  get #active(): string {
    return this.#desk.view.active;
  }

  get #editable(): boolean {
    return this.#session.view.editable && this.#session.view.ready;
  }

  get #runnable(): boolean {
    return this.#session.view.runnable && this.#session.view.ready;
  }

  chosen(): string[] {
    return this.#desk.chosen(this.#order);
  }

  #cell(id: string): Cell | undefined {
    return this.#session.notebook.cells.get(id);
  }

  #text(id: string): string {
    return this.#session.texts.text(id);
  }

  #next(id: string, by: number): string | undefined {
    const at = this.#order.indexOf(id);
    return at < 0 ? undefined : this.#order[at + by];
  }

  // Running

  /** Runs code and shows the text of markdown cells. */
  run(ids: readonly string[]): void {
    if (!this.#runnable) return;
    const code = ids.filter((id) => !silent(this.#text(id), this.#session.notebook.language));
    ids.filter((id) => this.#cell(id)?.kind === 'markdown').forEach((id) => this.#desk.open(id, false));
    if (code.length > 0) void this.#start(code);
  }

  runAll(): void {
    if (this.#runnable) void this.#start('all');
  }

  async #start(cells: readonly string[] | 'all'): Promise<void> {
    try {
      if (await this.attached()) await this.#session.run(cells);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  runChosen(): void {
    this.run(this.chosen());
    this.#desk.set({ editing: false });
  }

  runAndGoOn(): void {
    const chosen = this.chosen();
    this.run(chosen);
    const last = chosen.at(-1);
    if (last === undefined) return;
    const next = this.#next(last, 1);
    if (next) this.#desk.choose(next);
    else if (this.#editable) this.insert('below', '', last);
  }

  runAndInsert(): void {
    const last = this.chosen().at(-1);
    this.run(this.chosen());
    this.insert('below', '', last);
  }

  runAbove(id: string): void {
    this.run(this.#order.slice(0, this.#order.indexOf(id)));
  }

  runBelow(id: string): void {
    this.run(this.#order.slice(this.#order.indexOf(id)));
  }

  interrupt(cells: readonly string[] = []): void {
    this.#session.tell({ type: 'cancel', cells });
  }

  clear(cells: readonly string[]): void {
    this.#session.op('clear', { cells });
  }

  // Going from cell to cell

  go(by: number): void {
    const next = this.#active ? this.#next(this.#active, by) : this.#order[0];
    if (next) this.#desk.choose(next);
  }

  extend(by: number): void {
    const next = this.#next(this.#active, by);
    if (next) this.#desk.extend(next);
  }

  edit(id = this.#active): void {
    if (!this.#cell(id)) return;
    if (this.#cell(id)?.kind === 'markdown' && this.#editable) this.#desk.open(id, true);
    this.#desk.choose(id, true);
  }

  leave(): void {
    this.#desk.set({ editing: false });
  }

  // Changing the list of cells

  insert(where: 'above' | 'below', text = '', at = this.#active, editing = true): string | undefined {
    if (!this.#editable) return undefined;
    const after = where === 'below' ? at : (this.#next(at, -1) ?? '');
    const id = this.#session.insert(after, text);
    this.#remember(this.#remover([id]));
    if (kindOf(languageOf(text, this.#session.notebook.language)) === 'markdown') this.#desk.open(id, true);
    this.#desk.choose(id, editing);
    return id;
  }

  remove(ids: readonly string[] = this.chosen()): void {
    if (this.#editable && ids.length > 0) this.#remember(this.#remover(ids)());
  }

  /** Deletes cells; taken back, they stand where they stood, with their outputs. */
  #remover(ids: readonly string[]): Turn {
    return () => {
      const order = this.#order;
      const gone = ids.filter((id) => this.#cell(id)).map((id) => ({ id, copy: this.#copyOf(id), above: this.#next(id, -1) ?? '' }));
      const stay = order.filter((id) => !ids.includes(id));
      const next = order.slice(order.indexOf(ids[0] ?? '')).find((id) => stay.includes(id)) ?? stay.at(-1) ?? '';
      gone.forEach(({ id }) => this.#session.op('delete', { cell: id }));
      if (ids.includes(this.#active)) this.#desk.choose(next);
      return () => {
        const renamed = new Map<string, string>();
        gone.forEach(({ id, copy, above }) => renamed.set(id, this.#put(copy, renamed.get(above) ?? above)));
        const back = [...renamed.values()];
        this.#desk.choose(back[0] ?? '');
        return this.#remover(back);
      };
    };
  }

  /** How to take back what has just been done. */
  #remember(turn: Turn): void {
    this.#undone = [];
    this.#done.push(turn);
    if (this.#done.length > 100) this.#done.shift();
  }

  move(by: number, ids = this.chosen()): void {
    if (!this.#editable || ids.length === 0) return;
    const order = this.#order;
    const first = order.indexOf(ids[0] ?? '');
    const others = order.filter((id) => !ids.includes(id));
    if (by < 0 ? first === 0 : first === others.length) return;
    this.#remember(this.#mover(ids, others.slice(0, first + Math.sign(by)))());
  }

  /** Puts cells below the last of those `above` that is still there; taken back, they stand where they stood. */
  #mover(ids: readonly string[], above: readonly string[]): Turn {
    return () => {
      const order = this.#order;
      const moving = ids.filter((id) => order.includes(id));
      const before = order.slice(0, Math.max(0, order.indexOf(moving[0] ?? ''))).filter((id) => !ids.includes(id));
      let after = above.findLast((id) => order.includes(id)) ?? '';
      for (const cell of moving) {
        this.#session.op('move', { cell, after });
        after = cell;
      }
      return this.#mover(ids, before);
    };
  }

  #copyOf(id: string): Copy {
    const cell = this.#cell(id);
    const outputs = cell?.outputs ?? [];
    const fits = outputs.length > 0 && JSON.stringify(outputs).length <= MOST_OUTPUT;
    return { text: this.#text(id), title: cell?.title ?? '', titleShown: cell?.titleShown ?? false, outputs: fits ? outputs : [], views: cell?.views ?? {} };
  }

  #put(copy: Copy, after: string): string {
    const id = this.#session.insert(after, copy.text, undefined, copy.outputs);
    if (Object.keys(copy.views).length > 0) this.#session.op('view', { cell: id, views: copy.views });
    if (copy.title) this.#session.op('title', { cell: id, title: copy.title, shown: copy.titleShown });
    return id;
  }

  copy(): void {
    clipboard = this.chosen().map((id) => this.#copyOf(id));
    // For other programs; inside the application the titles come along too.
    void navigator.clipboard?.writeText(clipboard.map(({ text }) => text).join('\n\n')).catch(() => {});
  }

  cut(): void {
    this.copy();
    this.remove();
  }

  paste(): void {
    if (!this.#editable || clipboard.length === 0) return;
    let after = this.chosen().at(-1) ?? '';
    const ids = clipboard.map((copy) => (after = this.#put(copy, after)));
    this.#remember(this.#remover(ids));
    this.#desk.choose(after);
  }

  duplicate(id: string): void {
    const made = this.#put(this.#copyOf(id), id);
    this.#remember(this.#remover([made]));
    this.#desk.choose(made);
  }

  split(at: number): void {
    const id = this.#active;
    const text = this.#text(id);
    const cell = this.#cell(id);
    if (!this.#editable || !cell) return;
    const magic = /^%[a-z-]+/.exec(text)?.[0];
    const rest = text.slice(at).replace(/^\n/, '');
    const same = magic && cell.language !== this.#session.notebook.language ? `${magic}\n${rest}` : rest;
    this.#write(id, text.slice(0, at).replace(/\n$/, ''));
    this.insert('below', same, id);
  }

  merge(): void {
    const chosen = this.chosen();
    const ids = chosen.length > 1 ? chosen : [this.#active, this.#next(this.#active, 1) ?? ''];
    const [first, ...others] = ids.filter((id) => this.#cell(id));
    if (!this.#editable || first === undefined || others.length === 0) return;
    const language = this.#cell(first)?.language;
    const texts = others.map((id) => {
      const text = this.#text(id);
      return this.#cell(id)?.language === language ? text.replace(/^%[a-z-]+[^\S\n]*\n?/, '') : text;
    });
    this.#write(first, [this.#text(first), ...texts].join('\n'));
    this.remove(others);
    this.#desk.choose(first);
  }

  undo(): void {
    const turn = this.#done.pop();
    if (turn) this.#undone.push(turn());
  }

  redo(): void {
    const turn = this.#undone.pop();
    if (turn) this.#done.push(turn());
  }

  // Changing a cell

  #write(id: string, text: string): void {
    this.#session.texts.edit(id, difference(this.#text(id), text));
  }

  language(id: string, language: string): void {
    this.#session.texts.settled([id]).then(() => this.#session.op('language', { cell: id, language }), this.#fail);
    if (language === 'md') this.#desk.open(id, true);
  }

  kind(kind: 'code' | 'markdown'): void {
    if (!this.#editable) return;
    for (const id of this.chosen()) {
      if (this.#cell(id)?.kind !== kind) this.language(id, kind === 'markdown' ? 'md' : this.#session.notebook.language);
    }
  }

  heading(level: number): void {
    if (!this.#editable) return;
    for (const id of this.chosen()) {
      const magic = /^%md[^\S\n]*\n?/.exec(this.#text(id))?.[0] ?? '%md\n';
      const body = this.#cell(id)?.kind === 'markdown' ? this.#text(id).slice(magic.length) : this.#text(id);
      this.#write(id, `${magic}${'#'.repeat(level)} ${body.replace(/^#*\s*/, '')}`);
    }
  }

  collapse(id: string, what: 'code' | 'result'): void {
    const cell = this.#cell(id);
    if (!cell) return;
    this.#session.op('collapse', {
      cell: id,
      code: what === 'code' ? !cell.codeHidden : cell.codeHidden,
      result: what === 'result' ? !cell.resultHidden : cell.resultHidden,
    });
  }

  title(id: string, title: string): void {
    this.#session.op('title', { cell: id, title, shown: title !== '' });
  }
}
