import type { Dispatch } from 'react';
import { editorOf } from './find';
import type { Command } from './keys';
import type { Room } from './room';

/** What each command of the keymap does. */
export function commandsOf({ session, desk, actions }: Room, tell: Dispatch<string>, fail: Dispatch<unknown>): (command: Command) => void {
  const save = async () => {
    await session.texts.settled(session.notebook.order);
    const answer = await session.ask({ type: 'save', comment: '' });
    const made = answer.type === 'done' && answer.revision;
    tell(made ? `Saved as revision ${made}.` : 'Nothing has changed since the last revision.');
  };
  const cell = () => desk.view.active;
  const table: Partial<Record<Command, () => void>> = {
    runAndGoOn: () => actions.runAndGoOn(),
    run: () => actions.runChosen(),
    runAndInsert: () => actions.runAndInsert(),
    edit: () => actions.edit(),
    leave: () => actions.leave(),
    insertAbove: () => actions.insert('above', '', cell(), false),
    insertBelow: () => actions.insert('below', '', cell(), false),
    delete: () => actions.remove(),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    cut: () => actions.cut(),
    copy: () => actions.copy(),
    paste: () => actions.paste(),
    code: () => actions.kind('code'),
    markdown: () => actions.kind('markdown'),
    next: () => actions.go(1),
    previous: () => actions.go(-1),
    extendDown: () => actions.extend(1),
    extendUp: () => actions.extend(-1),
    merge: () => actions.merge(),
    moveUp: () => actions.move(-1),
    moveDown: () => actions.move(1),
    lineNumbers: () => desk.set({ lineNumbers: !desk.view.lineNumbers }),
    split: () => actions.split(editorOf(cell())?.state.selection.main.head ?? 0),
    find: () => desk.set({ find: 'find' }),
    replace: () => desk.set({ find: 'replace' }),
    save: () => void save().catch(fail),
    commands: () => desk.set({ dialog: 'commands' }),
    help: () => desk.set({ dialog: 'help' }),
    interrupt: () => actions.interrupt(),
    toggleCode: () => actions.collapse(cell(), 'code'),
    toggleResult: () => actions.collapse(cell(), 'result'),
    runAll: () => actions.runAll(),
    clearAll: () => actions.clear([]),
    contents: () => desk.set({ contents: !desk.view.contents }),
    revisions: () => desk.set({ drawer: desk.view.drawer ? '' : 'revisions' }),
  };
  return (command) => {
    const heading = /^heading(\d)$/.exec(command);
    if (heading) actions.heading(Number(heading[1]));
    else table[command]?.();
  };
}
