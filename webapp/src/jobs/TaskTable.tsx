import { Go } from '../app/Go';
import type { Task } from '../api/jobs';
import { places } from '../app/places';
import { Table, type Column } from '../parts/Table';
import { computeOf, workOf } from './tasks';

const COLUMNS: Column<Task>[] = [
  { name: 'Task', by: (task) => task.task_key, cell: (task) => task.task_key },
  { name: 'Kind', width: 110, by: (task) => workOf(task).kind, cell: (task) => workOf(task).kind },
  { name: 'What', cell: (task) => <Work task={task} /> },
  { name: 'After', cell: (task) => (task.depends_on ?? []).map((each) => each.task_key).join(', ') },
  { name: 'Runs on', cell: (task) => <Compute task={task} /> },
];

function Work({ task }: { task: Task }) {
  const { what, notebook } = workOf(task);
  return notebook ? <Go place={places.notebook(notebook)}>{what}</Go> : <code>{what}</code>;
}

function Compute({ task }: { task: Task }) {
  const id = task.existing_cluster_id;
  return id ? <Go place={places.cluster(id)}>{id}</Go> : computeOf(task);
}

export function TaskTable({ tasks }: { tasks: Task[] }) {
  return <Table label="tasks" rows={tasks} columns={COLUMNS} id={(task) => task.task_key} />;
}
