import { object, text, texts } from '../kept';
import type { Column, Table } from '../table';

export const TYPES = ['bar', 'line', 'area', 'scatter', 'pie', 'histogram', 'box', 'heatmap', 'counter', 'pivot'] as const;
export type ChartType = (typeof TYPES)[number];

export const AGGREGATIONS = ['none', 'sum', 'avg', 'count', 'min', 'max'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

export const ORDERS = ['data', 'x', '-x', 'y', '-y'] as const;
export type Order = (typeof ORDERS)[number];

/** A visualization of a table, as its editor leaves it. Columns go by their ids. */
export interface Chart {
  id: string;
  name: string;
  type: ChartType;
  x: string;
  y: string[];
  /** One series for each of its values; empty for none. */
  group: string;
  aggregation: Aggregation;
  stacked: boolean;
  order: Order;
  title: string;
  xTitle: string;
  yTitle: string;
  log: boolean;
}

const one = <T extends string>(known: readonly T[], value: unknown, otherwise: T): T => known.find((each) => each === value) ?? otherwise;

/** Charts that were kept, as far as they make sense. */
export function readCharts(kept: unknown): Chart[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((each) => {
    const found = object(each);
    if (typeof found.id !== 'string' || found.id === '' || !TYPES.some((type) => type === found.type)) return [];
    return [
      {
        id: found.id,
        name: text(found.name) || 'Visualization',
        type: one(TYPES, found.type, 'bar'),
        x: text(found.x),
        y: texts(found.y),
        group: text(found.group),
        aggregation: one(AGGREGATIONS, found.aggregation, 'none'),
        stacked: found.stacked === true,
        order: one(ORDERS, found.order, 'data'),
        title: text(found.title),
        xTitle: text(found.xTitle),
        yTitle: text(found.yTitle),
        log: found.log === true,
      },
    ];
  });
}

/** A number that counts nothing but names a thing: no good to add up. */
const names = ({ name }: Column) => /^(id|.*_id|.*Id|key|year|month|day|hour|index|zip|code)$/i.test(name);

function repeats(table: Table, at: number): boolean {
  const seen = new Set<unknown>();
  for (const row of table.rows) {
    if (seen.has(row[at])) return true;
    seen.add(row[at]);
  }
  return false;
}

function distinct(table: Table, at: number): number {
  return new Set(table.rows.map((row) => row[at])).size;
}

/** Few whole numbers, each once: what a query has grouped by. */
function isKey(table: Table, column: Column): boolean {
  const at = table.columns.indexOf(column);
  return table.rows.length <= 50 && !repeats(table, at) && table.rows.every((row) => row[at] === null || Number.isInteger(Number(row[at])));
}

/** A first chart that is right at once: time on a line, names as bars, number against number as points. */
export function firstChart(table: Table, id: string, name: string): Chart {
  const plain = { id, name, group: '', stacked: false, title: '', xTitle: '', yTitle: '', log: false, order: 'data' as Order, aggregation: 'none' as Aggregation };
  const numbers = table.columns.filter(({ kind }) => kind === 'number');
  const values = numbers.filter((column) => !names(column));
  const date = table.columns.find(({ kind }) => kind === 'date');
  const words = table.columns.filter(({ kind }) => kind === 'text' || kind === 'boolean');
  const y = values[0] ?? numbers.find((column) => numbers.length > 1 && column !== numbers[0]) ?? numbers[0];
  const summed = (x: Column, sum: Aggregation): Aggregation => (repeats(table, table.columns.indexOf(x)) ? sum : 'none');

  if (table.rows.length === 1 && y) return { ...plain, type: 'counter', x: '', y: [y.id] };
  if (date && y) {
    const few = words.find((column) => distinct(table, table.columns.indexOf(column)) <= 12);
    return { ...plain, type: 'line', x: date.id, y: few ? [y.id] : values.length > 0 ? values.slice(0, 3).map((column) => column.id) : [y.id], group: few?.id ?? '', aggregation: summed(date, 'sum'), order: 'x' };
  }
  const category = words[0];
  if (category && y) return { ...plain, type: 'bar', x: category.id, y: [y.id], aggregation: summed(category, 'sum') };
  if (category) return { ...plain, type: 'bar', x: category.id, y: [], aggregation: 'count', order: '-y' };
  const [first, second] = numbers;
  if (first && second && !names(first) && isKey(table, first)) return { ...plain, type: 'bar', x: first.id, y: [second.id] };
  const x = numbers.find((column) => column !== y) ?? numbers[0];
  if (!x || !y) return { ...plain, type: 'bar', x: date?.id ?? table.columns[0]?.id ?? '', y: [], aggregation: 'count' };
  if (x === y) return { ...plain, type: 'histogram', x: x.id, y: [] };
  if (names(x) && !repeats(table, table.columns.indexOf(x))) return { ...plain, type: 'line', x: x.id, y: [y.id], order: 'x' };
  return { ...plain, type: 'scatter', x: x.id, y: [y.id] };
}
