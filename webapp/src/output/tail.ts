/** More lines, or more characters, are not drawn: a browser would stand still over them. */
export const LINES = 2000;
export const CHARACTERS = 200_000;

/** The end of a text that can be shown, and whether something is missing before it. */
export function tail(text: string, lines = LINES, characters = CHARACTERS): { text: string; cut: boolean } {
  // A line break at the very end begins no line.
  let from = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let seen = 0; seen < lines && from >= 0; seen += 1) from = from === 0 ? -1 : text.lastIndexOf('\n', from - 1);
  let start = from + 1;
  if (text.length - start > characters) {
    start = text.length - characters;
    const line = text.indexOf('\n', start);
    // Begin with a whole line, unless that would leave nothing.
    if (line >= 0 && line < text.length - 1 && line - start < 2000) start = line + 1;
  }
  return { text: text.slice(start), cut: start > 0 };
}
