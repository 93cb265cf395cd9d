import './jobs.css';
import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Task } from '../api/jobs';
import { Waiting } from '../parts/Waiting';
import { problems } from './checks';
import { FIRST_CLUSTER, withCompute } from './compute';
import { connected, disconnected, freeKey, mayConnect } from './graph';
import { TaskForm } from './TaskForm';
import type { Draft } from './useDraft';

const Dag = lazy(() => import('./Dag').then((module) => ({ default: module.Dag })));

/** The graph of a job's tasks, and the form of the one that is chosen beside it. */
export function TasksEditor({ draft }: { draft: Draft }) {
  const { settings, set } = draft;
  const tasks = settings.tasks ?? [];
  // By place, not by name: the name may be what is being changed.
  const [chosen, setChosen] = useState(tasks.length === 1 ? 0 : -1);
  // Who has not begun yet is not told what is missing.
  const found = draft.changed ? problems(settings) : [];
  const wrong = new Set(found.flatMap((problem) => (problem.task === undefined ? [] : [tasks[problem.task]?.task_key ?? ''])));
  const task = tasks[chosen];
  const setTasks = (next: Task[]) => set({ ...settings, tasks: next });
  function add() {
    setTasks([...tasks, fresh(tasks, task)]);
    setChosen(tasks.length);
  }
  return (
    <div className="tasks-editor">
      <div className="tasks-graph">
        {tasks.length > 0 && (
          <Suspense fallback={<Waiting />}>
            <Dag
              tasks={tasks}
              chosen={task?.task_key}
              choose={(key) => setChosen(tasks.findIndex((each) => each.task_key === key))}
              edits={{
                connect: (from, to) => setTasks(connected(tasks, from, to)),
                disconnect: (from, to) => setTasks(disconnected(tasks, from, to)),
                mayConnect: (from, to) => mayConnect(tasks, from, to),
              }}
              wrong={wrong}
            />
          </Suspense>
        )}
        <div className="tools">
          <Button size="xs" variant="default" leftSection={<Plus size={13} />} onClick={add}>
            {task ? `Add task after ${task.task_key}` : 'Add task'}
          </Button>
          {tasks.length > 1 && <span className="dim">To add a dependency, drag from the right dot of a task to the left dot of the one that waits for it.</span>}
        </div>
        {found.length > 0 && (
          <ul className="problems" aria-label="What is missing">
            {found.map(({ task: at, field, text }) => (
              <li key={`${at} ${field}`}>
                {at !== undefined && (
                  <button type="button" onClick={() => setChosen(at)}>
                    {tasks[at]?.task_key || `task ${at + 1}`}
                  </button>
                )}
                {at !== undefined && ': '}
                {text}
              </li>
            ))}
          </ul>
        )}
      </div>
      {task ? (
        <TaskForm key={`${draft.revision} ${chosen}`} settings={settings} set={set} index={chosen} problems={found} removed={() => setChosen(-1)} />
      ) : (
        tasks.length > 0 && <p className="dim">Choose a task to see and change what it does.</p>
      )}
    </div>
  );
}

/** A task like the one it comes after: on the same cluster, waiting for it. */
function fresh(tasks: Task[], after: Task | undefined): Task {
  const like = after ?? tasks.at(-1);
  const { existing_cluster_id, job_cluster_key, new_cluster } = like ?? { new_cluster: FIRST_CLUSTER };
  const task: Task = {
    task_key: freeKey(tasks.map((each) => each.task_key), 'task'),
    notebook_task: { notebook_path: '' },
    ...(after && { depends_on: [{ task_key: after.task_key }] }),
  };
  if (existing_cluster_id !== undefined) return withCompute(task, { existing_cluster_id });
  return withCompute(task, job_cluster_key !== undefined ? { job_cluster_key } : { new_cluster });
}
