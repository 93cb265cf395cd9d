import { pythonLanguage } from '@codemirror/lang-python';
import { StandardSQL } from '@codemirror/lang-sql';
import { StreamLanguage, type Language } from '@codemirror/language';
import { scala } from '@codemirror/legacy-modes/mode/clike';
import { r } from '@codemirror/legacy-modes/mode/r';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { Fragment, useMemo, type ReactNode } from 'react';
import './code.css';

const LANGUAGES: Record<string, () => Language> = {
  python: () => pythonLanguage,
  sql: () => StandardSQL.language,
  scala: () => StreamLanguage.define(scala),
  r: () => StreamLanguage.define(r),
  sh: () => StreamLanguage.define(shell),
};

const COLOURS = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: 'code-keyword' },
  { tag: [tags.string, tags.special(tags.string)], class: 'code-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'code-number' },
  { tag: [tags.comment, tags.meta], class: 'code-comment' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName), tags.propertyName], class: 'code-name' },
  { tag: [tags.typeName, tags.className], class: 'code-type' },
]);

/** Longer texts are shown without colours. */
const MOST = 100_000;

function coloured(text: string, language: string): ReactNode {
  const of = text.length <= MOST ? LANGUAGES[language]?.() : undefined;
  if (!of) return text;
  const pieces: ReactNode[] = [];
  highlightCode(
    text,
    of.parser.parse(text),
    COLOURS,
    (piece, classes) =>
      pieces.push(
        classes ? (
          <span key={pieces.length} className={classes}>
            {piece}
          </span>
        ) : (
          <Fragment key={pieces.length}>{piece}</Fragment>
        ),
      ),
    () => pieces.push('\n'),
  );
  return pieces;
}

/** A piece of code to be read, in the colours of the editor. */
export function Code({ text, language, label }: { text: string; language: string; label: string }) {
  const shown = useMemo(() => coloured(text, language), [text, language]);
  return (
    <pre className="code-read" tabIndex={0} aria-label={label}>
      {shown}
    </pre>
  );
}
