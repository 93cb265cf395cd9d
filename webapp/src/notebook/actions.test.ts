import { beforeEach, expect, test, vi } from 'vitest';
import { CellActions } from './actions';
import { Desk } from './desk';
import type { Socket } from './session/connection';
import type { ClientFrame, WireCell } from './session/protocol';
import { Session } from './session/session';

const wire = (id: string): WireCell => ({ id, version: 0, text: id, title: '', titleShown: false, codeHidden: false, resultHidden: false });

/** A notebook of these cells whose server does to them what it is told. */
async function opened(...ids: string[]) {
  let n = 0;
  const open = (): Socket => {
    const socket: Socket = { send: (text) => hear(JSON.parse(text) as ClientFrame), close: () => {}, onmessage: null, onclose: null };
    const say = (frame: object) => socket.onmessage?.({ data: JSON.stringify(frame) });
    const hear = (frame: ClientFrame) => {
      if (frame.type === 'hello') {
        say({ type: 'snapshot', n, language: 'python', cluster: '', context: '', by: '', lost: '', onWidgetChange: 'cells', widgets: [], cells: ids.map(wire) });
      } else if (frame.type === 'op') {
        say({ ...frame, re: undefined, n: (n += 1), cell: frame.op === 'insert' ? wire(String(frame.cell)) : frame.cell });
      }
    };
    queueMicrotask(() => say({ type: 'welcome', client: 'c', user: 'ann', notebook: 1, path: '/x', epoch: 'e', runnable: true, editable: true }));
    return socket;
  };
  const session = new Session({ open, look: () => Promise.resolve() }, (error) => expect.fail(String(error)));
  session.start();
  await Promise.resolve();
  const actions = new CellActions(session, new Desk(), (error) => expect.fail(String(error)));
  const cellOf = (id: string) => session.notebook.cells.get(id);
  return { actions, session, cellOf, order: () => session.notebook.order.join(''), remove: (id: string) => session.op('delete', { cell: id }) };
}

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('navigator', {});
});

test('moving cells can be taken back and done again', async () => {
  const { actions, order } = await opened('a', 'b', 'c', 'd', 'e');
  actions.move(1, ['b', 'c']);
  expect(order()).toBe('adbce');
  actions.move(1, ['b', 'c']);
  expect(order()).toBe('adebc');
  actions.move(1, ['b', 'c']);
  expect(order()).toBe('adebc');
  actions.undo();
  expect(order()).toBe('adbce');
  actions.undo();
  expect(order()).toBe('abcde');
  actions.redo();
  expect(order()).toBe('adbce');
  actions.move(-1, ['a']);
  actions.move(-1, ['b', 'c']);
  expect(order()).toBe('abcde');
  actions.undo();
  expect(order()).toBe('adbce');
});

test('taken back after the cell above has gone, a moved cell stands below the next one above', async () => {
  const { actions, order, remove } = await opened('a', 'b', 'c', 'd');
  actions.move(1, ['c']);
  remove('b');
  actions.undo();
  expect(order()).toBe('acd');
  remove('c');
  actions.redo();
  expect(order()).toBe('ad');
});

test('a deleted cell comes back with what stood below it, and so does one that is cut and pasted', async () => {
  const { actions, session, cellOf } = await opened('a', 'b');
  const outputs = [{ type: 'stream' as const, name: 'stdout' as const, text: 'seen' }];
  const back = session.insert('b', 'print(1)', 'c', outputs);
  expect(cellOf(back)?.outputs).toEqual(outputs);
  actions.remove(['c']);
  expect(cellOf('c')).toBeUndefined();
  actions.undo();
  const again = session.notebook.order.at(-1) ?? '';
  expect(cellOf(again)?.outputs).toEqual(outputs);
  actions.cut();
  expect(session.notebook.order).not.toContain(again);
  actions.paste();
  expect(session.notebook.order.map((id) => cellOf(id)?.outputs.length)).toContain(1);
});
