import '@xyflow/react/dist/base.css';
import './dag.css';
import { Background, Controls, Handle, Position, ReactFlow, useReactFlow, type Connection, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { memo, useEffect, useMemo } from 'react';
import type { RunState, Task, TaskRun } from '../api/jobs';
import { verdict } from '../api/jobs';
import { Took } from '../parts/Age';
import { StatePill, tone } from '../parts/StatePill';
import { DependencyEdge } from './DependencyEdge';
import { HEIGHT, layout, WIDTH } from './layout';
import { workOf } from './tasks';

type TaskNode = Node<{ task: Task; run?: TaskRun; chosen: boolean; wrong: boolean; editable: boolean; choose?: (taskKey: string) => void }, 'task'>;

const Box = memo(({ data: { task, run, chosen, wrong, editable, choose } }: NodeProps<TaskNode>) => (
  <div className={`dag-task ${run ? tone(verdict(run.state), true) : ''} ${chosen ? 'chosen' : ''} ${wrong ? 'wrong' : ''}`} style={{ width: WIDTH, height: HEIGHT }}>
    <Handle type="target" position={Position.Left} isConnectable={editable} />
    <button type="button" aria-pressed={chosen} aria-label={`Task ${task.task_key}${wrong ? ', incomplete' : ''}`} onClick={() => choose?.(task.task_key)}>
      <strong>{task.task_key}</strong>
      <small>{run ? <Progress state={run.state} run={run} /> : workOf(task).kind}</small>
    </button>
    <Handle type="source" position={Position.Right} isConnectable={editable} />
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
const EDGES = { dependency: DependencyEdge };

export interface Edits {
  connect: (from: string, to: string) => void;
  disconnect: (from: string, to: string) => void;
  mayConnect: (from: string, to: string) => boolean;
}

interface Props {
  tasks: Task[];
  /** Of a run: how each task stands. */
  runs?: TaskRun[];
  chosen?: string;
  choose?: (taskKey: string) => void;
  /** Present where dependencies can be drawn. */
  edits?: Edits;
  /** Tasks with something wrong. */
  wrong?: Set<string>;
}

/** The graph of a job's tasks, from left to right. */
export function Dag({ tasks, runs, chosen, choose, edits, wrong }: Props) {
  const theme = useComputedColorScheme('light');
  const shape = useMemo(() => layout(tasks), [tasks]);
  const latest = useMemo(() => {
    const found = new Map<string, TaskRun>();
    runs?.forEach((run) => {
      if ((found.get(run.task_key)?.attempt_number ?? -1) < run.attempt_number) found.set(run.task_key, run);
    });
    return found;
  }, [runs]);
  const editable = edits !== undefined;
  const nodes: TaskNode[] = tasks.map((task) => ({
    id: task.task_key,
    type: 'task',
    position: shape.at.get(task.task_key) ?? { x: 0, y: 0 },
    data: { task, run: latest.get(task.task_key), chosen: task.task_key === chosen, wrong: wrong?.has(task.task_key) ?? false, editable, choose },
  }));
  const edges: Edge[] = tasks.flatMap((task) =>
    (task.depends_on ?? []).map(({ task_key: from }) => ({
      id: `${from}>${task.task_key}`,
      source: from,
      target: task.task_key,
      ...(edits && { type: 'dependency', data: { remove: () => edits.disconnect(from, task.task_key) } }),
    })),
  );
  const height = editable ? Math.max(260, shape.height + 80) : Math.max(120, shape.height + 60);
  return (
    <div className={editable ? 'dag editable' : 'dag'} style={{ height: Math.min(420, height) }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={KINDS}
        edgeTypes={EDGES}
        colorMode={theme}
        fitView
        fitViewOptions={FIT}
        minZoom={0.2}
        nodesDraggable={false}
        nodesFocusable={false}
        nodesConnectable={editable}
        edgesFocusable={false}
        deleteKeyCode={null}
        connectionRadius={40}
        isValidConnection={({ source, target }: Connection | Edge) => edits?.mayConnect(source, target) ?? false}
        onConnect={({ source, target }) => edits?.connect(source, target)}
        proOptions={{ hideAttribution: true }}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Background gap={18} size={1} />
        <Controls showInteractive={false} />
        <Fitted to={`${shape.width} ${shape.height}`} />
      </ReactFlow>
    </div>
  );
}

const FIT = { maxZoom: 1, padding: 0.12 };

/** Shows all of the graph again when its size has changed. */
function Fitted({ to }: { to: string }) {
  const { fitView } = useReactFlow();
  useEffect(() => {
    void fitView(FIT);
  }, [to, fitView]);
  return null;
}
