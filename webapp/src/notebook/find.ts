import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

export interface Query {
  text: string;
  matchCase: boolean;
  regexp: boolean;
}

export interface Match {
  cell: string;
  from: number;
  to: number;
}

const MOST = 5000;

/** The pattern of a query; throws what is wrong with a regular expression. */
export function patternOf({ text, matchCase, regexp }: Query): RegExp {
  return new RegExp(regexp ? text : text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), matchCase ? 'gmu' : 'gimu');
}

export function matchesIn(cell: string, text: string, pattern: RegExp): Match[] {
  const matches: Match[] = [];
  for (const found of text.matchAll(pattern)) {
    if (found[0] !== '') matches.push({ cell, from: found.index, to: found.index + found[0].length });
    if (matches.length >= MOST) break;
  }
  return matches;
}

/** What stands in place of a match; `$1` and its kind work in regular expressions only. */
export function replacementOf(text: string, match: Match, query: Query, by: string): string {
  if (!query.regexp) return by;
  const pattern = patternOf(query);
  pattern.lastIndex = match.from;
  const found = pattern.exec(text);
  if (!found) return by;
  return by.replaceAll(/\$(\d|&)/g, (_, group: string) => (group === '&' ? found[0] : (found[Number(group)] ?? '')));
}

const mark = StateEffect.define<{ from: number; to: number; current: boolean }[]>();
const found = Decoration.mark({ class: 'cm-found' });
const current = Decoration.mark({ class: 'cm-found cm-found-current' });

/** Marks what was found in an editor. */
export const foundMarks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(mark)) return Decoration.set(effect.value.map((each) => (each.current ? current : found).range(each.from, each.to)));
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function editorOf(cell: string): EditorView | null {
  const editor = document.querySelector<HTMLElement>(`#cell-${CSS.escape(cell)} .cm-editor`);
  return editor && EditorView.findFromDOM(editor);
}

export function markAll(cells: readonly string[], matches: readonly Match[], now: Match | undefined): void {
  for (const cell of cells) {
    const view = editorOf(cell);
    const here = matches.filter((each) => each.cell === cell && each.to <= (view?.state.doc.length ?? 0));
    view?.dispatch({ effects: mark.of(here.map((each) => ({ ...each, current: each === now }))) });
  }
}
