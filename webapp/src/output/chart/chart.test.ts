import { expect, test } from 'vitest';
import { columnsOf, type Table } from '../table';
import { lacking, option, timeOf } from './option';
import { coloursOf } from './palette';
import { aggregate, bins, grouped, pivot, summary } from './points';
import { firstChart, type Chart } from './spec';
import { inWords } from './words';

const colours = coloursOf(false, (name) => name);

const table = (schema: Record<string, string>, rows: unknown[][]): Table => ({
  columns: columnsOf(Object.entries(schema).map(([name, type]) => ({ name, type: JSON.stringify(type) }))),
  rows,
  truncated: false,
});

const sales = table({ city: 'string', day: 'date', amount: 'decimal(10,2)', units: 'long' }, [
  ['Graz', '2024-01-02', '10.50', 1],
  ['Wien', '2024-01-01', '20.00', 2],
  ['Graz', '2024-01-01', '0.20', null],
  ['Linz', '2024-01-03', null, 4],
  ['Graz', '2024-01-02', '0.10', 4],
]);

const chart = (part: Partial<Chart>): Chart => ({ ...firstChart(sales, 'c1', 'One'), group: '', ...part });

interface Drawn {
  xAxis: { type: string; data?: string[] };
  yAxis: { type: string };
  series: { name: string; type: string; stack?: string; data: unknown[] }[];
  dataZoom?: unknown[];
  legend?: unknown;
}
const drawn = (of: Table, part: Partial<Chart>) => option(of, chart(part), colours) as unknown as Drawn;

test('a first chart shows time as a line, with a line for each of few names', () => {
  expect(firstChart(sales, 'c1', 'One')).toMatchObject({ type: 'line', x: 'day', y: ['amount'], group: 'city', aggregation: 'sum', order: 'x' });
});

test('a first chart shows names as bars, and adds up only what repeats', () => {
  const one = table({ id: 'long', city: 'string', amount: 'double' }, [[1, 'Graz', 2], [2, 'Wien', 3]]);
  expect(firstChart(one, 'c', 'n')).toMatchObject({ type: 'bar', x: 'city', y: ['amount'], aggregation: 'none' });
  const twice = { ...one, rows: [...one.rows, [3, 'Graz', 4]] };
  expect(firstChart(twice, 'c', 'n')).toMatchObject({ aggregation: 'sum' });
});

test('a first chart of other shapes is fitting too', () => {
  const rows = [[1, 2], [2, 3], [2, 5]];
  expect(firstChart(table({ a: 'double', b: 'double' }, rows), 'c', 'n')).toMatchObject({ type: 'scatter' });
  expect(firstChart(table({ kind: 'long', amount: 'double' }, [[0, 27.5], [1, 33]]), 'c', 'n')).toMatchObject({ type: 'bar', x: 'kind', y: ['amount'] });
  expect(firstChart(table({ a: 'double' }, [[1], [2]]), 'c', 'n')).toMatchObject({ type: 'histogram', x: 'a' });
  expect(firstChart(table({ n: 'long' }, [[42]]), 'c', 'n')).toMatchObject({ type: 'counter', y: ['n'] });
  expect(firstChart(table({ name: 'string' }, [['a'], ['b'], ['a']]), 'c', 'n')).toMatchObject({ type: 'bar', x: 'name', aggregation: 'count' });
  expect(firstChart(table({ year: 'int', sales: 'long' }, [[2020, 5], [2021, 6]]), 'c', 'n')).toMatchObject({ type: 'line', x: 'year', y: ['sales'] });
});

test('values are gathered by x and by group, null apart from nothing', () => {
  const found = grouped(sales, chart({ x: 'day', y: ['amount'], group: 'city', aggregation: 'sum', order: 'x' }));
  expect(found.categories).toEqual(['2024-01-01', '2024-01-02', '2024-01-03']);
  expect(found.series).toEqual([
    { name: 'Graz', values: [0.2, 10.6, null] },
    { name: 'Wien', values: [20, null, null] },
    { name: 'Linz', values: [null, null, null] },
  ]);
});

test('categories can be ordered by what they amount to', () => {
  expect(grouped(sales, chart({ x: 'city', y: ['amount'], aggregation: 'sum', order: '-y' })).categories).toEqual(['Wien', 'Graz', 'Linz']);
});

test('every aggregation knows null', () => {
  const values = ['1.5', null, 2.5, 'NaN'];
  expect((['sum', 'avg', 'count', 'min', 'max', 'none'] as const).map((how) => aggregate(values, how))).toEqual([4, 2, 3, 1.5, 2.5, 1.5]);
  expect(aggregate([null], 'sum')).toBeNull();
});

test('rows are counted without a column to count', () => {
  expect(grouped(sales, chart({ x: 'city', y: [], aggregation: 'count' })).series).toEqual([{ name: 'count(rows)', values: [3, 1, 1] }]);
});

