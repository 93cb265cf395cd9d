import type { CellOutput, ResultViews } from '../../output/types';
import { Carets } from './carets';
import { Connection, NotConnected, Refusal, type Wires } from './connection';
import { Cursor } from './cursor';
import { languageOf, kindOf } from './magic';
import { changed, EMPTY, reduce, type Notebook } from './notebook';
import type { Answer, ChangesFrame, ClientFrame, OpFrame, Person, ServerFrame, Snapshot, Welcome, WireCell } from './protocol';
import { Store } from './store';
import { Texts } from './texts';

export interface SessionView {
  readonly notebook: Notebook;
  readonly people: readonly Person[];
  readonly link: 'connecting' | 'open' | 'offline' | 'over';
  /** Why there will be no connection any more. */
  readonly over: string;
  readonly user: string;
  /** Cells may be run. */
  readonly runnable: boolean;
  readonly editable: boolean;
  /** A snapshot has come. */
  readonly ready: boolean;
  /** Something typed is not with the server yet. */
  readonly unsent: boolean;
}

const ACKNOWLEDGE = 256 << 10;
/** Outputs follow a snapshot without an end mark; when nothing has come for so long they are all there. */
const QUIET = 3000;

/** An id that is nobody else's; `crypto.randomUUID` is for https only. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A notebook that is open in this tab: what the server says of it, and what this tab has said and is not answered yet. */
export class Session {
  /** Names this tab in its changes, whatever connection they come by. */
  readonly author = newId();
  readonly store = new Store<SessionView>({
    notebook: EMPTY,
    people: [],
    link: 'connecting',
    over: '',
    user: '',
    runnable: false,
    editable: false,
    ready: false,
    unsent: false,
  });
  readonly texts: Texts;
  /** Where the others write. */
  readonly carets: Carets;
  /** Where this tab writes. */
  readonly cursor: Cursor;
  readonly #connection: Connection;
  /** Inserts whose answer has not come, in order. */
  readonly #inserts = new Map<string, ClientFrame>();
  readonly #fail: (error: unknown) => void;
  readonly #viewing = new Map<string, ReturnType<typeof setTimeout>>();
  #epoch = '';
  #last = -1;
  #outputsEnd: number | undefined;
  #unacknowledged = 0;

