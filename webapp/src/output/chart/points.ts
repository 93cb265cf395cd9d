import { compare } from '../order';
import { absent, cellText, numberOf, type Column, type Table } from '../table';
import type { Aggregation, Chart } from './spec';

/** More series than these cannot be told apart. */
export const MOST_SERIES = 40;

export interface Series {
  name: string;
  /** Of the category at the same place; null where there is none. */
  values: (number | null)[];
}

export interface Grouped {
  /** The values of the x column, in the order wanted. */
  categories: unknown[];
  series: Series[];
  /** Series that were left out. */
  dropped: number;
}

export const columnOf = (table: Table, id: string): Column | undefined => table.columns.find((column) => column.id === id);

export const positionOf = (table: Table, id: string): number => table.columns.findIndex((column) => column.id === id);

export function aggregate(values: unknown[], how: Aggregation): number | null {
  if (how === 'count') return values.filter((value) => !absent(value)).length;
  let [sum, count, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    const number = absent(value) ? NaN : numberOf(value);
    if (!Number.isFinite(number)) continue;
    if (how === 'none') return number;
    sum += number;
    count += 1;
    min = Math.min(min, number);
    max = Math.max(max, number);
  }
  if (count === 0) return null;
  // Adding up leaves traces of binary fractions: 0.1 + 0.2 is 0.3.
  const plain = (value: number) => Number(value.toPrecision(14));
  return { none: sum, sum: plain(sum), avg: plain(sum / count), min, max }[how];
}

/** What a series of a column is called. */
export const named = (chart: Pick<Chart, 'aggregation'>, column: string) => (chart.aggregation === 'none' ? column : `${chart.aggregation}(${column})`);

interface Cell {
  column: string;
  group: string;
  values: Map<unknown, unknown[]>;
}

/** Values of each series by the keys of the x axis. Without aggregation each row has a key of its own, unless series must meet at one x. */
function gathered(table: Table, chart: Chart): { keys: unknown[]; shown: Map<unknown, unknown>; cells: Cell[] } {
  const x = positionOf(table, chart.x);
  const group = positionOf(table, chart.group);
  const rowwise = chart.aggregation === 'none' && group < 0;
  const columns = chart.y.map((id) => ({ id, at: positionOf(table, id) })).filter(({ at }) => at >= 0);
  // Counting needs no column: rows are counted.
  if (columns.length === 0 && chart.aggregation === 'count') columns.push({ id: 'rows', at: -1 });
  const shown = new Map<unknown, unknown>();
  const cells = new Map<string, Cell>();
  table.rows.forEach((row, index) => {
    const value = x < 0 ? '' : row[x];
    const key = rowwise ? index : absent(value) ? null : cellText(value);
    if (!shown.has(key)) shown.set(key, value);
    const part = group < 0 ? '' : absent(row[group]) ? 'null' : cellText(row[group]);
    for (const { id, at } of columns) {
      const name = `${part}\u0000${id}`;
      let cell = cells.get(name);
      if (!cell) cells.set(name, (cell = { column: id, group: part, values: new Map() }));
      const known = cell.values.get(key);
      const each = at < 0 ? 1 : row[at];
      if (known) known.push(each);
      else cell.values.set(key, [each]);
    }
  });
  return { keys: [...shown.keys()], shown, cells: [...cells.values()] };
}

/** The series of a chart over the values of its x column. */
export function grouped(table: Table, chart: Chart): Grouped {
  const { keys, shown, cells } = gathered(table, chart);
  const several = chart.y.length > 1;
  const all = cells.map(({ column, group, values }) => ({
    name: chart.group === '' || positionOf(table, chart.group) < 0 ? named(chart, column) : several ? `${group} · ${named(chart, column)}` : group,
    values: new Map([...values].map(([key, each]) => [key, aggregate(each, chart.aggregation)])),
  }));
  const kept = all.slice(0, MOST_SERIES);
  const kind = columnOf(table, chart.x)?.kind ?? 'text';
  const sum = (key: unknown) => kept.reduce((total, { values }) => total + (values.get(key) ?? 0), 0);
  const by = chart.order.replace('-', '');
  const turn = chart.order.startsWith('-') ? -1 : 1;
  const ordered = [...keys];
  if (by === 'y') {
    const sums = new Map(keys.map((key) => [key, sum(key)]));
    ordered.sort((a, b) => ((sums.get(a) ?? 0) - (sums.get(b) ?? 0)) * turn);
  } else if (by === 'x') {
    ordered.sort((a, b) => {
      const [one, other] = [shown.get(a), shown.get(b)];
      return absent(one) || absent(other) ? Number(absent(one)) - Number(absent(other)) : compare(kind, one, other) * turn;
    });
  }
  return {
    categories: ordered.map((key) => shown.get(key)),
    series: kept.map(({ name, values }) => ({ name, values: ordered.map((key) => values.get(key) ?? null) })),
    dropped: all.length - kept.length,
  };
}

/** Smallest, quartiles, largest. */
export function summary(values: number[]): [number, number, number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => {
    const place = (sorted.length - 1) * part;
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}

export function numbersOf(table: Table, id: string): number[] {
  const at = positionOf(table, id);
  return table.rows.map((row) => (absent(row[at]) ? NaN : numberOf(row[at]))).filter(Number.isFinite);
}

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Equal parts with round borders, about as many as the root of the number of values. */
export function bins(values: number[]): Bin[] {
  if (values.length === 0) return [];
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const wanted = Math.max(1, Math.min(40, Math.ceil(Math.sqrt(values.length))));
  const rough = (max - min) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const width = ([1, 2, 5, 10].find((step) => step * power >= rough) ?? 10) * power;
  const start = Math.floor(min / width) * width;
  const count = Math.floor((max - start) / width) + 1;
  const plain = (value: number) => Number(value.toPrecision(12));
  const found = Array.from({ length: count }, (_, index) => ({ from: plain(start + index * width), to: plain(start + (index + 1) * width), count: 0 }));
  for (const value of values) {
    const bin = found[Math.min(count - 1, Math.floor((value - start) / width))];
    if (bin) bin.count += 1;
  }
  return found;
}

/** The x column down, the group column across, and what is counted between them: a table again. */
export function pivot(table: Table, chart: Chart): Table {
  const { categories, series } = grouped(table, { ...chart, aggregation: chart.aggregation === 'none' ? 'sum' : chart.aggregation, order: chart.order === 'data' ? 'x' : chart.order });
  const x = columnOf(table, chart.x);
  const first: Column = x ?? { id: 'all', name: 'all', type: 'string', kind: 'text' };
  return {
    columns: [first, ...series.map(({ name }, index) => ({ id: `${name} ${index}`, name, type: 'double', kind: 'number' as const }))],
    rows: categories.map((category, index) => [category, ...series.map(({ values }) => values[index] ?? null)]),
    truncated: table.truncated,
  };
}
