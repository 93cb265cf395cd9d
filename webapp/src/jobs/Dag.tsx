import '@xyflow/react/dist/base.css';
import './dag.css';
import { Background, Controls, Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { RunState, Task, TaskRun } from '../api/jobs';
import { verdict } from '../api/jobs';
import { Took } from '../parts/Age';
import { StatePill, tone } from '../parts/StatePill';
import { HEIGHT, layout, WIDTH } from './layout';
import { workOf } from './tasks';

type TaskNode = Node<{ task: Task; run?: TaskRun; chosen: boolean }, 'task'>;

const Box = memo(({ data: { task, run, chosen } }: NodeProps<TaskNode>) => (
  <div className={`dag-task ${run ? tone(verdict(run.state), true) : ''} ${chosen ? 'chosen' : ''}`} style={{ width: WIDTH, height: HEIGHT }}>
    <Handle type="target" position={Position.Left} />
    <strong>{task.task_key}</strong>
    <small>{run ? <Progress state={run.state} run={run} /> : workOf(task).kind}</small>
    <Handle type="source" position={Position.Right} />
  </div>
));
Box.displayName = 'Box';

function Progress({ state, run }: { state: RunState; run: TaskRun }) {
  return (
    <>
      <StatePill state={verdict(state)} ofRun /> {run.start_time > 0 && <Took from={run.start_time} to={run.end_time} />}
    </>
  );
}

const KINDS = { task: Box };

interface Props {
  tasks: Task[];
  /** Of a run: how each task stands. */
  runs?: TaskRun[];
  chosen?: string;
  choose?: (taskKey: string) => void;
}

/** The graph of a job's tasks, from left to right. */
export function Dag({ tasks, runs, chosen, choose }: Props) {
  const theme = useComputedColorScheme('light');
  const shape = useMemo(() => layout(tasks), [tasks]);
  const latest = useMemo(() => {
    const found = new Map<string, TaskRun>();
    runs?.forEach((run) => {
      if ((found.get(run.task_key)?.attempt_number ?? -1) < run.attempt_number) found.set(run.task_key, run);
    });
    return found;
  }, [runs]);
  const nodes: TaskNode[] = tasks.map((task) => ({
    id: task.task_key,
    type: 'task',
    position: shape.at.get(task.task_key) ?? { x: 0, y: 0 },
    data: { task, run: latest.get(task.task_key), chosen: task.task_key === chosen },
    ariaLabel: `Task ${task.task_key}`,
  }));
  const edges: Edge[] = tasks.flatMap((task) =>
    (task.depends_on ?? []).map(({ task_key: from }) => ({ id: `${from}>${task.task_key}`, source: from, target: task.task_key })),
  );
  return (
    <div className="dag" style={{ height: Math.min(420, Math.max(120, shape.height + 60)) }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={KINDS}
        colorMode={theme}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        onNodeClick={(_, node) => choose?.(node.id)}
        proOptions={{ hideAttribution: true }}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Background gap={18} size={1} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
