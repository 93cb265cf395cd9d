import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { EditorState, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, hoverTooltip, ViewPlugin, type DecorationSet } from '@codemirror/view';
import { checks, type Problem } from './checks';
import { offers } from './completion';
import type { PolicyKind } from './grammar';

function marked(problems: Problem[], length: number): DecorationSet {
  const marks = problems.flatMap(({ from, to, severity }) => {
    // What has no width is shown at the character before.
    const [start, end] = from < to ? [from, to] : [Math.max(0, from - 1), from];
    return start < end && end <= length ? [Decoration.mark({ class: `cm-${severity}` }).range(start, end)] : [];
  });
  return Decoration.set(marks, true);
}

function complete(context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const all = offers(text, context.pos);
  const [first] = all;
  if (!first || (!context.explicit && first.from === context.pos && !first.quoted)) return null;
  const closed = text[context.pos] === '"';
  const apply = (word: string) => (first.quoted ? word : `"${word}"`) + (first.quoted && !closed ? '"' : '') + (first.role === 'key' && !first.quoted ? ': ' : '');
  return {
    from: first.from,
    options: all.map(({ word, role }) => ({ label: word, type: role === 'key' ? 'property' : 'text', apply: word.endsWith(':') || word.endsWith('/') ? word : apply(word) })),
    validFor: /^[\w:*./-]*$/,
  };
}

const look = EditorView.theme({
  '.cm-error': { textDecoration: 'underline wavy var(--sw-failed)', textUnderlineOffset: '3px' },
  '.cm-warning': { textDecoration: 'underline wavy var(--sw-warn)', textUnderlineOffset: '3px' },
  '.cm-tooltip.cm-problem': { padding: '4px 8px', maxWidth: '420px', fontSize: '12px' },
});

/** An editor of policies of a kind: what is wrong is marked while one types, what may stand at a place is offered. */
export function policyExtension(kind: PolicyKind, opened: (view: EditorView | undefined) => void): Extension {
  const problems = StateField.define<Problem[]>({
    create: (state) => checks(state.doc.toString(), kind),
    update: (old, { docChanged, state }) => (docChanged ? checks(state.doc.toString(), kind) : old),
    provide: (field) => EditorView.decorations.from(field, (all) => (view) => marked(all, view.state.doc.length)),
  });
  return [
    problems,
    hoverTooltip((view, at) => {
      const found = view.state.field(problems).filter(({ from, to }) => from <= at && at <= Math.max(to, from));
      if (found.length === 0) return null;
      const create = () => {
        const dom = document.createElement('div');
        dom.className = 'cm-problem';
        dom.textContent = found.map(({ text }) => text).join('\n');
        return { dom };
      };
      return { pos: at, above: true, create };
    }),
    EditorState.languageData.of(() => [{ autocomplete: complete }]),
    ViewPlugin.define((view) => {
      opened(view);
      return { destroy: () => opened(undefined) };
    }),
    look,
  ];
}
