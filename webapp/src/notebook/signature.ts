import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip } from '@codemirror/view';
import { withoutColours } from '../output/ansi';
import type { Session } from './session/session';

/** What IPython says of a function, cut down to how it is called and what it does. */
export function signatureIn(text: string): string | undefined {
  const found = /^(?:Signature|Init signature|Call signature):\s*([^]*?)(?=\n[A-Z][\w ]*:(?:\s|$)|$(?![^]))/m.exec(text)?.[1]?.trim();
  if (!found) return undefined;
  const doc = /^Docstring:\s*\n?([^\n]+)/m.exec(text)?.[1]?.trim();
  return doc && doc !== '<no docstring>' ? `${found}\n${doc}` : found;
}

/** Whether the cursor is still within the brackets that were opened before `text`. */
export function within(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth < 0) return false;
  }
  return text.length < 2000;
}

interface Hint {
  pos: number;
  text: string;
}

const say = StateEffect.define<Hint | null>();

const hint = StateField.define<Hint | null>({
  create: () => null,
  update(old, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(say)) return effect.value;
    }
    if (!old || !(transaction.docChanged || transaction.selection)) return old;
    const pos = transaction.changes.mapPos(old.pos);
    const { head } = transaction.state.selection.main;
    return head >= pos && within(transaction.state.sliceDoc(pos, head)) ? { ...old, pos } : null;
  },
  provide: (field) =>
    showTooltip.compute([field], (state) => {
      const told = state.field(field);
      return told && { pos: told.pos, above: true, create: () => ({ dom: drawn(told.text) }) };
    }),
});

function drawn(text: string): HTMLElement {
  const dom = document.createElement('pre');
  dom.className = 'cell-inspection cell-signature';
  dom.textContent = text;
  return dom;
}

/** Shows how a function is called while its brackets are being filled; Esc closes it. */
export function signatures(session: Session, cell: string): Extension {
  async function tell(view: EditorView) {
    const pos = view.state.selection.main.head;
    const text = view.state.doc.toString();
    const answer = await session.ask({ type: 'inspect', cell, text, pos: pos - 1 }).catch(() => undefined);
    const found = answer?.type === 'inspection' && answer.found ? signatureIn(withoutColours(String(answer.data?.['text/plain'] ?? ''))) : undefined;
    const { head } = view.state.selection.main;
    // Somebody may have typed on, but not out of the brackets.
    if (found && head >= pos && view.state.sliceDoc(0, pos) === text.slice(0, pos) && within(view.state.sliceDoc(pos, head))) view.dispatch({ effects: say.of({ pos, text: found }) });
  }
  return [
    hint,
    keymap.of([{ key: 'Escape', run: (view) => view.state.field(hint) !== null && (view.dispatch({ effects: say.of(null) }), true) }]),
    EditorView.updateListener.of(({ view, transactions }) => {
      const opened = transactions.some((each) => {
        let bracket = false;
        if (each.isUserEvent('input.type')) each.changes.iterChanges((_from, _to, _start, _end, text) => (bracket ||= text.sliceString(0, 1) === '('));
        return bracket;
      });
      const { head } = view.state.selection.main;
      if (opened && /[\w\])]\($/.test(view.state.sliceDoc(Math.max(0, head - 2), head))) void tell(view);
    }),
  ];
}
