import { lexer, type Token, type Tokens } from 'marked';

export interface Heading {
  level: number;
  text: string;
  /** Of the element that shows it. */
  id: string;
}

/** Ids of what users write begin with this, so that none is an id of ours. */
export const OURS = 'user-content-';

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-');
}

/** Gives each heading of a text an id of its own: the second "Setup" is `setup-1`. */
export function namer(): (text: string) => string {
  const taken = new Map<string, number>();
  return (text) => {
    const plain = slug(text);
    const before = taken.get(plain) ?? 0;
    taken.set(plain, before + 1);
    return OURS + (before ? `${plain}-${before}` : plain);
  };
}

function words(tokens: Token[]): string {
  return tokens.map((token) => ('tokens' in token && token.tokens ? words(token.tokens) : token.type === 'html' ? '' : 'text' in token ? unescaped(String(token.text)) : '')).join('');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** The headings of a markdown text, with the ids that `Markdown` gives them: a table of contents. */
export function headings(text: string): Heading[] {
  const name = namer();
  return lexer(text)
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map((token) => {
      const plain = words(token.tokens);
      return { level: token.depth, text: plain, id: name(plain) };
    });
}
