import type { Attachments } from '../output/attachments';
import { Markdown } from '../output/Markdown';
import { codeOf } from './session/magic';

/** What a text cell says, without its magic. */
export function MarkdownText({ text, attachments, empty }: { text: string; attachments?: Attachments; empty?: string }) {
  const body = codeOf(text);
  if (body.trim() === '') return empty ? <p className="dim">{empty}</p> : null;
  return <Markdown text={body} attachments={attachments} />;
}
