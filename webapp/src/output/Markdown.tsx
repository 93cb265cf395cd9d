import { marked } from 'marked';
import { lazy, Suspense, useMemo } from 'react';
import { markdownPage } from './markdownPage';
import './markdown.css';

const FormulaMarkdown = lazy(() => import('./formula/FormulaMarkdown').then((loaded) => ({ default: loaded.FormulaMarkdown })));

/** Markdown as GitHub has it, with formulas as Databricks has them. Raw HTML is kept as far as it only looks. */
export function Markdown({ text }: { text: string }) {
  if (!/\$[^]*\$|\\\\[([]/.test(text)) return <Plain text={text} />;
  return (
    <Suspense fallback={<Plain text={text} />}>
      <FormulaMarkdown text={text} />
    </Suspense>
  );
}

function Plain({ text }: { text: string }) {
  const safe = useMemo(() => markdownPage(marked.parse(text, { async: false, gfm: true })).innerHTML, [text]);
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: safe }} />;
}
