import { absent, cellText, dayText, type Kind, numberOf, type Table } from '../table';
import type { Colours } from './palette';
import { bins, columnOf, grouped, numbersOf, positionOf, summary, type Grouped } from './points';
import type { Chart } from './spec';

/** What echarts takes. */
export type Option = Record<string, unknown>;

/** From so many points on a reader may zoom. */
const ZOOM = 80;
/** Slices beyond these are one. */
const SLICES = 15;

const label = (value: unknown, kind: Kind = 'text') => (absent(value) ? 'null' : kind === 'date' ? dayText(kind, value) : cellText(value));
/** What the values of a column are called on an axis. */
const labelled = (table: Table, id: string) => {
  const kind = columnOf(table, id)?.kind;
  return (value: unknown) => label(value, kind);
};

/** A time as it is written, whatever zone it names or the browser is in. */
export function timeOf(value: unknown): number | null {
  const [, day, time] = /^(\d{4,}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?/.exec(cellText(value)) ?? [];
  const parsed = day ? Date.parse(`${day}T${time ?? '00:00'}`) : NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return new Intl.NumberFormat('en', { maximumFractionDigits: 4 }).format(value);
}

function short(value: number): string {
  return Math.abs(value) >= 10_000 ? new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value) : number(value);
}

function base(chart: Chart, colours: Colours, legend: boolean): Option {
  const text = { color: colours.text, fontSize: 12 };
  return {
    color: colours.series,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: 'ui-sans-serif, system-ui, sans-serif' },
    animation: false,
    aria: { enabled: true },
    title: chart.title ? { text: chart.title, left: 'center', top: 4, textStyle: { ...text, fontSize: 14, fontWeight: 600 } } : undefined,
    legend: legend ? { type: 'scroll', top: chart.title ? 28 : 4, textStyle: text, pageTextStyle: text, pageIconColor: colours.text, pageIconInactiveColor: colours.border, itemWidth: 16, itemHeight: 9 } : undefined,
    tooltip: { confine: true, backgroundColor: colours.panel, borderColor: colours.border, textStyle: text, valueFormatter: (value: unknown) => (typeof value === 'number' ? number(value) : label(value)) },
  };
}

function grid(chart: Chart, legend: boolean, zoom: boolean): Option {
  return { left: 8, right: 20, top: 20 + (chart.title ? 24 : 0) + (legend ? 24 : 0), bottom: zoom ? 40 : 10, outerBoundsMode: 'same', outerBoundsContain: 'all' };
}

function axis(name: string, colours: Colours, vertical: boolean): Option {
  return {
    name: name || undefined,
    nameLocation: 'middle',
    nameGap: vertical ? 8 : 6,
    nameTextStyle: { color: colours.dim, fontSize: 12 },
    axisLabel: { color: colours.dim, fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: colours.border } },
    axisTick: { lineStyle: { color: colours.border } },
    splitLine: { lineStyle: { color: colours.border } },
  };
}

function values(chart: Chart, colours: Colours, name: string): Option {
  const plain = axis(name, colours, true);
  return { ...plain, type: chart.log ? 'log' : 'value', axisLine: { show: false }, axisLabel: { ...(plain.axisLabel as Option), formatter: short } };
}

