import { MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Column, Table } from '../table';
import { AGGREGATIONS, TYPES, type Aggregation, type Chart, type ChartType, type Order } from './spec';
import { NAMES } from './words';

interface Props {
  table: Table;
  chart: Chart;
  change: (part: Partial<Chart>) => void;
}

const AGGREGATION_WORDS: Record<Aggregation, string> = { none: 'None', sum: 'Sum', avg: 'Average', count: 'Count', min: 'Minimum', max: 'Maximum' };
const ORDER_WORDS: Record<Order, string> = { data: 'As in the result', x: 'X ascending', '-x': 'X descending', y: 'Y ascending', '-y': 'Y descending' };

const X: Partial<Record<ChartType, string>> = { pie: 'Slices', histogram: 'Column', box: 'Group', pivot: 'Rows', heatmap: 'X' };
const Y: Partial<Record<ChartType, string>> = { pie: 'Size', counter: 'Value', heatmap: 'Colour', pivot: 'Values', box: 'Values' };
const GROUP: Partial<Record<ChartType, string>> = { heatmap: 'Y', pivot: 'Columns' };

/** Which fields a kind of chart has. */
const ONE_Y: ChartType[] = ['pie', 'counter', 'heatmap'];
const NO_GROUP: ChartType[] = ['pie', 'histogram', 'box', 'counter'];
const AXES: ChartType[] = ['bar', 'line', 'area', 'scatter', 'histogram', 'box'];
const STACKED: ChartType[] = ['bar', 'area'];
const ORDERED: ChartType[] = ['bar', 'line', 'area', 'pie', 'heatmap', 'pivot'];
const AGGREGATED: ChartType[] = ['bar', 'line', 'area', 'pie', 'heatmap', 'counter', 'pivot'];

const options = (columns: Column[]) => columns.map(({ id }) => ({ value: id, label: id }));

/** What of a table a chart shows, and how. Each change takes effect at once. */
export function Editor({ table, chart, change }: Props) {
  const id = useId();
  const { type } = chart;
  const numbers = table.columns.filter(({ kind }) => kind === 'number' || kind === 'boolean');
  const plain = table.columns.filter(({ kind }) => kind !== 'nested');
  return (
    <form className="chart-editor" aria-label="Visualization" onSubmit={(event) => event.preventDefault()}>
      <TextInput label="Name" value={chart.name} onChange={(event) => change({ name: event.currentTarget.value })} />
      <Select label="Type" data={TYPES.map((value) => ({ value, label: NAMES[value] }))} value={type} allowDeselect={false} onChange={(value) => change({ type: TYPES.find((each) => each === value) ?? 'bar' })} />
      {type !== 'counter' && (
        <Select label={X[type] ?? 'X'} data={options(type === 'histogram' ? numbers : plain)} value={chart.x || null} clearable={type === 'box'} searchable onChange={(value) => change({ x: value ?? '' })} />
      )}
      {type !== 'histogram' &&
        (ONE_Y.includes(type) ? (
          <Select label={Y[type] ?? 'Y'} data={options(numbers)} value={chart.y[0] ?? null} clearable searchable onChange={(value) => change({ y: value ? [value] : [] })} />
        ) : (
          <MultiSelect label={Y[type] ?? 'Y'} size="xs" data={options(numbers)} value={chart.y} searchable hidePickedOptions onChange={(y) => change({ y })} />
        ))}
      {!NO_GROUP.includes(type) && <Select label={GROUP[type] ?? 'Group by'} data={options(plain)} value={chart.group || null} clearable searchable onChange={(value) => change({ group: value ?? '' })} />}
      {AGGREGATED.includes(type) && (
        <Select label="Aggregation" data={AGGREGATIONS.map((value) => ({ value, label: AGGREGATION_WORDS[value] }))} value={chart.aggregation} allowDeselect={false} onChange={(value) => change({ aggregation: AGGREGATIONS.find((each) => each === value) ?? 'none' })} />
      )}
      {ORDERED.includes(type) && (
        <Select label="Order" data={Object.entries(ORDER_WORDS).map(([value, label]) => ({ value, label }))} value={chart.order} allowDeselect={false} onChange={(value) => change({ order: (Object.keys(ORDER_WORDS) as Order[]).find((each) => each === value) ?? 'data' })} />
      )}
      {type !== 'pivot' && <TextInput label="Title" value={chart.title} onChange={(event) => change({ title: event.currentTarget.value })} />}
      {AXES.includes(type) && (
        <>
          <TextInput label="X axis" placeholder={chart.x} value={chart.xTitle} onChange={(event) => change({ xTitle: event.currentTarget.value })} />
          <TextInput label="Y axis" value={chart.yTitle} onChange={(event) => change({ yTitle: event.currentTarget.value })} />
          {STACKED.includes(type) && <Switch id={`${id}-stacked`} size="xs" label="Stacked" checked={chart.stacked} onChange={(event) => change({ stacked: event.currentTarget.checked })} />}
          <Switch id={`${id}-log`} size="xs" label="Logarithmic Y" checked={chart.log} onChange={(event) => change({ log: event.currentTarget.checked })} />
        </>
      )}
    </form>
  );
}
