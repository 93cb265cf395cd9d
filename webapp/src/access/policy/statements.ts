import { member, readJson } from './json';

/** Where in a document something stands, as IAM tells it: from 1, the end behind the last character. */
export interface Position {
  line: number;
  column: number;
}

export interface Range {
  from: number;
  to: number;
}

/** The statements of a document, in their order. */
export function statements(text: string): Range[] {
  const read = readJson(text);
  if ('fault' in read) return [];
  const found = member(read.value, 'Statement')?.value;
  if (!found) return [];
  return (found.kind === 'array' ? found.items : [found]).map(({ from, to }) => ({ from, to }));
}

export function offsetOf(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** A document with places in it, as people read it: one that was written in one line is drawn apart, and the places move along. */
export function readable(text: string, marked: Range[]): { text: string; marked: Range[] } {
  if (text.trim().includes('\n')) return { text, marked };
  try {
    const pretty = JSON.stringify(JSON.parse(text), null, 4);
    const [before, after] = [statements(text), statements(pretty)];
    const moved = marked.map(({ from, to }) => after[before.findIndex((each) => each.from <= from && to <= each.to)]);
    return { text: pretty, marked: moved.filter((each) => each !== undefined) };
  } catch {
    return { text, marked };
  }
}
