import { Button, Tabs } from '@mantine/core';
import { ChartColumn, Plus, Table2 } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { firstChart } from './chart/spec';
import { ResultGrid } from './grid/ResultGrid';
import type { Table } from './table';
import { useKept } from './useKept';
import type { TableView } from './views';
import './output.css';

const ChartPanel = lazy(() => import('./chart/ChartPanel').then((loaded) => ({ default: loaded.ChartPanel })));

interface Props {
  table: Table;
  label: string;
  kept: unknown;
  keep: (view: TableView) => void;
}

/** A table and what a reader has made of it: visualizations, each in a tab of its own. */
export function TableOutput({ table, label, kept, keep }: Props) {
  const [view, change] = useKept(kept, keep);
  const [editing, setEditing] = useState(false);
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  const stable = useCallback((part: Partial<TableView>) => latest.current(part), []);
  if (table.columns.length === 0) return <p className="dim">The table has no columns.</p>;

  function add() {
    const next = Math.max(0, ...view.charts.map(({ id }) => Number(id.slice(1)) || 0)) + 1;
    const chart = firstChart(table, `c${next}`, `Visualization ${next}`);
    change({ charts: [...view.charts, chart], tab: chart.id });
    setEditing(true);
  }
  const addButton = table.rows.length > 0 && (
    <Button className="result-add" size="compact-xs" variant="subtle" leftSection={<Plus size={13} />} onClick={add}>
      Visualization
    </Button>
  );
  const grid = (lead?: React.ReactNode) => <ResultGrid table={table} label={label} view={view} change={stable} lead={lead} />;
  if (view.charts.length === 0) return grid(addButton);
  return (
    <Tabs value={view.tab || 'table'} onChange={(tab) => change({ tab: tab === 'table' ? '' : (tab ?? '') })}>
      <div className="result-tabs">
        <Tabs.List>
          <Tabs.Tab value="table" leftSection={<Table2 size={13} />}>
            Table
          </Tabs.Tab>
          {view.charts.map(({ id, name }) => (
            <Tabs.Tab key={id} value={id} leftSection={<ChartColumn size={13} />}>
              {name || 'Visualization'}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {addButton}
      </div>
      <Tabs.Panel value="table">{grid()}</Tabs.Panel>
      {view.charts.map((chart) => (
        <Tabs.Panel key={chart.id} value={chart.id}>
          <Suspense fallback={<div className="chart-loading" role="status" aria-label="Loading the chart" />}>
            <ChartPanel
              table={table}
              chart={chart}
              label={label}
              editing={editing}
              setEditing={setEditing}
              change={(part) => change({ charts: view.charts.map((each) => (each.id === chart.id ? { ...each, ...part } : each)) })}
              remove={() => change({ charts: view.charts.filter((each) => each.id !== chart.id), tab: '' })}
            />
          </Suspense>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
