import { Button, Tabs, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useGo } from '../parts/Go';
import { clustersQuery, type Cluster } from '../api/clusters';
import { keys } from '../api/keys';
import { sessionQuery } from '../api/session';
import { createJob, jobQuery, type JobSettings } from '../api/jobs';
import { places } from '../parts/places';
import { ErrorNote } from '../parts/ErrorNote';
import { closedWhile } from '../parts/JsonText';
import { Page } from '../parts/Page';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { problems } from './checks';
import { FIRST_CLUSTER } from './compute';
import { JobForm } from './JobForm';
import { SettingsJson } from './SettingsJson';
import { TasksEditor } from './TasksEditor';
import { useDraft } from './useDraft';
import { useLeaving } from '../parts/useLeaving';

function first(clusterId: string | undefined, notebook: string | undefined): JobSettings {
  const compute = clusterId ? { existing_cluster_id: clusterId } : { new_cluster: FIRST_CLUSTER };
  return {
    name: 'New job',
    max_concurrent_runs: 1,
    tasks: [{ task_key: 'main', ...compute, notebook_task: { notebook_path: notebook ?? '' } }],
  };
}

const up = (cluster: Cluster) => cluster.state === 'RUNNING';

/** A new job: a copy of another (`?from=`), or one notebook (`?notebook=`) on a cluster that is there. */
export function NewJobPage() {
  const clusters = useQuery(clustersQuery);
  const user = useQuery(sessionQuery).data?.user_name;
  const { notebook, from } = useSearch({ strict: false }) as { notebook?: string; from?: string };
  const source = useQuery({ ...jobQuery(Number(from)), enabled: from !== undefined });
  if (from !== undefined) return <Loaded query={source}>{({ settings }) => <Editor start={copyOf(settings)} />}</Loaded>;
  return (
    <Loaded query={clusters}>
      {(all) => {
        const usual = all.filter((each) => each.cluster_source !== 'JOB');
        const mine = usual.filter((each) => each.creator_user_name === user);
        // Not somebody else's, as long as there is a choice.
        const running = [mine.filter(up)[0], usual.filter(up)[0], mine[0], usual[0]].find((each) => each !== undefined);
        return <Editor start={first(running?.cluster_id, notebook)} />;
      }}
    </Loaded>
  );
}

/** Its schedule is paused: two jobs would do the same at the same time. */
function copyOf(settings: JobSettings): JobSettings {
  const { schedule } = settings;
  return { ...settings, name: `${settings.name} copy`, ...(schedule && { schedule: { ...schedule, pause_status: 'PAUSED' } }) };
}

function Editor({ start }: { start: JobSettings }) {
  const queries = useQueryClient();
  const go = useGo();
  const [tab, setTab] = useUrlState('view', 'tasks');
  const draft = useDraft(start);
  const leaving = useLeaving(draft.changed || draft.broken);
  const found = problems(draft.settings);
  const create = useMutation({
    mutationFn: () => createJob(draft.settings),
    onSuccess: async ({ job_id: id }) => {
      await queries.invalidateQueries({ queryKey: keys.jobs });
      leaving.allow();
      await go(places.job(id));
    },
  });
  return (
    <Page
      title="Create job"
      crumbs={<Link to="/jobs">Jobs & runs</Link>}
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => history.back()}>
            Cancel
          </Button>
          <Button size="xs" disabled={draft.broken || found.length > 0} loading={create.isPending} onClick={() => create.mutate()}>
            Create job
          </Button>
        </>
      }
    >
      {leaving.question}
      {create.isError && <ErrorNote error={create.error} />}
      <TextInput
        label="Name of the job"
        w={360}
        mb="md"
        value={draft.settings.name ?? ''}
        onChange={(event) => draft.set({ ...draft.settings, name: event.currentTarget.value })}
        error={found.find(({ field }) => field === 'name')?.text}
      />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'tasks')}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tasks" {...closedWhile(draft.broken)}>
            Tasks
          </Tabs.Tab>
          <Tabs.Tab value="job" {...closedWhile(draft.broken)}>
            Job settings
          </Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tasks">
          <TasksEditor draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="job">
          <JobForm settings={draft.settings} unnamed set={draft.set} problems={found} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <SettingsJson draft={draft} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
