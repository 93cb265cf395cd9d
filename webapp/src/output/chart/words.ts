import type { Table } from '../table';
import { cellText } from '../table';
import { bins, columnOf, grouped, numbersOf } from './points';
import type { Chart, ChartType } from './spec';

export const NAMES: Record<ChartType, string> = {
  bar: 'Bar',
  line: 'Line',
  area: 'Area',
  scatter: 'Scatter',
  pie: 'Pie',
  histogram: 'Histogram',
  box: 'Box plot',
  heatmap: 'Heat map',
  counter: 'Counter',
  pivot: 'Pivot table',
};

const plain = (value: number) => new Intl.NumberFormat('en', { maximumFractionDigits: 3 }).format(value);

/** What a chart shows, for those who cannot see it. */
export function inWords(table: Table, chart: Chart): string {
  const title = chart.title ? `${chart.title}. ` : '';
  if (chart.type === 'histogram') {
    const found = bins(numbersOf(table, chart.x));
    const most = found.reduce((a, b) => (b.count > a.count ? b : a), { from: 0, to: 0, count: 0 });
    return `${title}Histogram of ${chart.x}: ${found.length} ranges, most values, ${most.count}, from ${plain(most.from)} to ${plain(most.to)}.`;
  }
  const what = chart.y.join(', ') || 'rows';
  const head = `${title}${NAMES[chart.type]} chart of ${chart.aggregation === 'none' ? what : `${chart.aggregation} of ${what}`}${chart.x ? ` by ${columnOf(table, chart.x)?.name ?? chart.x}` : ''}${chart.group ? `, grouped by ${chart.group}` : ''}.`;
  if (chart.type === 'scatter' || chart.type === 'box') return `${head} ${table.rows.length} rows.`;
  const { categories, series } = grouped(table, chart);
  const parts = series.slice(0, 5).map(({ name, values }) => {
    let [low, high] = [-1, -1];
    values.forEach((value, index) => {
      if (value === null) return;
      if (low < 0 || value < (values[low] ?? 0)) low = index;
      if (high < 0 || value > (values[high] ?? 0)) high = index;
    });
    if (low < 0) return `${name}: nothing.`;
    return `${name}: lowest ${plain(values[low] ?? 0)} at ${cellText(categories[low])}, highest ${plain(values[high] ?? 0)} at ${cellText(categories[high])}.`;
  });
  return `${head} ${categories.length} values. ${parts.join(' ')}${series.length > 5 ? ` And ${series.length - 5} more series.` : ''}`;
}
