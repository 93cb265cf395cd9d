import { type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { withoutColours } from '../output/ansi';
import type { Session } from './session/session';

/** What could stand at the cursor, from the kernel that runs the notebook. A newer question makes an older one worthless. */
export function completionsOf(session: Session, cell: string) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w.$"'`/%]+$/);
    // While somebody types, only names that have begun are worth asking about.
    if (!context.explicit && (!word || /^\d/.test(word.text) || word.text.length < 2)) return null;
    const pos = context.pos;
    try {
      const answer = await session.ask({ type: 'complete', cell, text: context.state.doc.toString(), pos });
      if (context.aborted || answer.type !== 'completion' || answer.matches.length === 0) return null;
      const options: Completion[] = answer.matches.slice(0, 100).map((label) => ({ label }));
      return { from: Math.min(answer.from, pos), to: Math.max(answer.to, pos), options, validFor: /^[\w$]*$/ };
    } catch {
      // No connection, or no kernel: there are just no suggestions.
      return null;
    }
  };
}

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(show)) return effect.value;
    }
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

export const inspectionShown = (view: EditorView) => view.state.field(shown, false) != null;

/** Closes the tooltip again. */
export const inspecting: Extension = [shown, keymap.of([{ key: 'Escape', run: (view) => inspectionShown(view) && (view.dispatch({ effects: show.of(null) }), true) }])];

export function inspectionOf(session: Session, cell: string) {
  return (view: EditorView): boolean => {
    const pos = view.state.selection.main.head;
    const text = view.state.doc.toString();
    void (async () => {
      const answer = await session.ask({ type: 'inspect', cell, text, pos }).catch(() => undefined);
      if (view.state.doc.toString() !== text || view.state.selection.main.head !== pos) return;
      const found = answer?.type === 'inspection' && answer.found ? String(answer.data?.['text/plain'] ?? '') : '';
      view.dispatch({ effects: show.of(tooltipOf(pos, withoutColours(found) || 'Nothing is known about this name yet. Run the cell that defines it first.')) });
    })();
    return true;
  };
}

function tooltipOf(pos: number, text: string): Tooltip {
  return {
    pos,
    above: true,
    create: () => {
      const dom = document.createElement('pre');
      dom.className = 'cell-inspection';
      dom.textContent = text;
      return { dom };
    },
  };
}
