import { ChangeSet, Text } from '@codemirror/state';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Socket } from './connection';
import type { ChangeJson, ClientFrame, ServerFrame, WireCell } from './protocol';
import { Session } from './session';

const wire = (id: string, text: string, version = 0): WireCell => ({ id, version, text, title: '', titleShown: false, codeHidden: false, resultHidden: false });

/** A server in small: orders changes, remembers them all, and answers as docs/protocols/notebook.md says. */
class FakeServer {
  readonly cells = new Map<string, { text: Text; changes: { client: string; changes: ChangeJson[] }[] }>();
  order: string[] = [];
  log: ServerFrame[] = [];
  heard: ClientFrame[] = [];
  socket: Socket | undefined;
  up = true;
  /** Takes what is said and answers nothing. */
  mute = false;

  constructor(...cells: [string, string][]) {
    for (const [id, text] of cells) {
      this.cells.set(id, { text: Text.of(text.split('\n')), changes: [] });
      this.order.push(id);
    }
  }

  open = (): Socket => {
    const socket: Socket = { send: (text) => this.#hear(JSON.parse(text) as ClientFrame), close: () => {}, onmessage: null, onclose: null };
    queueMicrotask(() => {
      if (!this.up) return socket.onclose?.({ reason: '' });
      this.socket = socket;
      this.say({ type: 'welcome', client: 'c', user: 'ann', notebook: 1, path: '/x', epoch: 'e', runnable: true, editable: true });
    });
    return socket;
  };

  say(frame: ServerFrame): void {
    if (!this.mute) this.socket?.onmessage?.({ data: JSON.stringify(frame) });
  }

  cut(): void {
    const { socket } = this;
    this.socket = undefined;
    this.mute = false;
    socket?.onclose?.({ reason: '' });
  }

  add(frame: object): void {
    const numbered = { ...frame, n: this.log.length + 1 } as ServerFrame;
    this.log.push(numbered);
    this.say(numbered);
  }

  change(id: string, client: string, changes: ChangeJson[]): void {
    const cell = this.cells.get(id);
    if (!cell) throw new Error(id);
    const version = cell.changes.length;
    changes.forEach((each) => (cell.text = ChangeSet.fromJSON(each).apply(cell.text)));
    cell.changes.push({ client, changes });
    this.add({ type: 'changes', cell: id, version, client, by: client, changes });
  }

  remove(id: string): void {
    this.cells.delete(id);
    this.order = this.order.filter((each) => each !== id);
    this.add({ type: 'op', op: 'delete', cell: id, client: 'other', by: 'bob' });
  }

  text = (id: string) => this.cells.get(id)?.text.toString();

  #hear(frame: ClientFrame): void {
    this.heard.push(frame);
    const re = frame.re as number;
    const id = String(frame.cell);
    const cell = this.cells.get(id);
    if (frame.type === 'hello') {
      if (typeof frame.since === 'number') this.log.slice(frame.since).forEach((each) => this.say(each));
      else this.snapshot();
    } else if (frame.type === 'push') {
      if (!cell) this.say({ type: 'error', re, cell: id, code: 'NOT_FOUND', reason: 'CellGone', message: 'gone' });
      else if (cell.changes.length === frame.version) {
        this.change(id, String(frame.client), frame.changes as ChangeJson[]);
        this.say({ type: 'accepted', re, cell: id, version: cell.changes.length });
      } else {
        const missed = cell.changes.slice(Number(frame.version)).map((each, index) => ({ version: Number(frame.version) + index, ...each }));
        this.say({ type: 'rejected', re, cell: id, version: cell.changes.length, missed });
      }
    } else if (frame.type === 'op' && frame.op === 'insert') {
      if (!cell) {
        this.cells.set(id, { text: Text.of(String(frame.text).split('\n')), changes: [] });
        this.order.splice(this.order.indexOf(String(frame.after)) + 1, 0, id);
        this.add({ type: 'op', op: 'insert', after: frame.after, client: frame.client, cell: wire(id, String(frame.text)) });
      }
      this.say({ type: 'done', re });
    } else if (re) this.say({ type: 'done', re });
  }

