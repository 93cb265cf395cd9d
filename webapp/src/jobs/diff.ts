export interface Line {
  kind: 'same' | 'old' | 'new';
  text: string;
}

/** Beyond so many lines that differ, finding what they have in common takes too long for a page. */
const MOST = 1500;

/** The lines of two texts beside each other, as few changed ones as possible; undefined if that is too much work. */
export function diff(old: string, fresh: string): Line[] | undefined {
  const a = old === '' ? [] : old.split('\n');
  const b = fresh === '' ? [] : fresh.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = changes(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const same = (text: string): Line => ({ kind: 'same', text });
  return middle && [...a.slice(0, head).map(same), ...middle, ...a.slice(a.length - tail).map(same)];
}

/** By the longest common subsequence. */
function changes(a: string[], b: string[]): Line[] | undefined {
  if (a.length > MOST || b.length > MOST) return undefined;
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++] ?? '' });
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) lines.push({ kind: 'old', text: a[i++] ?? '' });
    else lines.push({ kind: 'new', text: b[j++] ?? '' });
  }
  return lines;
}

/** Only what has changed, with so many lines around it; a gap is undefined. */
export function around(lines: Line[], most: number): (Line | undefined)[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - most), index + most + 1).some(({ kind }) => kind !== 'same'));
  const shown: (Line | undefined)[] = [];
  lines.forEach((line, index) => {
    if (near[index]) shown.push(line);
    else if (shown.length === 0 || shown.at(-1) !== undefined) shown.push(undefined);
  });
  return shown;
}
