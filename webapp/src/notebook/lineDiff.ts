/** A line that is in both texts, only in the old one, or only in the new one. */
export interface DiffLine {
  kind: 'same' | 'old' | 'new';
  text: string;
}

/** Beyond so many compared pairs what differs is told as one block. */
const MOST = 4_000_000;

/** The difference of two texts by lines, with the most lines kept. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));
  return [...same(a.slice(0, start)), ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)), ...same(end ? a.slice(-end) : [])];
}

function middle(a: string[], b: string[]): DiffLine[] {
  const old = (text: string): DiffLine => ({ kind: 'old', text });
  const fresh = (text: string): DiffLine => ({ kind: 'new', text });
  if (a.length * b.length > MOST) return [...a.map(old), ...b.map(fresh)];
  // kept[i][j]: how many lines can be kept of a from i on and b from j on.
  const width = b.length + 1;
  const kept = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => kept[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) kept[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      lines.push({ kind: 'same', text: x });
      i += 1;
      j += 1;
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(old(x));
      i += 1;
    } else {
      lines.push(fresh(y ?? ''));
      j += 1;
    }
  }
  return lines;
}

export interface CellText {
  id: string;
  text: string;
}

export interface CellDiff {
  id: string;
  kind: 'same' | 'changed' | 'old' | 'new';
  lines: DiffLine[];
}

/** The difference of two notebooks, cell by cell; cells that are gone stand where they stood. */
export function cellDiff(before: readonly CellText[], after: readonly CellText[]): CellDiff[] {
  const old = new Map(before.map((cell) => [cell.id, cell]));
  const fresh = new Set(after.map((cell) => cell.id));
  const whole = (kind: 'old' | 'new', { id, text }: CellText): CellDiff => ({ id, kind, lines: text.split('\n').map((line) => ({ kind, text: line })) });
  const diffs: CellDiff[] = [];
  let next = 0;
  const skipGone = () => {
    for (let cell = before[next]; cell && !fresh.has(cell.id); cell = before[next]) {
      diffs.push(whole('old', cell));
      next += 1;
    }
  };
  for (const cell of after) {
    skipGone();
    const was = old.get(cell.id);
    if (!was) {
      diffs.push(whole('new', cell));
      continue;
    }
    diffs.push({ id: cell.id, kind: was.text === cell.text ? 'same' : 'changed', lines: lineDiff(was.text, cell.text) });
    const place = before.indexOf(was);
    if (place === next) next += 1;
  }
  for (const cell of before.slice(next)) {
    if (!fresh.has(cell.id)) diffs.push(whole('old', cell));
  }
  // A cell that was moved may have hidden gone ones behind it.
  return diffs.filter((diff, index) => diffs.findIndex((each) => each.id === diff.id) === index);
}