  snapshot(): void {
    const cells = this.order.map((id) => wire(id, this.text(id) ?? '', this.cells.get(id)?.changes.length));
    this.say({ type: 'snapshot', n: this.log.length, language: 'python', cluster: '', context: '', by: '', lost: '', onWidgetChange: 'cells', widgets: [], cells });
  }
}

let failures: unknown[] = [];

function opened(server: FakeServer): Session {
  const session = new Session({ open: server.open, look: () => Promise.resolve() }, (error) => failures.push(error));
  session.start();
  return session;
}

const pass = (millis = 20000) => vi.advanceTimersByTimeAsync(millis);
const type = (session: Session, cell: string, at: number, insert: string) => session.texts.edit(cell, { from: at, insert });

beforeEach(() => {
  failures = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('what is typed reaches the server, several keys at once', async () => {
  const server = new FakeServer(['a', 'x']);
  const session = opened(server);
  await pass();
  type(session, 'a', 1, '1');
  type(session, 'a', 2, '2');
  expect(session.view.unsent).toBe(true);
  await pass();
  expect(server.text('a')).toBe('x12');
  expect(server.heard.filter(({ type }) => type === 'push')).toHaveLength(1);
  expect(session.view.unsent).toBe(false);
  session.stop();
});

test('a run takes along what was typed just before', async () => {
  const server = new FakeServer(['a', '']);
  const session = opened(server);
  await pass();
  type(session, 'a', 0, 'print(1)');
  await session.run(['a']);
  const names = server.heard.map((frame) => frame.type);
  expect(names.indexOf('push')).toBeLessThan(names.indexOf('run'));
  session.stop();
});

test('without a connection typing and inserting go on, and arrive when it is back; running is refused', async () => {
  const server = new FakeServer(['a', 'x'], ['b', 'y']);
  const session = opened(server);
  await pass();
  server.up = false;
  server.cut();
  await pass(100);
  expect(session.view.link).toBe('offline');
  type(session, 'a', 1, ' typed');
  const fresh = session.insert('a', 'new');
  type(session, fresh, 3, ' cell');
  await expect(session.run(['a'])).rejects.toThrow('cannot be reached');
  server.change('a', 'bob', [[[0, 'bob '], 1]]);
  server.up = true;
  await pass();
  expect(session.view.link).toBe('open');
  expect(server.text('a')).toBe('bob x typed');
  expect(session.texts.text('a')).toBe('bob x typed');
  expect(server.order).toEqual(['a', fresh, 'b']);
  expect(server.text(fresh)).toBe('new cell');
  expect(session.view.unsent).toBe(false);
  expect(server.heard.filter(({ type }) => type === 'hello').at(-1)).toMatchObject({ since: 0, epoch: 'e' });
  session.stop();
});

test('a push whose answer was lost is not applied twice', async () => {
  const server = new FakeServer(['a', '']);
  const session = opened(server);
  await pass();
  server.mute = true;
  type(session, 'a', 0, 'once');
  await pass(1000);
  expect(server.text('a')).toBe('once');
  type(session, 'a', 4, ' more');
  server.cut();
  await pass();
  expect(server.text('a')).toBe('once more');
  expect(session.texts.text('a')).toBe('once more');
  session.stop();
});

test('what was typed into a cell that somebody deleted is in a new one', async () => {
  const server = new FakeServer(['a', 'x'], ['b', 'mine'], ['c', 'z']);
  const session = opened(server);
  await pass();
  server.up = false;
  server.cut();
  type(session, 'b', 4, ' and more');
  server.remove('b');
  server.up = true;
  await pass();
  expect(server.order).toHaveLength(3);
  expect(server.text(server.order[1] ?? '')).toBe('mine and more');
  expect(session.notebook.order).toEqual(server.order);
  expect(failures).toHaveLength(1);
  session.stop();
});

test('a snapshot over text that cannot be joined keeps that text in a cell below', async () => {
  const server = new FakeServer(['a', 'x']);
  const session = opened(server);
  await pass();
  server.up = false;
  server.cut();
  type(session, 'a', 1, ' mine');
  server.change('a', 'bob', [[[1, 'other']]]);
  // The log does not reach back: the server tells all anew.
  server.log = [];
  vi.spyOn(server.log, 'slice').mockImplementation(() => {
    server.snapshot();
    return [];
  });
  server.up = true;
  await pass();
  expect(session.texts.text('a')).toBe('other');
  expect(server.order).toHaveLength(2);
  expect(server.text(server.order[1] ?? '')).toBe('x mine');
  session.stop();
});

test('changes that do not follow what is known make the tab begin anew', async () => {
  const server = new FakeServer(['a', 'x']);
  const session = opened(server);
  await pass();
  server.change('a', 'bob', [[1, [0, '1']]]);
  server.say({ type: 'changes', n: 9, cell: 'a', version: 5, client: 'bob', by: 'bob', changes: [[7, [0, '?']]] });
  await pass();
  expect(session.texts.text('a')).toBe('x1');
  session.stop();
});

test('a tab that is told much says how far it is', async () => {
  const server = new FakeServer(['a', '']);
  const session = opened(server);
  await pass();
  for (let i = 0; i < 20; i += 1) server.add({ type: 'stream', cell: 'a', name: 'stdout', text: 'x'.repeat(100_000) });
  const acknowledged = server.heard.filter(({ type }) => type === 'ack');
  expect(acknowledged.length).toBeGreaterThanOrEqual(2);
  expect(acknowledged.at(-1)?.n).toBeGreaterThan(15);
  session.stop();
});

test('a tab that is closed does not come back', async () => {
  const server = new FakeServer(['a', '']);
  const session = opened(server);
  await pass();
  server.up = false;
  server.cut();
  session.stop();
  server.up = true;
  await pass(60000);
  expect(server.heard.filter(({ type }) => type === 'hello')).toHaveLength(1);
});

test('cells change their language as their first line is typed', async () => {
  const server = new FakeServer(['a', 'select 1']);
  const session = opened(server);
  await pass();
  expect(session.notebook.cells.get('a')?.language).toBe('python');
  type(session, 'a', 0, '%sql\n');
  expect(session.notebook.cells.get('a')?.language).toBe('sql');
  session.stop();
});

test('the cursor is told a few times a second, in a text that the server has, and taken away when it has left', async () => {
  const server = new FakeServer(['a', 'x'], ['b', 'y']);
  const session = opened(server);
  await pass();
  const told = () => server.heard.filter((frame) => frame.type === 'cursor').map(({ cell, version, head }) => [cell, version, head]);
  let head = 1;
  const [inA, inB] = [() => ({ anchor: head, head }), () => ({ anchor: 0, head: 0 })];
  for (; head < 6; head += 1) {
    type(session, 'a', head, '1');
    session.cursor.moved('a', inA);
  }
  await pass(100);
  expect(told()).toEqual([['a', 1, 6]]);
  session.cursor.left(inA);
  session.cursor.moved('b', inB);
  await pass(1000);
  expect(told().slice(1)).toEqual([['b', 0, 0]]);
  server.say({ type: 'presence', people: [{ client: session.author, user: 'ann' }] });
  await pass(1000);
  server.say({ type: 'presence', people: [{ client: session.author, user: 'ann' }, { client: 'other', user: 'bob' }] });
  await pass(1000);
  expect(told().slice(2)).toEqual([
    ['b', 0, 0],
    ['b', 0, 0],
  ]);
  session.cursor.left(inB);
  await pass(1000);
  expect(told().slice(4)).toEqual([['', undefined, undefined]]);
  session.stop();
});

test('another value of a widget takes along what was typed just before', async () => {
  const server = new FakeServer(['a', '']);
  const session = opened(server);
  await pass();
  type(session, 'a', 0, 'print(1)');
  expect(await session.widget('env', 'prod')).toBe('');
  const names = server.heard.map((frame) => frame.type);
  expect(names.indexOf('push')).toBeLessThan(names.indexOf('widget'));
  session.stop();
});
