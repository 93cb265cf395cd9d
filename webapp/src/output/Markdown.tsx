import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { useMemo } from 'react';
import { namer, OURS } from './headings';
import './markdown.css';

/** Nothing that runs, asks for input, or could be laid over our own page. */
const ALLOWED = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'button', 'select', 'textarea', 'dialog'],
  FORBID_ATTR: ['style', 'class'],
  ALLOW_DATA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true as const,
};

function html(text: string): string {
  const page = document.createElement('div');
  page.append(DOMPurify.sanitize(marked.parse(text, { async: false, gfm: true }), ALLOWED));
  const name = namer();
  for (const heading of page.querySelectorAll(':scope > :is(h1, h2, h3, h4, h5, h6)')) {
    heading.id = name(heading.textContent);
  }
  for (const link of page.querySelectorAll('a[href]')) {
    const address = link.getAttribute('href') ?? '';
    if (address.startsWith('#')) {
      link.setAttribute('href', `#${OURS}${address.slice(1).replace(OURS, '')}`);
    } else {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer');
    }
  }
  for (const box of page.querySelectorAll('input')) {
    if (box.type !== 'checkbox') box.remove();
    box.disabled = true;
    box.ariaLabel = box.parentElement?.textContent.trim() || 'Task';
  }
  for (const picture of page.querySelectorAll('img:not([alt])')) picture.setAttribute('alt', '');
  for (const table of page.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.className = 'markdown-table';
    table.replaceWith(frame);
    frame.append(table);
  }
  return page.innerHTML;
}

/** Markdown as GitHub has it. Raw HTML is kept as far as it only looks. */
export function Markdown({ text }: { text: string }) {
  const safe = useMemo(() => html(text), [text]);
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: safe }} />;
}
