import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useGo } from '../app/Go';
import { clustersQuery } from '../api/clusters';
import { keys } from '../api/keys';
import { createJob, type JobSettings } from '../api/jobs';
import { places } from '../app/places';
import { ErrorNote } from '../parts/ErrorNote';
import { JsonText } from '../parts/JsonText';
import { Page } from '../parts/Page';
import { Loaded } from '../parts/Waiting';

function first(clusterId: string | undefined, notebook: string | undefined): JobSettings {
  const compute = clusterId
    ? { existing_cluster_id: clusterId }
    : { new_cluster: { spark_version: '18.2.x-scala2.13', node_type_id: 'm5.large', num_workers: 0 } };
  return {
    name: 'my job',
    max_concurrent_runs: 1,
    tasks: [{ task_key: 'main', ...compute, notebook_task: { notebook_path: notebook ?? '/Shared/my-notebook' } }],
  };
}

/** A job as JSON, beginning with one notebook (`?notebook=`) on a cluster that is there. */
export function NewJobPage() {
  const clusters = useQuery(clustersQuery);
  const { notebook } = useSearch({ strict: false }) as { notebook?: string };
  return (
    <Loaded query={clusters}>
      {(all) => {
        const running = all.find((each) => each.state === 'RUNNING') ?? all.find((each) => each.cluster_source !== 'JOB');
        return <Editor start={first(running?.cluster_id, notebook)} />;
      }}
    </Loaded>
  );
}

function Editor({ start }: { start: JobSettings }) {
  const queries = useQueryClient();
  const go = useGo();
  const [settings, setSettings] = useState(start);
  const [broken, setBroken] = useState(false);
  const create = useMutation({
    mutationFn: () => createJob(settings),
    onSuccess: async ({ job_id: id }) => {
      await queries.invalidateQueries({ queryKey: keys.jobs });
      await go(places.job(id));
    },
  });
  return (
    <Page
      title="Create job"
      crumbs={<Link to="/jobs">Jobs & runs</Link>}
      actions={
        <Button size="xs" disabled={broken} loading={create.isPending} onClick={() => create.mutate()}>
          Create job
        </Button>
      }
    >
      {create.isError && <ErrorNote error={create.error} />}
      <p className="dim">
        What the Jobs API takes: tasks have a <code>notebook_task</code>, <code>spark_python_task</code>, <code>spark_jar_task</code> or <code>python_wheel_task</code>, wait for others by{' '}
        <code>depends_on</code>, and run on an <code>existing_cluster_id</code>, a <code>new_cluster</code> or a shared <code>job_cluster_key</code>.
      </p>
      <JsonText label="Settings of the job" value={start} set={setSettings} setBroken={setBroken} />
    </Page>
  );
}
