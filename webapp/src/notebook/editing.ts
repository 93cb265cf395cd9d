import { acceptCompletion, autocompletion, closeBracketsKeymap, completionKeymap, completionStatus, startCompletion, type CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentLess, indentMore, insertTab } from '@codemirror/commands';
import { searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Transaction, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder, tooltips, ViewPlugin, type Command, type KeyBinding } from '@codemirror/view';
import { basics, languageFor } from '../parts/editor';
import { foundMarks } from './find';
import type { Session } from './session/session';

/** The change is in the shared text already. */
const shared = Annotation.define<boolean>();

const FILES: Record<string, string> = { python: 'py', sql: 'sql', scala: 'scala', r: 'r', sh: 'sh' };

const language = new Compartment();
const access = new Compartment();
const numbers = new Compartment();

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent' },
  '.cm-content': { padding: '6px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-gutters': { backgroundColor: 'transparent', borderRight: 'none', paddingLeft: '4px' },
  '&:not(.cm-focused) .cm-activeLine, &:not(.cm-focused) .cm-activeLineGutter': { backgroundColor: 'transparent' },
});

export interface Settings {
  language: string;
  editable: boolean;
  lineNumbers: boolean;
  label: string;
}

/** Lines that are too long are reached by Tab and the arrow keys, also without going into the text. */
const reachable = ViewPlugin.define((view) => ({
  update: ({ geometryChanged }) => {
    if (!geometryChanged) return;
    view.requestMeasure({
      read: ({ scrollDOM }) => scrollDOM.scrollWidth > scrollDOM.clientWidth,
      write: (wide, { scrollDOM }) => (wide ? scrollDOM.setAttribute('tabindex', '0') : scrollDOM.removeAttribute('tabindex')),
    });
  },
}));

const extensions = {
  language: (name: string): Extension => [languageFor(`cell.${FILES[name] ?? 'txt'}`), name === 'md' ? EditorView.lineWrapping : []],
  access: ({ editable, label }: Settings): Extension => [
    EditorState.readOnly.of(!editable),
    // Tab goes past the text; Enter goes in.
    reachable,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '-1' }),
    placeholder(editable ? 'Enter code, or %sql, %scala, %md ...' : ''),
  ],
  numbers: (shown: boolean): Extension => (shown ? lineNumbers() : []),
};

export interface Answers {
  complete: CompletionSource;
  /** Shows what is known of the word at the cursor. */
  inspect: Command;
  inspecting: Extension;
  signatures: Extension;
  /** The cursor wants to go beyond the first or the last line. */
  beyond: (by: number) => boolean;
}

const blankBefore = ({ state }: EditorView) => {
  const { from } = state.selection.main;
  return /^\s*$/.test(state.sliceDoc(state.doc.lineAt(from).from, from));
};

const tab: Command = (view) => {
  if (acceptCompletion(view)) return true;
  if (!view.state.selection.main.empty) return indentMore(view);
  if (blankBefore(view)) return insertSpaces(view);
  return startCompletion(view);
};

const insertSpaces: Command = (view) => {
  const { state } = view;
  const { from } = state.selection.main;
  const column = from - state.doc.lineAt(from).from;
  if (state.readOnly) return insertTab(view);
  view.dispatch(state.replaceSelection(' '.repeat(4 - (column % 4))), { userEvent: 'input' });
  return true;
};

function bindings({ inspect, beyond }: Answers): KeyBinding[] {
  return [
    { key: 'Tab', run: tab },
    { key: 'Shift-Tab', run: (view) => (blankBefore(view) || !view.state.selection.main.empty ? indentLess(view) : inspect(view)) },
    { key: 'ArrowDown', run: (view) => atEdge(view, true) && beyond(1) },
    { key: 'ArrowUp', run: (view) => atEdge(view, false) && beyond(-1) },
  ];
}

function atEdge({ state }: EditorView, end: boolean): boolean {
  const { main } = state.selection;
  return completionStatus(state) === null && main.empty && state.doc.lineAt(main.head).number === (end ? state.doc.lines : 1);
}

/** An editor of one cell's text, which others may be writing too. */
export function openEditor(parent: HTMLElement, session: Session, cell: string, settings: Settings, answers: Answers): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: session.texts.lines(cell),
      extensions: [
        numbers.of(extensions.numbers(settings.lineNumbers)),
        look,
        basics,
        language.of(extensions.language(settings.language)),
        access.of(extensions.access(settings)),
        autocompletion({ override: [answers.complete], activateOnTypingDelay: 120, interactionDelay: 30, maxRenderedOptions: 100, icons: false }),
        answers.inspecting,
        answers.signatures,
        foundMarks,
        // Cells that are out of sight are not painted, and would cut what hangs out of them.
        tooltips({ parent: document.body, position: 'fixed' }),
        keymap.of([...bindings(answers), ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap]),
        together(session, cell),
        guests(session, cell),
        ownCursor(session, cell),
      ],
    }),
  });
}

/** The carets of others. Most people work alone: what draws them comes with the first. */
const guests = ({ carets }: Session, cell: string): Extension =>
  ViewPlugin.define((view) => {
    let gone = false;
    const show = async () => {
      // Without a connection there is nobody to be seen either.
      const drawing = await import('./guests').catch(() => undefined);
      if (!gone) drawing?.showGuests(view, () => carets.of(cell));
    };
    const stop = carets.listen(cell, () => void show());
    if (carets.of(cell).length > 0) void show();
    return {
      destroy: () => {
        gone = true;
        stop();
      },
    };
  });

/** Tells the others where this reader is. */
const ownCursor = ({ cursor }: Session, cell: string): Extension =>
  ViewPlugin.define((view) => {
    const where = () => {
      const { anchor, head } = view.state.selection.main;
      return { anchor, head };
    };
    return {
      update: ({ selectionSet, docChanged, focusChanged }) => {
        if ((selectionSet || docChanged || focusChanged) && view.hasFocus) cursor.moved(cell, where);
        // Somebody who looks at another window is still here.
        else if (focusChanged && view.root.activeElement !== view.contentDOM) cursor.left(where);
      },
      destroy: () => cursor.left(where),
    };
  });

/** Joins the editor to the shared text, both ways. */
function together({ texts }: Session, cell: string): Extension {
  return [
    ViewPlugin.define((view) => ({
      destroy: texts.listen(cell, ({ changes, by, mine }) => {
        // What others type is not ours to undo.
        if (by !== view) view.dispatch({ changes, annotations: [shared.of(true), Transaction.addToHistory.of(mine)] });
      }),
    })),
    EditorView.updateListener.of(({ view, transactions }) => {
      for (const each of transactions) {
        if (each.docChanged && !each.annotation(shared)) texts.edit(cell, each.changes, view);
      }
    }),
  ];
}

export function setUp(view: EditorView, settings: Settings): void {
  view.dispatch({
    effects: [
      language.reconfigure(extensions.language(settings.language)),
      access.reconfigure(extensions.access(settings)),
      numbers.reconfigure(extensions.numbers(settings.lineNumbers)),
    ],
  });
}
