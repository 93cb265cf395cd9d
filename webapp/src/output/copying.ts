import { absent, cellText, type Column } from './table';

/** A rectangle of cells, rows and columns as they are shown; both ends belong to it. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

type Row = unknown[];

/** What spreadsheets take from the clipboard: tabs and line breaks inside a value are quoted. */
function tabbed(value: string): string {
  return /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function tsv(columns: Column[], rows: Row[], headers: boolean): string {
  const lines = rows.map((row) => row.map((value) => tabbed(cellText(value))).join('\t'));
  return [...(headers ? [columns.map(({ name }) => tabbed(name)).join('\t')] : []), ...lines].join('\n');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, for files travel to people who did not make them. */
function harmless(value: unknown): string {
  const text = cellText(value);
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}

/** RFC 4180; null is nothing, an empty text is `""`. */
export function csv(columns: Column[], rows: Row[]): string {
  const quote = (text: string) => (/[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (value: unknown) => (absent(value) ? '' : value === '' ? '""' : quote(harmless(value)));
  return [columns.map(({ name }) => quote(harmless(name))).join(','), ...rows.map((row) => row.map(cell).join(','))].join('\r\n') + '\r\n';
}

/** A list of objects, one a line. */
export function json(columns: Column[], rows: Row[]): string {
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(columns.map(({ id }, at) => [id, row[at] ?? null]))));
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** `Output of cell 3` becomes `output-of-cell-3.csv`. */
export function fileName(label: string, extension: string): string {
  const plain = label
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${plain || 'result'}.${extension}`;
}
