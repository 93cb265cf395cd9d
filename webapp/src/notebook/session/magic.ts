/** What a cell can be written in: the word of its magic, and how people call it. */
export const LANGUAGES: Record<string, string> = {
  python: 'Python',
  sql: 'SQL',
  scala: 'Scala',
  r: 'R',
  md: 'Markdown',
  sh: 'Shell',
  fs: 'Files',
  run: 'Run',
  pip: 'Pip',
};

/** Languages that a whole notebook can have. */
export const NOTEBOOK_LANGUAGES = ['python', 'sql', 'scala', 'r'];

const ALIASES: Record<string, string> = { py: 'python', 'md-sandbox': 'md' };
const MAGIC = /^%([a-z][a-z-]*)(?=\s|$)/;

/** The language that a text names itself; `%timeit` and its kind belong to the kernel and name none. */
export function magicOf(text: string): string | undefined {
  const word = MAGIC.exec(text)?.[1] ?? '';
  const language = ALIASES[word] ?? word;
  return language in LANGUAGES ? language : undefined;
}

export const languageOf = (text: string, notebook: string) => magicOf(text) ?? notebook;

export type Kind = 'code' | 'markdown';

export const kindOf = (language: string): Kind => (language === 'md' ? 'markdown' : 'code');

/** The text without the magic. */
export function codeOf(text: string): string {
  if (!magicOf(text)) return text;
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).replace(MAGIC, '').trim();
  const rest = end < 0 ? '' : text.slice(end + 1);
  if (!first) return rest;
  return end < 0 ? first : `${first}\n${rest}`;
}

/** How many characters of the text are the magic's own line. */
export function magicLength(text: string): number {
  return text.length - codeOf(text).length;
}

/** Nothing to run: only blanks, or text for the reader. */
export const silent = (text: string, notebook: string) => languageOf(text, notebook) === 'md' || codeOf(text).trim() === '';
