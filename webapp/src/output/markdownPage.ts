import DOMPurify from 'dompurify';
import { namer, OURS } from './headings';
import { attached, type Attachments } from './attachments';
import { whyUnseen } from './unseen';

/** Nothing that runs, asks for input, or could be laid over our own page. */
const ALLOWED = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'button', 'select', 'textarea', 'dialog'],
  FORBID_ATTR: ['style', 'class'],
  ALLOW_DATA_ATTR: false,
  // What is usual, and pictures that came with the text.
  ALLOWED_URI_REGEXP: /^(?:(?:(?:f|ht)tps?|mailto|tel|callto|sms|cid|xmpp|matrix|attachment):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true as const,
};

/** In place of a picture that is not shown: pages load nothing from elsewhere, for that would tell who reads them. */
function unseen(address: string, alt: string): HTMLElement | undefined {
  const why = whyUnseen(address, location.origin);
  if (!why) return undefined;
  const note = document.createElement('span');
  note.className = 'markdown-unseen';
  note.append(alt ? `${alt}: ${why}` : why);
  if (/^https?:/i.test(address)) {
    const link = document.createElement('a');
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = 'open it';
    note.append(' ', link);
  }
  return note;
}

/** The page of a Markdown text that was made HTML, with nothing left in it that could do harm. */
export function markdownPage(html: string, attachments?: Attachments): HTMLElement {
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
  for (const picture of page.querySelectorAll('img')) {
    const address = picture.getAttribute('src') ?? '';
    const content = attached(address, attachments);
    if (content) picture.src = content;
    const instead = content ? undefined : unseen(address, picture.alt);
    if (instead) picture.replaceWith(instead);
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
