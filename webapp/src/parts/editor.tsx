import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { r } from '@codemirror/legacy-modes/mode/r';
import { scala } from '@codemirror/legacy-modes/mode/clike';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

const MODES: Record<string, () => Extension> = {
  py: () => python(),
  sql: () => sql(),
  scala: () => StreamLanguage.define(scala),
  r: () => StreamLanguage.define(r),
  sh: () => StreamLanguage.define(shell),
  json: () => StreamLanguage.define(json),
  yaml: () => StreamLanguage.define(yaml),
  yml: () => StreamLanguage.define(yaml),
  toml: () => StreamLanguage.define(toml),
};

/** Colours come from the theme's variables, so the editor follows it without being told. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--sw-syntax-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--sw-syntax-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--sw-syntax-number)' },
  { tag: [tags.comment, tags.meta], color: 'var(--sw-dim)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName), tags.propertyName], color: 'var(--sw-syntax-name)' },
  { tag: [tags.typeName, tags.className], color: 'var(--sw-syntax-type)' },
]);

const look = EditorView.theme({
  '&': { fontSize: '12.5px', backgroundColor: 'var(--sw-bg)', color: 'var(--sw-text)' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--sw-panel)', color: 'var(--sw-dim)', border: 'none', borderRight: '1px solid var(--sw-border)' },
  '.cm-activeLine': { backgroundColor: 'var(--sw-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--sw-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--sw-selection) !important' },
  '.cm-panels': { backgroundColor: 'var(--sw-panel)', color: 'var(--sw-text)' },
  '.cm-tooltip': { backgroundColor: 'var(--sw-bg)', border: '1px solid var(--sw-border)' },
});

/** What every editor of the application has. */
export const basics: Extension = [
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  indentUnit.of('    '),
  syntaxHighlighting(colours),
  look,
];

/** The language of a file, by its extension; `py`, `sql`, `scala`, `r` name notebook languages as well. */
export function languageFor(name: string): Extension {
  return MODES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]?.() ?? [];
}

const NOTHING: Extension = [];

/** A text to begin with; another object is another beginning, even with the same text. */
export interface Text {
  text: string;
}

interface Props {
  /** Decides the language. */
  name: string;
  value: Text;
  label: string;
  change?: (text: string) => void;
  readOnly?: boolean;
  /** What this editor has besides; another one is another editor. */
  more?: Extension;
}

/**
 * A text editor. `value` is where it begins; afterwards the text is its own. Another `value` replaces the text, which can be undone.
 * Esc, then Tab, leaves it.
 */
export function CodeEditor({ name, value, label, change, readOnly = false, more = NOTHING }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const start = useRef(value);
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  useEffect(() => {
    start.current = value;
    editor.current?.dispatch({ changes: { from: 0, to: editor.current.state.doc.length, insert: value.text } });
  }, [value]);
  useEffect(() => {
    if (!box.current) return undefined;
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: start.current.text,
        extensions: [
          lineNumbers(),
          basics,
          languageFor(name),
          more,
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [name, label, readOnly, more]);
  return <div ref={box} className="code-editor" />;
}
