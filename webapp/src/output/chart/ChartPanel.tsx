import { ActionIcon, Button, Menu } from '@mantine/core';
import { Download, Settings2, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { save } from '../../parts/save';
import { fileName } from '../copying';
import { ResultGrid } from '../grid/ResultGrid';
import { absent, type Table } from '../table';
import { readView, type TableView } from '../views';
import { Drawing, type DrawingHandle } from './Drawing';
import { Editor } from './Editor';
import { lacking } from './option';
import { aggregate, named, pivot, positionOf } from './points';
import type { Chart } from './spec';
import './chart.css';

interface Props {
  table: Table;
  chart: Chart;
  label: string;
  editing: boolean;
  setEditing: (editing: boolean) => void;
  change: (part: Partial<Chart>) => void;
  remove: () => void;
}

/** A visualization with what can be done to it. */
export function ChartPanel({ table, chart, label, editing, setEditing, change, remove }: Props) {
  const drawing = useRef<DrawingHandle>(null);
  const missing = lacking(table, chart);
  const drawn = chart.type !== 'counter' && chart.type !== 'pivot' && !missing;
  const download = (format: 'png' | 'svg') => {
    const picture = drawing.current?.picture(format);
    if (picture) save(picture, fileName(`${label} ${chart.name}`, format));
  };
  return (
    <div className="chart">
      <div className="grid-tools">
        <Button size="compact-xs" variant={editing ? 'light' : 'subtle'} leftSection={<Settings2 size={13} />} aria-expanded={editing} onClick={() => setEditing(!editing)}>
          {editing ? 'Done' : 'Edit'}
        </Button>
        <span className="grid-space" />
        {drawn && (
          <Menu>
            <Menu.Target>
              <ActionIcon size={26} variant="subtle" color="gray" aria-label="Save the picture" title="Save the picture">
                <Download size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => download('png')}>Save as PNG</Menu.Item>
              <Menu.Item onClick={() => download('svg')}>Save as SVG</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <ActionIcon size={26} variant="subtle" color="gray" aria-label={`Remove ${chart.name}`} title="Remove" onClick={remove}>
          <Trash2 size={15} />
        </ActionIcon>
      </div>
      <div className={editing ? 'chart-beside editing' : 'chart-beside'}>
        <div className="chart-drawn">
          {missing && <p className="dim chart-missing">{missing}</p>}
          {!missing && chart.type === 'counter' && <Counter table={table} chart={chart} />}
          {!missing && chart.type === 'pivot' && <Pivot table={table} chart={chart} label={label} />}
          {drawn && <Drawing ref={drawing} table={table} chart={chart} />}
          {drawn && table.truncated && <p className="dim">Drawn from the first {table.rows.length.toLocaleString('en')} rows; the result has more.</p>}
        </div>
        {editing && <Editor table={table} chart={chart} change={change} />}
      </div>
    </div>
  );
}

function Counter({ table, chart }: { table: Table; chart: Chart }) {
  const at = positionOf(table, chart.y[0] ?? '');
  const single = chart.aggregation === 'none';
  const value = aggregate(single ? [table.rows[0]?.[at]] : table.rows.map((row) => (at < 0 ? 1 : row[at])), chart.aggregation);
  return (
    <div className="chart-counter">
      <b>{absent(value) ? '–' : new Intl.NumberFormat('en', { maximumFractionDigits: 4 }).format(value)}</b>
      <span className="dim">{chart.title || named(chart, chart.y[0] ?? 'rows')}</span>
    </div>
  );
}

function Pivot({ table, chart, label }: { table: Table; chart: Chart; label: string }) {
  const turned = useMemo(() => pivot(table, chart), [table, chart]);
  const [view, setView] = useState(() => readView(undefined));
  const change = useCallback((part: Partial<TableView>) => setView((old) => ({ ...old, ...part })), []);
  return <ResultGrid table={turned} label={`${label}, ${chart.name}`} view={view} change={change} />;
}
