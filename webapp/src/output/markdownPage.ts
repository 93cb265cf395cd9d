import DOMPurify from 'dompurify';
import { namer, OURS } from './headings';

/** Nothing that runs, asks for input, or could be laid over our own page. */
const ALLOWED = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'button', 'select', 'textarea', 'dialog'],
  FORBID_ATTR: ['style', 'class'],
  ALLOW_DATA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true as const,
};

/** The page of a Markdown text that was made HTML, with nothing left in it that could do harm. */
export function markdownPage(html: string): HTMLElement {
  const page = document.createElement('div');
  page.append(DOMPurify.sanitize(html, ALLOWED));
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
  return page;
}