const zooms = (colours: Colours): Option[] => [
  // The wheel belongs to the page.
  { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
  { type: 'slider', height: 18, bottom: 10, borderColor: colours.border, textStyle: { color: colours.dim, fontSize: 10 }, brushSelect: false },
];

/** Bars, lines and areas. */
function lines(table: Table, chart: Chart, colours: Colours): Option {
  const kind = columnOf(table, chart.x)?.kind;
  const along = chart.type !== 'bar' && (kind === 'date' || kind === 'number');
  const found = grouped(table, along && chart.order === 'data' ? { ...chart, order: 'x' } : chart);
  const legend = found.series.length > 1;
  const zoom = found.categories.length > ZOOM;
  const place = (value: unknown) => (kind === 'date' ? timeOf(value) : absent(value) ? null : numberOf(value));
  const type = along ? (kind === 'date' ? 'time' : 'value') : 'category';
  // What is stacked needs a height everywhere.
  const gap = chart.stacked ? 0 : null;
  const title = chart.xTitle || (chart.x && columnOf(table, chart.x)?.name) || '';
  return {
    ...base(chart, colours, legend),
    tooltip: { ...(base(chart, colours, legend).tooltip as Option), trigger: 'axis', axisPointer: { type: chart.type === 'bar' ? 'shadow' : 'line' } },
    grid: grid(chart, legend, zoom),
    xAxis: { ...axis(title, colours, false), type, scale: true, splitLine: { show: false }, ...(type === 'category' ? { data: found.categories.map(labelled(table, chart.x)) } : {}) },
    yAxis: values(chart, colours, chart.yTitle || (found.series.length === 1 ? (found.series[0]?.name ?? '') : '')),
    dataZoom: zoom ? zooms(colours) : undefined,
    series: found.series.map(({ name, values: ys }) => ({
      name,
      type: chart.type === 'bar' ? 'bar' : 'line',
      stack: chart.stacked ? 'all' : undefined,
      areaStyle: chart.type === 'area' ? { opacity: chart.stacked ? 0.7 : 0.25 } : undefined,
      lineStyle: { width: 1.8 },
      barMaxWidth: 60,
      showSymbol: found.categories.length <= 40,
      symbolSize: 5,
      sampling: chart.type === 'bar' || chart.stacked ? undefined : 'lttb',
      // A single value at an x of its own is connected with the next one, whatever lies between belongs to other series.
      connectNulls: chart.group !== '',
      data: along ? found.categories.map((x, index) => [place(x), ys[index] ?? gap]) : ys,
    })),
  };
}

function scatter(table: Table, chart: Chart, colours: Colours): Option {
  const x = positionOf(table, chart.x);
  const kind = table.columns[x]?.kind;
  const type = kind === 'date' ? 'time' : kind === 'number' ? 'value' : 'category';
  const group = positionOf(table, chart.group);
  const place = (value: unknown) => (type === 'time' ? timeOf(value) : type === 'value' ? (absent(value) ? null : numberOf(value)) : label(value));
  const series = new Map<string, unknown[]>();
  for (const row of table.rows) {
    for (const id of chart.y) {
      const at = positionOf(table, id);
      const y = absent(row[at]) ? NaN : numberOf(row[at]);
      if (!Number.isFinite(y)) continue;
      const name = group < 0 ? id : chart.y.length > 1 ? `${label(row[group])} · ${id}` : label(row[group]);
      const points = series.get(name);
      if (points) points.push([place(row[x]), y]);
      else series.set(name, [[place(row[x]), y]]);
    }
  }
  const legend = series.size > 1;
  const zoom = table.rows.length > ZOOM;
  return {
    ...base(chart, colours, legend),
    grid: grid(chart, legend, zoom),
    xAxis: { ...axis(chart.xTitle || table.columns[x]?.name || '', colours, false), type, scale: true },
    yAxis: { ...values(chart, colours, chart.yTitle || (chart.y.length === 1 ? (chart.y[0] ?? '') : '')), scale: true },
    dataZoom: zoom ? zooms(colours) : undefined,
    series: [...series].slice(0, 40).map(([name, data]) => ({ name, type: 'scatter', symbolSize: data.length > 1000 ? 4 : 7, itemStyle: { opacity: 0.65 }, large: data.length > 3000, data })),
  };
}

function pie(table: Table, chart: Chart, colours: Colours): Option {
  const found = grouped(table, { ...chart, y: chart.y.slice(0, 1), group: '', aggregation: chart.aggregation === 'none' ? (chart.y.length > 0 ? 'sum' : 'count') : chart.aggregation, order: chart.order === 'data' ? '-y' : chart.order });
  const all = found.categories.map((name, index) => ({ name: labelled(table, chart.x)(name), value: found.series[0]?.values[index] ?? 0 })).filter(({ value }) => value > 0);
  const rest = all.slice(SLICES).reduce((sum, { value }) => sum + value, 0);
  return {
    ...base(chart, colours, false),
    tooltip: { ...(base(chart, colours, false).tooltip as Option), trigger: 'item' },
    series: [
      {
        name: found.series[0]?.name,
        type: 'pie',
        radius: ['38%', '70%'],
        center: ['50%', chart.title ? '54%' : '50%'],
        itemStyle: { borderColor: colours.background, borderWidth: 1.5 },
        label: { color: colours.text, formatter: '{b}: {d} %' },
        labelLine: { lineStyle: { color: colours.dim } },
        data: [...all.slice(0, SLICES), ...(rest > 0 ? [{ name: `${all.length - SLICES} others`, value: rest, itemStyle: { color: colours.dim } }] : [])],
      },
    ],
  };
}

function histogram(table: Table, chart: Chart, colours: Colours): Option {
  const found = bins(numbersOf(table, chart.x));
  return {
    ...base(chart, colours, false),
    tooltip: { ...(base(chart, colours, false).tooltip as Option), trigger: 'axis', axisPointer: { type: 'shadow' } },
    grid: grid(chart, false, false),
    xAxis: { ...axis(chart.xTitle || chart.x, colours, false), type: 'category', data: found.map(({ from, to }) => `${number(from)} – ${number(to)}`), splitLine: { show: false } },
    yAxis: values(chart, colours, chart.yTitle || 'rows'),
    series: [{ name: 'rows', type: 'bar', barCategoryGap: '2%', data: found.map(({ count }) => count) }],
  };
}

function box(table: Table, chart: Chart, colours: Colours): Option {
  const x = positionOf(table, chart.x);
  const valuesOf = (id: string) => {
    const at = positionOf(table, id);
    const by = new Map<string, number[]>();
    for (const row of table.rows) {
      const value = absent(row[at]) ? NaN : numberOf(row[at]);
      if (!Number.isFinite(value)) continue;
      const key = x < 0 ? id : label(row[x], table.columns[x]?.kind);
      const known = by.get(key);
      if (known) known.push(value);
      else by.set(key, [value]);
    }
    return by;
  };
  const found = chart.y.map((id) => ({ id, by: valuesOf(id) }));
  const categories = [...new Set(found.flatMap(({ by }) => [...by.keys()]))].slice(0, 100);
  const legend = found.length > 1;
  return {
    ...base(chart, colours, legend),
    grid: grid(chart, legend, false),
    xAxis: { ...axis(chart.xTitle || chart.x, colours, false), type: 'category', data: categories, splitLine: { show: false } },
    yAxis: { ...values(chart, colours, chart.yTitle || (found.length === 1 ? (found[0]?.id ?? '') : '')), scale: true },
    series: found.map(({ id, by }) => ({ name: id, type: 'boxplot', itemStyle: { color: colours.panel }, data: categories.map((key) => summary(by.get(key) ?? [])) })),
  };
}

function heatmap(table: Table, chart: Chart, colours: Colours): Option {
  const found: Grouped = grouped(table, { ...chart, y: chart.y.slice(0, 1), aggregation: chart.aggregation === 'none' ? (chart.y.length > 0 ? 'avg' : 'count') : chart.aggregation, order: chart.order === 'data' ? 'x' : chart.order });
  const cells = found.series.flatMap(({ values: ys }, row) => ys.map((value, column) => [column, row, value ?? '-']));
  const all = found.series.flatMap(({ values: ys }) => ys).filter((value): value is number => value !== null);
  return {
    ...base(chart, colours, false),
    tooltip: { ...(base(chart, colours, false).tooltip as Option), trigger: 'item' },
    grid: { ...grid(chart, false, false), bottom: 52 },
    xAxis: { ...axis('', colours, false), type: 'category', data: found.categories.map(labelled(table, chart.x)), splitLine: { show: false } },
    yAxis: { ...axis('', colours, true), type: 'category', data: found.series.map(({ name }) => labelled(table, chart.group)(name)), splitLine: { show: false } },
    visualMap: { min: all.reduce((a, b) => Math.min(a, b), Infinity), max: all.reduce((a, b) => Math.max(a, b), -Infinity), calculable: true, orient: 'horizontal', left: 'center', bottom: 6, itemHeight: 120, itemWidth: 12, inRange: { color: colours.scale }, textStyle: { color: colours.dim, fontSize: 11 }, formatter: (value: unknown) => (typeof value === 'number' ? short(value) : '') },
    series: [{ name: chart.y[0] ?? 'rows', type: 'heatmap', data: cells, itemStyle: { borderColor: colours.background, borderWidth: 1 } }],
  };
}

/** What echarts is to draw; counters and pivots are not its work. */
export function option(table: Table, chart: Chart, colours: Colours): Option {
  switch (chart.type) {
    case 'scatter':
      return scatter(table, chart, colours);
    case 'pie':
      return pie(table, chart, colours);
    case 'histogram':
      return histogram(table, chart, colours);
    case 'box':
      return box(table, chart, colours);
    case 'heatmap':
      return heatmap(table, chart, colours);
    default:
      return lines(table, chart, colours);
  }
}

/** Why there is nothing to draw yet; empty if there is. */
export function lacking(table: Table, chart: Chart): string {
  const y = chart.y.some((id) => positionOf(table, id) >= 0);
  if (table.rows.length === 0) return 'The result has no rows.';
  if (chart.type === 'histogram') return numbersOf(table, chart.x).length > 0 ? '' : 'Choose a column of numbers.';
  if (chart.type === 'counter') return y || chart.aggregation === 'count' ? '' : 'Choose a column to show.';
  if (chart.type !== 'box' && positionOf(table, chart.x) < 0) return 'Choose a column for X.';
  if (chart.type === 'heatmap' && positionOf(table, chart.group) < 0) return 'Choose a column to group by: it is the other side of the map.';
  const counts = chart.aggregation === 'count' || chart.type === 'pie' || chart.type === 'heatmap';
  if (!y && !counts) return 'Choose a column for Y, or the aggregation "count".';
  return '';
}