test('bars stand on names, lines on time', () => {
  expect(drawn(sales, { type: 'bar', x: 'city', aggregation: 'sum', order: 'data' })).toMatchObject({ xAxis: { type: 'category', data: ['Graz', 'Wien', 'Linz'] }, series: [{ type: 'bar', data: [10.8, 20, null] }] });
  const line = drawn(sales, { type: 'line', x: 'day', aggregation: 'sum' });
  expect(line.xAxis).toMatchObject({ type: 'time' });
  expect(line.series[0]?.data[0]).toEqual([timeOf('2024-01-01'), 20.2]);
});

test('stacked areas have a height everywhere', () => {
  const area = drawn(sales, { type: 'area', x: 'day', group: 'city', aggregation: 'sum', stacked: true });
  expect(area.series.map(({ stack }) => stack)).toEqual(['all', 'all', 'all']);
  expect(area.series[1]?.data.map((point) => (point as number[])[1])).toEqual([20, 0, 0]);
});

test('the axis can be logarithmic, several series have a legend, many points can be zoomed', () => {
  expect(drawn(sales, { type: 'bar', x: 'city', log: true }).yAxis).toMatchObject({ type: 'log' });
  expect(drawn(sales, { type: 'bar', x: 'day', y: ['amount', 'units'], aggregation: 'sum' }).legend).toBeDefined();
  const many = { ...sales, rows: Array.from({ length: 200 }, (_, index) => [`city ${index}`, '2024-01-01', index, index]) };
  expect(drawn(many, { type: 'bar', x: 'city' }).dataZoom).toHaveLength(2);
  expect(drawn(sales, { type: 'bar', x: 'city' }).dataZoom).toBeUndefined();
});

test('a pie puts small slices together', () => {
  const many = { ...sales, rows: Array.from({ length: 30 }, (_, index) => [`city ${index}`, null, 1, 1]) };
  const slices = drawn(many, { type: 'pie', x: 'city' }).series[0]?.data ?? [];
  expect(slices).toHaveLength(16);
  expect(slices.at(-1)).toMatchObject({ name: '15 others', value: 15 });
});

test('a heat map has a cell for each pair, a box the five numbers', () => {
  expect(drawn(sales, { type: 'heatmap', x: 'day', group: 'city', aggregation: 'sum' }).series[0]?.data).toHaveLength(9);
  const hours = table({ at: 'timestamp', day: 'timestamp' }, [['2024-01-01T00:00:00.000+00:00', '2024-01-01T10:30:00.000+00:00'], ['2024-01-02T00:00:00.000+00:00', '2024-01-01T10:30:00.500+00:00']]);
  const labels = drawn(hours, { type: 'heatmap', x: 'at', group: 'day', aggregation: 'count' });
  expect([labels.xAxis.data, labels.yAxis]).toEqual([['2024-01-01', '2024-01-02'], expect.objectContaining({ data: ['2024-01-01 10:30:00', '2024-01-01 10:30:00.500'] })]);
  expect(drawn(sales, { type: 'box', x: 'city', y: ['units'] }).series[0]?.data[0]).toEqual([1, 1.75, 2.5, 3.25, 4]);
  expect(summary([3])).toEqual([3, 3, 3, 3, 3]);
});

test('a histogram has round borders and loses nothing', () => {
  const found = bins([0, 1, 2, 3, 4, 5, 6, 7, 8, 9.9]);
  expect(found.map(({ from }) => from)).toEqual([0, 5]);
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(10);
  expect(bins([5, 5])).toEqual([{ from: 5, to: 6, count: 2 }]);
  expect(bins([])).toEqual([]);
});

test('a pivot is a table again', () => {
  const turned = pivot(sales, chart({ type: 'pivot', x: 'city', y: ['units'], group: 'day', aggregation: 'sum' }));
  expect(turned.columns.map(({ name }) => name)).toEqual(['city', '2024-01-02', '2024-01-01', '2024-01-03']);
  expect(turned.rows).toEqual([['Graz', 5, null, null], ['Linz', null, null, 4], ['Wien', null, 2, null]]);
});

test('what is missing is said, also when columns are gone', () => {
  expect(lacking(sales, chart({ type: 'bar', x: 'city' }))).toBe('');
  expect(lacking(sales, chart({ type: 'bar', x: 'gone' }))).toContain('X');
  expect(lacking(sales, chart({ type: 'bar', x: 'city', y: ['gone'], aggregation: 'sum' }))).toContain('Y');
  expect(lacking(sales, chart({ type: 'heatmap', x: 'city' }))).toContain('group');
  expect(lacking({ ...sales, rows: [] }, chart({}))).toContain('no rows');
});

test('a chart can be told in words', () => {
  expect(inWords(sales, chart({ type: 'bar', x: 'city', aggregation: 'sum', title: 'Sales' }))).toBe('Sales. Bar chart of sum of amount by city. 3 values. sum(amount): lowest 10.8 at Graz, highest 20 at Wien.');
});

test('times are taken as they are written', () => {
  expect(timeOf('2024-01-02 10:30:00.123456')).toBe(new Date(2024, 0, 2, 10, 30, 0, 123).getTime());
  expect(timeOf('2024-01-02T10:30:00.000Z')).toBe(new Date(2024, 0, 2, 10, 30).getTime());
  expect(timeOf('no time')).toBeNull();
});
