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
  // Numbered: the library keeps nodes in plain objects, where a task called __proto__ or constructor is none.
  const known = new Map<string, string>();
  tasks.forEach((task, index) => known.has(task.task_key) || known.set(task.task_key, `task ${index}`));
  known.forEach((id) => graph.setNode(id, { width: WIDTH, height: HEIGHT }));
  for (const task of tasks) {
    for (const { task_key: key } of task.depends_on ?? []) {
      const [from, to] = [known.get(key), known.get(task.task_key)];
      if (from !== undefined && to !== undefined) graph.setEdge(from, to);
    }
  }
  arrange(graph);
  const at = new Map<string, { x: number; y: number }>();
  let width = 0;
  let height = 0;
  for (const [key, id] of known) {
    const { x, y } = graph.node(id) as { x: number; y: number };
    at.set(key, { x: x - WIDTH / 2, y: y - HEIGHT / 2 });
    width = Math.max(width, x + WIDTH / 2);
    height = Math.max(height, y + HEIGHT / 2);
  }
  return { at, width, height };
}
