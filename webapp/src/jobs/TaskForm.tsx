import { Button, Checkbox, MultiSelect, NumberInput, Select, Textarea } from '@mantine/core';
import type { JobSettings, Task } from '../api/jobs';
import type { Problem } from './checks';
import { withCompute } from './compute';
import { ComputeChoice } from './ComputeChoice';
import { connected, disconnected, mayConnect, renamed, without } from './graph';
import { addCluster } from './jobClusters';
import { KeyInput } from './KeyInput';
import { Libraries } from './Libraries';
import { WorkFields } from './WorkFields';

const RUN_IF = [
  { value: 'ALL_SUCCESS', label: 'all of them succeeded' },
  { value: 'ALL_DONE', label: 'all of them are done' },
  { value: 'NONE_FAILED', label: 'none of them failed' },
  { value: 'AT_LEAST_ONE_SUCCESS', label: 'at least one succeeded' },
  { value: 'ALL_FAILED', label: 'all of them failed' },
  { value: 'AT_LEAST_ONE_FAILED', label: 'at least one failed' },
];

interface Props {
  settings: JobSettings;
  set: (settings: JobSettings) => void;
  /** Place of the task in the list. */
  index: number;
  problems: Problem[];
  removed: () => void;
}

/** Everything about one task. */
export function TaskForm({ settings, set, index, problems, removed }: Props) {
  const tasks = settings.tasks ?? [];
  const task = tasks[index];
  if (!task) return null;
  const key = task.task_key;
  const error = (field: string) => problems.find((problem) => problem.task === index && problem.field === field)?.text;
  const setTasks = (next: Task[]) => set({ ...settings, tasks: next });
  const setTask = (next: Task) => setTasks(tasks.map((old, at) => (at === index ? next : old)));
  const addShared = () => {
    const { settings: next, key: made } = addCluster(settings);
    set({ ...next, tasks: tasks.map((old, at) => (at === index ? withCompute(task, { job_cluster_key: made }) : old)) });
  };
  return (
    <div className="form task-form" role="group" aria-label={`Task ${key}`}>
      <KeyInput label="Task name" value={key} others={tasks.filter((other) => other !== task).map((other) => other.task_key)} noun="task" set={(next) => setTasks(renamed(tasks, key, next))} />
      <WorkFields task={task} set={setTask} error={error} />
      <div>
        <h2>Runs on</h2>
        <ComputeChoice
          compute={task}
          set={(compute) => setTask(withCompute(task, compute))}
          shared={(settings.job_clusters ?? []).map((each) => each.job_cluster_key)}
          addShared={addShared}
          error={error('compute')}
        />
      </div>
      <DependsOn tasks={tasks} task={task} setTasks={setTasks} error={error('depends_on')} />
      {(task.depends_on ?? []).length > 0 && (
        <Select
          label="Run if"
          data={RUN_IF}
          value={task.run_if ?? 'ALL_SUCCESS'}
          onChange={(value) => setTask({ ...task, run_if: value ?? undefined })}
          allowDeselect={false}
        />
      )}
      <Libraries
        libraries={task.libraries ?? []}
        set={(libraries) => setTask({ ...task, libraries: libraries.length > 0 ? libraries : undefined })}
        error={(at) => error(`libraries.${at}`)}
      />
      <Limits task={task} set={setTask} />
      <Textarea label="Description" size="xs" autosize minRows={1} maxRows={4} value={task.description ?? ''} onChange={(event) => setTask({ ...task, description: event.currentTarget.value || undefined })} />
      <div>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setTasks(without(tasks, key));
            removed();
          }}
        >
          Delete task {key}
        </Button>
      </div>
    </div>
  );
}

interface DependsOnProps {
  tasks: Task[];
  task: Task;
  setTasks: (tasks: Task[]) => void;
  error: string | undefined;
}

/** The same as drawing lines in the graph. */
function DependsOn({ tasks, task, setTasks, error }: DependsOnProps) {
  const key = task.task_key;
  // Two of a name are told as a problem; a list of choices cannot have them.
  const now = [...new Set((task.depends_on ?? []).map((each) => each.task_key))];
  if (tasks.length < 2 && now.length === 0) return null;
  const others = [...new Set(tasks.filter((other) => other !== task).map((other) => other.task_key))];
  const data = others.map((other) => ({ value: other, label: other, disabled: !now.includes(other) && !mayConnect(tasks, other, key) }));
  const change = (next: string[]) => {
    const gone = now.filter((each) => !next.includes(each)).reduce((all, each) => disconnected(all, each, key), tasks);
    setTasks(next.filter((each) => !now.includes(each)).reduce((all, each) => connected(all, each, key), gone));
  };
  return (
    <MultiSelect
      label="Depends on"
      size="xs"
      placeholder={now.length === 0 ? 'nothing: it starts at once' : undefined}
      data={[...data, ...now.filter((each) => !data.some(({ value }) => value === each)).map((each) => ({ value: each, label: `${each} (gone)`, disabled: false }))]}
      value={now}
      onChange={change}
      error={error}
      searchable
      comboboxProps={{ shadow: 'sm' }}
    />
  );
}

const whole = (value: string | number) => (typeof value === 'number' ? value : 0);

function Limits({ task, set }: { task: Task; set: (task: Task) => void }) {
  const retries = task.max_retries ?? 0;
  return (
    <>
      <div className="pair">
        <NumberInput label="Timeout, seconds" min={0} value={task.timeout_seconds || ''} placeholder="none" onChange={(value) => set({ ...task, timeout_seconds: whole(value) || undefined })} />
        <NumberInput label="Retries" description={retries < 0 ? '-1: until it succeeds' : undefined} min={-1} value={retries} onChange={(value) => set({ ...task, max_retries: whole(value) })} />
      </div>
      {retries !== 0 && (
        <div className="pair">
          <NumberInput
            label="Wait between retries, seconds"
            min={0}
            value={(task.min_retry_interval_millis ?? 0) / 1000}
            onChange={(value) => set({ ...task, min_retry_interval_millis: Math.round(whole(value) * 1000) })}
          />
          <Checkbox
            size="xs"
            className="beside"
            label="Retry on timeout"
            checked={task.retry_on_timeout ?? false}
            onChange={(event) => set({ ...task, retry_on_timeout: event.currentTarget.checked })}
          />
        </div>
      )}
    </>
  );
}
