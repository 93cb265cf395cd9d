/** A line of a chart: moments and values. */
export interface Line {
  name: string;
  points: [at: number, value: number][];
}

/** The next of 1, 2, 5, 10, 20, 50 ... that is not below `value`. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10);
}

/** Points of an SVG path within a box; a silence of more than `silence` milliseconds breaks the line. */
export function path(line: Line, begins: number, ends: number, top: number, width: number, height: number, silence: number): string {
  let before = -Infinity;
  return line.points
    .map(([at, value], index) => {
      const x = ((at - begins) / (ends - begins)) * width;
      const y = height - (Math.min(value, top) / top) * height;
      const draw = at - before > silence ? 'M' : 'L';
      before = at;
      // Nothing follows it that a line could be drawn to: a dot.
      const alone = draw === 'M' && (line.points[index + 1]?.[0] ?? Infinity) - at > silence;
      return `${draw}${x.toFixed(1)} ${y.toFixed(1)}${alone ? 'm-2 0h4' : ''}`;
    })
    .join('');
}

/** The point of a line that is nearest to a moment. */
export function nearest(line: Line, at: number): [number, number] | undefined {
  return line.points.reduce<[number, number] | undefined>(
    (best, point) => (best && Math.abs(best[0] - at) <= Math.abs(point[0] - at) ? best : point),
    undefined,
  );
}
