import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { metricsQuery, nodesQuery, type LoadPoint, type Metrics } from '../api/clusters';
import { Empty } from '../parts/Empty';
import { LineChart } from '../parts/LineChart';
import type { Line } from '../parts/lines';
import { words } from '../parts/StatePill';
import { bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';

const RANGES = [
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
  { value: '360', label: '6 h' },
  { value: '1440', label: '24 h' },
  { value: '10080', label: '7 d' },
];

const cores = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} cores`;

function linesOf(points: LoadPoint[], value: (point: LoadPoint) => number): Line[] {
  const lines = new Map<string, Line>();
  for (const point of points) {
    const line = lines.get(point.node_id) ?? { name: `${words(point.role)} ${point.node_id}`, points: [] };
    line.points.push([point.at, value(point)]);
    lines.set(point.node_id, line);
  }
  return [...lines.values()];
}

/** What the processes of a cluster's nodes used, measured by their agents. */
export function ClusterMetrics({ clusterId }: { clusterId: string }) {
  const [minutes, setMinutes] = useState('60');
  const metrics = useQuery(metricsQuery(clusterId, Number(minutes)));
  return (
    <>
      <div className="tools">
        <SegmentedControl size="xs" aria-label="Span of time" data={RANGES} value={minutes} onChange={setMinutes} />
      </div>
      <Loaded query={metrics}>
        {(read) =>
          read.points?.length ? (
            <Charts clusterId={clusterId} metrics={read} points={read.points} />
          ) : (
            <Empty title="Nothing was measured in this time">Agents measure about every 20 seconds while a cluster has nodes. Measurements are kept for seven days.</Empty>
          )
        }
      </Loaded>
    </>
  );
}

function Charts({ clusterId, metrics, points }: { clusterId: string; metrics: Metrics; points: LoadPoint[] }) {
  const nodes = useQuery(nodesQuery(clusterId)).data ?? [];
  const mostCores = Math.max(0, ...nodes.map((node) => node.cores));
  const mostMemory = Math.max(0, ...nodes.map((node) => node.memory_mb)) * 1024 * 1024;
  const shared = { begins: metrics.begins, ends: metrics.ends, silence: Math.max(90_000, (metrics.ends - metrics.begins) / 60) };
  return (
    <div className="line-charts">
      <LineChart {...shared} title="CPU" lines={linesOf(points, (point) => point.cpu_cores)} limit={mostCores ? { value: mostCores, name: 'for Spark' } : undefined} format={cores} />
      <LineChart {...shared} title="Memory" lines={linesOf(points, (point) => point.memory_bytes)} limit={mostMemory ? { value: mostMemory, name: 'for Spark' } : undefined} format={bytes} />
      <LineChart {...shared} title="Free disk" lines={linesOf(points, (point) => point.disk_free_bytes)} format={bytes} />
    </div>
  );
}
