import { marked } from 'marked';
import { lazy, Suspense, useMemo } from 'react';
import type { Attachments } from './attachments';
import { markdownPage } from './markdownPage';
import './markdown.css';

const FormulaMarkdown = lazy(() => import('./formula/FormulaMarkdown').then((loaded) => ({ default: loaded.FormulaMarkdown })));

/** Markdown as GitHub has it, with formulas as Databricks has them. Raw HTML is kept as far as it only looks. */
export function Markdown({ text, attachments }: { text: string; attachments?: Attachments }) {
  if (!/\$[^]*\$|\\\\[([]/.test(text)) return <Plain text={text} attachments={attachments} />;
  return (
    <Suspense fallback={<Plain text={text} attachments={attachments} />}>
      <FormulaMarkdown text={text} attachments={attachments} />
    </Suspense>
  );
}

function Plain({ text, attachments }: { text: string; attachments?: Attachments }) {
  const safe = useMemo(() => markdownPage(marked.parse(text, { async: false, gfm: true }), attachments).innerHTML, [text, attachments]);
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: safe }} />;
}
