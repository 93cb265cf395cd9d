import { Marked, type TokenizerAndRendererExtension } from 'marked';
import { useMemo } from 'react';
import type { Attachments } from '../attachments';
import { markdownPage } from '../markdownPage';
import { draw } from './drawn';
import { inMarkdown, pieces, type Formula } from './tex';

/** What a place for a formula is called until it is filled. */
const PLACE = 'formula-';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Stars and underscores in formulas emphasize nothing. */
const masked = (text: string) =>
  pieces(text, inMarkdown)
    .map((piece) => (typeof piece === 'string' ? piece : 'a'.repeat(piece.source.length)))
    .join('');

function html(text: string, attachments?: Attachments): string {
  const formulas: Formula[] = [];
  const extension = (name: string, level: 'block' | 'inline'): TokenizerAndRendererExtension => ({
    name,
    level,
    start: (source) => {
      const at = source.search(level === 'block' ? /^ {0,3}(?:\$\$|\\\\\[)/m : /\$|\\\\[([]/);
      return at < 0 ? undefined : at;
    },
    tokenizer: (source) => {
      const indent = level === 'block' ? (/^ {0,3}/.exec(source)?.[0].length ?? 0) : 0;
      const formula = inMarkdown(source.slice(indent));
      if (!formula) return undefined;
      const after = level === 'block' ? /^[ \t]*(?:\n+|$)/.exec(source.slice(indent + formula.source.length)) : [''];
      if (!after || (level === 'block' && !formula.display)) return undefined;
      return { type: name, raw: source.slice(0, indent + formula.source.length + (after[0]?.length ?? 0)), formula };
    },
    renderer: (token) => {
      const formula = token.formula as Formula;
      const place = `<span id="${PLACE}${formulas.push(formula) - 1}">${escaped(formula.source)}</span>`;
      return level === 'block' ? `<p>${place}</p>\n` : place;
    },
  });
  const marked = new Marked({ gfm: true, extensions: [extension('formulaBlock', 'block'), extension('formula', 'inline')], hooks: { emStrongMask: masked } });
  const page = markdownPage(marked.parse(text, { async: false }), attachments);
  formulas.forEach((formula, at) => {
    const place = page.querySelector<HTMLElement>(`#user-content-${PLACE}${at}`);
    place?.removeAttribute('id');
    if (place) draw(formula, place);
  });
  return page.innerHTML;
}

/** Markdown with formulas in it. */
export function FormulaMarkdown({ text, attachments }: { text: string; attachments?: Attachments }) {
  const safe = useMemo(() => html(text, attachments), [text, attachments]);
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: safe }} />;
}
