/** A stretch of text with one look. Colours 0 to 15 are the terminal's own, which the theme decides; others are CSS. */
export interface Span {
  text: string;
  colour?: number | string;
  background?: number | string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
}

type Look = Omit<Span, 'text'>;

/** Colours of the 256-colour palette beyond the first sixteen. */
function indexed(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey},${grey},${grey})`;
  }
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`;
}

/** `38;5;n` or `38;2;r;g;b`: the colour, and how many codes it took. */
function extended(codes: number[], from: number): [number | string | undefined, number] {
  if (codes[from] === 5) return [indexed(Math.min(255, codes[from + 1] ?? 0)), 2];
  if (codes[from] === 2) return [`rgb(${[1, 2, 3].map((part) => Math.min(255, codes[from + part] ?? 0)).join(',')})`, 4];
  return [undefined, 0];
}

function changed(look: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = { ...look };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = next.dim = undefined;
    else if (code === 23) next.italic = undefined;
    else if (code === 24) next.underline = undefined;
    else if (code >= 30 && code <= 37) next.colour = code - 30;
    else if (code >= 90 && code <= 97) next.colour = code - 82;
    else if (code === 39) next.colour = undefined;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code >= 100 && code <= 107) next.background = code - 92;
    else if (code === 49) next.background = undefined;
    else if (code === 38 || code === 48) {
      const [colour, taken] = extended(codes, at + 1);
      next[code === 38 ? 'colour' : 'background'] = colour;
      at += taken;
    }
  }
  return next;
}

/** Colours (`ESC [ … m`), other control sequences, and titles and links (`ESC ] … BEL`). */
const ESCAPE = /\u001b(?:\[([0-9;:?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** A text with terminal colours as stretches of one look; whatever else it tells a terminal is dropped. */
export function spans(text: string): Span[] {
  if (!text.includes('\u001b')) return text ? [{ text }] : [];
  const found: Span[] = [];
  let look: Look = {};
  let from = 0;
  for (const escape of text.matchAll(ESCAPE)) {
    if (escape.index > from) found.push({ text: text.slice(from, escape.index), ...look });
    if (escape[2] === 'm') look = changed(look, escape[1] ?? '');
    from = escape.index + escape[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), ...look });
  return found;
}

/** What a carriage return leaves of each line: the last writing of a progress bar, not all of them. */
export function settled(text: string): string {
  if (!text.includes('\r')) return text;
  return text.replaceAll('\r\n', '\n').replaceAll(/[^\n]*\r(?!$)/g, '');
}

export const withoutColours = (text: string) => text.replaceAll(ESCAPE, '');