  constructor(wires: Wires, fail: (error: unknown) => void) {
    this.#fail = fail;
    this.#connection = new Connection(wires, {
      hear: (frame, size) => this.#hear(frame, size),
      lost: (over) => this.#lost(over),
    });
    this.texts = new Texts(this.author, {
      push: (cell, push) => this.ask({ type: 'push', cell, client: this.author, ...push }),
      changed: (cell, firstLine) => this.#relanguage(cell, firstLine),
      unsent: (unsent) => this.#set({ unsent }),
      rescue: (cell, text, gone) => this.#rescue(cell, text, gone),
      resync: () => this.#hello(),
      fail,
    });
    this.carets = new Carets(this.texts, this.author);
    this.cursor = new Cursor(this.texts, (frame) => this.#connection.say(frame));
  }

  get view(): SessionView {
    return this.store.get();
  }

  get notebook(): Notebook {
    return this.view.notebook;
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
  }

  ask(frame: ClientFrame): Promise<Answer> {
    return this.#connection.ask(frame);
  }

  /** Asks for something that only has to happen: failures are shown. */
  tell(frame: ClientFrame): void {
    this.ask(frame).catch(this.#fail);
  }

  op(op: string, fields: Record<string, unknown>): void {
    this.tell({ type: 'op', op, client: this.author, ...fields });
  }

  /** A new cell, there at once, with or without a connection; returns its id. */
  insert(after: string, text = '', id = newId(), outputs: CellOutput[] = []): string {
    const frame = { type: 'op', op: 'insert', client: this.author, cell: id, after, text, ...(outputs.length > 0 && { outputs }) };
    this.#inserts.set(id, frame);
    this.#inserted(id, after, text);
    if (outputs.length > 0) this.#set({ notebook: reduce(this.notebook, { type: 'outputs', cell: id, outputs }) });
    this.store.setNow(this.view);
    void this.#sendInsert(id, frame);
    return id;
  }

  #inserted(id: string, after: string, text: string): void {
    const cell: WireCell = { id, version: 0, text, title: '', titleShown: false, codeHidden: false, resultHidden: false };
    this.texts.open(id, text, 0);
    this.#set({ notebook: reduce(this.notebook, { type: 'op', op: 'insert', after, cell }) });
  }

  async #sendInsert(id: string, frame: ClientFrame): Promise<void> {
    try {
      await this.ask(frame);
      this.#inserts.delete(id);
    } catch (failure) {
      // Without a connection it is sent again later.
      if (failure instanceof NotConnected) return;
      this.#inserts.delete(id);
      this.#fail(failure);
    }
  }

  /** Runs cells with the text that is seen here. */
  async run(cells: readonly string[] | 'all'): Promise<void> {
    if (this.view.link !== 'open') throw new NotConnected();
    await this.texts.settled(cells === 'all' ? this.notebook.order : cells);
    await this.ask(cells === 'all' ? { type: 'run', all: true } : { type: 'run', cells });
  }

  /** Gives a widget another value; answers what is to be known of it: why nothing runs that should, say. */
  async widget(name: string, value: string): Promise<string> {
    // What runs by it runs with the text that is seen here.
    await this.texts.settled(this.notebook.order);
    const answer = await this.ask({ type: 'widget', name, value });
    return answer.type === 'done' ? (answer.note ?? '') : '';
  }

  changeViews(id: string, views: ResultViews): void {
    this.store.setNow({ ...this.view, notebook: changed(this.notebook, id, (cell) => ({ ...cell, views })) });
    clearTimeout(this.#viewing.get(id));
    // Somebody who drags or types does not mean each step; offline, the arrangement is this tab's alone.
    this.#viewing.set(
      id,
      setTimeout(() => {
        if (this.view.link === 'open' && this.view.editable) this.op('view', { cell: id, views });
      }, 400),
    );
  }

  #set(news: Partial<SessionView>): void {
    this.store.set({ ...this.view, ...news });
  }

  #hear(frame: ServerFrame, size: number): void {
    switch (frame.type) {
      case 'welcome':
        this.#welcome(frame);
        break;
      case 'presence':
        this.#present(frame.people);
        break;
      case 'changes':
        this.#changes(frame);
        break;
      case 'snapshot':
        this.#snapshot(frame);
        break;
      case 'error':
        if (frame.re === undefined) this.#fail(new Refusal(frame));
        break;
      case 'accepted':
      case 'rejected':
      case 'completion':
      case 'inspection':
      case 'done':
      case 'pong':
        break;
      default:
        if (frame.type === 'op') this.#before(frame);
        // What was arranged here may have gone on since.
        if (!(frame.type === 'op' && frame.op === 'view' && frame.client === this.author)) this.#set({ notebook: reduce(this.notebook, frame) });
        if (frame.type === 'op' && frame.op === 'notebookLanguage') this.#relanguageAll();
    }
    this.#count(frame, size);
  }

  #welcome(frame: Welcome): void {
    this.#set({ link: 'open', user: frame.user, runnable: frame.runnable, editable: frame.editable });
    const whole = this.#outputsEnd === undefined || performance.now() > this.#outputsEnd;
    const known = this.#last >= 0 && whole && frame.epoch === this.#epoch;
    this.#epoch = frame.epoch;
    this.#hello(known ? { since: this.#last, epoch: frame.epoch } : {});
    if (known) this.#resend();
  }

  #hello(known: { since?: number; epoch?: string } = {}): void {
    this.#connection.say({ type: 'hello', client: this.author, ...known });
  }

  #lost(over?: string): void {
    this.#set(over === undefined ? { link: 'offline' } : { link: 'over', over });
    this.#present([]);
  }

  #present(people: readonly Person[]): void {
    const before = new Set(this.view.people.map(({ client }) => client));
    const places = (all: readonly Person[]) => all.map(({ client, user, cell }) => [client, user, cell].join(' ')).join('\n');
    // Carets are drawn by the editors alone.
    if (places(people) !== places(this.view.people)) this.#set({ people });
    this.carets.tell(people);
    // Who has come now, this tab after a pause perhaps, knows no place of the text as it was before.
    if (people.some(({ client }) => !before.has(client))) this.cursor.again();
  }

  /** In this order: text is for cells that are there. */
  #resend(): void {
    for (const [id, frame] of this.#inserts) void this.#sendInsert(id, frame);
    this.texts.resend();
  }

  #changes(frame: ChangesFrame): void {
    this.texts.receive(frame.cell, frame, frame.client === this.author);
  }

  #snapshot(frame: Snapshot): void {
    const before = this.notebook;
    this.#last = -1;
    this.#outputsEnd = performance.now() + QUIET;
    this.#set({ notebook: reduce(before, frame), ready: true });
    const open = new Set([...frame.cells.map((cell) => cell.id), ...this.#inserts.keys()]);
    for (const cell of frame.cells) this.texts.open(cell.id, cell.text, cell.version);
    for (const id of before.order) {
      if (!open.has(id)) this.texts.close(id, true);
    }
    for (const [id, insert] of this.#inserts) {
      if (!this.notebook.cells.has(id)) {
        const text = this.texts.text(id);
        const wire: WireCell = { id, version: 0, text, title: '', titleShown: false, codeHidden: false, resultHidden: false };
        this.#set({ notebook: reduce(this.notebook, { type: 'op', op: 'insert', after: String(insert.after), cell: wire }) });
      }
    }
    this.#resend();
  }

  /** Texts go along with their cells. */
  #before(frame: OpFrame): void {
    if (frame.op === 'insert') this.texts.open(frame.cell.id, frame.cell.text, frame.cell.version, frame.client === this.author);
    if (frame.op === 'delete') this.texts.close(frame.cell, frame.client !== this.author);
  }

  #rescue(cell: string, text: string, gone: boolean): void {
    const { order } = this.notebook;
    const at = order.indexOf(cell);
    this.insert((gone ? order[at - 1] : cell) ?? '', text);
    if (gone) this.#set({ notebook: reduce(this.notebook, { type: 'op', op: 'delete', cell }) });
    this.#fail(new Error(gone ? 'Somebody deleted a cell that you were writing in. Your text is in a new cell.' : 'A cell was changed elsewhere meanwhile. Your text is in a new cell below it.'));
  }

  #relanguage(id: string, firstLine: string): void {
    const language = languageOf(firstLine, this.notebook.language);
    const notebook = changed(this.notebook, id, (cell) => (cell.language === language ? cell : { ...cell, language, kind: kindOf(language) }));
    if (notebook !== this.notebook) this.store.setNow({ ...this.view, notebook });
  }

  #relanguageAll(): void {
    for (const id of this.notebook.order) this.#relanguage(id, this.texts.firstLine(id));
  }

  #count(frame: ServerFrame, size: number): void {
    if (frame.type === 'outputs') this.#outputsEnd = performance.now() + QUIET;
    if ('n' in frame && typeof frame.n === 'number') {
      if (this.#last >= 0) this.#outputsEnd = undefined;
      this.#last = frame.n;
    }
    this.#unacknowledged += size;
    if (this.#unacknowledged > ACKNOWLEDGE && this.#last >= 0) {
      this.#unacknowledged = 0;
      this.#connection.say({ type: 'ack', n: this.#last });
    }
  }
}
