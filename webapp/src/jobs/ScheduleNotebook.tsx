import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '../parts/Go';
import { createJob, jobsQuery } from '../api/jobs';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { ErrorNote } from '../parts/ErrorNote';
import { nameOf } from '../parts/paths';
import { FIRST_CLUSTER, type Compute } from './compute';
import { ComputeChoice } from './ComputeChoice';
import { Pairs } from './Pairs';
import { FIRST_SCHEDULE, ScheduleForm } from './ScheduleForm';
import { ScheduleWords } from './SchedulePanel';

interface Props {
  path: string;
  /** The one that the notebook is attached to. */
  clusterId?: string;
  opened: boolean;
  close: () => void;
}

/** Makes a job that runs one notebook by a schedule; shows the jobs that run it already. */
export function ScheduleNotebook({ path, clusterId, opened, close }: Props) {
  return (
    <Modal opened={opened} onClose={close} title={`Schedule ${nameOf(path)}`} size={600}>
      <JobsOf path={path} />
      <NewJob path={path} clusterId={clusterId} close={close} />
    </Modal>
  );
}

function JobsOf({ path }: { path: string }) {
  const jobs = useQuery(jobsQuery).data ?? [];
  const running = jobs.filter((job) => job.settings.tasks?.some((task) => task.notebook_task?.notebook_path === path));
  if (running.length === 0) return null;
  return (
    <section className="jobs-of">
      <h2>Jobs that run it</h2>
      <ul>
        {running.map((job) => (
          <li key={job.job_id}>
            <Go place={places.job(job.job_id)}>{job.settings.name}</Go>
            {job.settings.schedule ? <ScheduleWords schedule={job.settings.schedule} /> : <p className="dim">without a schedule</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewJob({ path, clusterId, close }: Omit<Props, 'opened'>) {
  const queries = useQueryClient();
  const [name, setName] = useState(nameOf(path));
  const [schedule, setSchedule] = useState(FIRST_SCHEDULE);
  const [compute, setCompute] = useState<Compute>(clusterId ? { existing_cluster_id: clusterId } : { new_cluster: FIRST_CLUSTER });
  const [parameters, setParameters] = useState<Record<string, string>>({});
  const create = useMutation({
    mutationFn: () =>
      createJob({
        name: name.trim(),
        max_concurrent_runs: 1,
        schedule,
        tasks: [{ task_key: taskKey(path), ...compute, notebook_task: { notebook_path: path, base_parameters: parameters } }],
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.jobs }),
  });
  if (create.data) return <Done name={name} jobId={create.data.job_id} close={close} />;
  const incomplete = name.trim() === '' || compute.existing_cluster_id === '';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <TextInput label="Name of the job" value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <ScheduleForm schedule={schedule} set={setSchedule} />
      <div>
        <h2>Runs on</h2>
        <ComputeChoice compute={compute} set={setCompute} />
      </div>
      <Pairs label="Parameters" hint="What dbutils.widgets.get gives in the notebook." noun="parameter" start={parameters} set={setParameters} />
      {create.isError && <ErrorNote error={create.error} />}
      <Group justify="flex-end">
        <Button size="xs" variant="default" onClick={close}>
          Cancel
        </Button>
        <Button size="xs" type="submit" loading={create.isPending} disabled={incomplete}>
          Create job
        </Button>
      </Group>
    </form>
  );
}

function Done({ name, jobId, close }: { name: string; jobId: number; close: () => void }) {
  return (
    <div role="status">
      <p>
        The job <Go place={places.job(jobId)}>{name}</Go> runs the notebook by this schedule. Its page shows the runs, and changes or pauses the schedule.
      </p>
      <Group justify="flex-end">
        <Button size="xs" onClick={close}>
          Close
        </Button>
      </Group>
    </div>
  );
}

/** What the Jobs API takes as the name of a task. */
const taskKey = (path: string) => nameOf(path).replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 100) || 'notebook';
