import { graphlib, layout as arrange } from '@dagrejs/dagre';
import type { Task } from '../api/jobs';

export const WIDTH = 190;
export const HEIGHT = 52;

export interface Shape {
  /** Upper left corners. */
  at: Map<string, { x: number; y: number }>;
  width: number;
  height: number;
}

/** Where each task stands: left of those that wait for it. */
export function layout(tasks: Task[]): Shape {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 56 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(tasks.map((task) => task.task_key));
  tasks.forEach((task) => graph.setNode(task.task_key, { width: WIDTH, height: HEIGHT }));
  tasks.forEach((task) =>
    (task.depends_on ?? []).filter(({ task_key: key }) => known.has(key)).forEach(({ task_key: key }) => graph.setEdge(key, task.task_key)),
  );
  arrange(graph);
  const at = new Map<string, { x: number; y: number }>();
  let width = 0;
  let height = 0;
  for (const key of known) {
    const { x, y } = graph.node(key) as { x: number; y: number };
    at.set(key, { x: x - WIDTH / 2, y: y - HEIGHT / 2 });
    width = Math.max(width, x + WIDTH / 2);
    height = Math.max(height, y + HEIGHT / 2);
  }
  return { at, width, height };
}
