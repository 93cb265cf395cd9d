import { Button, Menu, Tabs } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { deleteJob, jobQuery, runPagesOfJobQuery, type Job } from '../api/jobs';
import { useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { closedWhile } from '../parts/JsonText';
import { Page } from '../parts/Page';
import { ShareButton } from '../parts/Share';
import { Snippets } from '../parts/Snippets';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { problems } from './checks';
import { DurationChart } from './DurationChart';
import { JobForm } from './JobForm';
import { RunMatrix } from './RunMatrix';
import { RunWithParameters, useRunNow } from './RunNow';
import { RunTable } from './RunTable';
import { SaveBar } from './SaveBar';
import { SchedulePanel } from './SchedulePanel';
import { SettingsJson } from './SettingsJson';
import { TasksEditor } from './TasksEditor';
import { useDraft } from './useDraft';
import { useLeaving } from '../parts/useLeaving';

export function JobPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const job = useQuery(jobQuery(Number(id)));
  return <Loaded query={job}>{(found) => <Details job={found} />}</Loaded>;
}

function Details({ job }: { job: Job }) {
  const [tab, setTab] = useTab('runs');
  const runs = useInfiniteQuery(runPagesOfJobQuery(job.job_id));
  const draft = useDraft(job.settings);
  const leaving = useLeaving(draft.changed || draft.broken);
  const tasks = job.settings.tasks ?? [];
  return (
    <Page
      title={job.settings.name}
      crumbs={
        <>
          <Link to="/jobs">Jobs & runs</Link> / <Id value={job.job_id} />
        </>
      }
      actions={<Actions job={job} />}
    >
      <p className="dim">
        {tasks.length === 1 ? 'One task' : `${tasks.length} tasks`}, owned by {job.creator_user_name}
      </p>
      {job.settings.description && <p>{job.settings.description}</p>}
      <SchedulePanel job={job} />
      {leaving.question}
      <SaveBar job={job} draft={draft} />
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="md">
          <Tabs.Tab value="runs" {...closedWhile(draft.broken)}>
            Runs
          </Tabs.Tab>
          <Tabs.Tab value="tasks" {...closedWhile(draft.broken)}>
            Tasks
          </Tabs.Tab>
          <Tabs.Tab value="job" {...closedWhile(draft.broken)}>
            Job settings
          </Tabs.Tab>
          <Tabs.Tab value="settings">Settings as JSON</Tabs.Tab>
          <Tabs.Tab value="copy" {...closedWhile(draft.broken)}>
            Copy as ...
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="runs">
          <Loaded query={runs}>
            {(all) => (
              <>
                <div className="history">
                  <RunMatrix runs={all} />
                  <DurationChart runs={all} />
                </div>
                <RunTable runs={all} older={runs} />
              </>
            )}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="tasks">
          <TasksEditor draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="job">
          <JobForm key={draft.revision} settings={draft.settings} set={draft.set} problems={problems(draft.settings)} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsJson draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="copy">
          <Snippets items={snippets(job)} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function snippets(job: Job): [string, string][] {
  const settings = JSON.stringify(job.settings, null, 2).replaceAll("'", "'\\''");
  return [
    ['Run it, Databricks CLI', `databricks --profile slipway jobs run-now --job-id ${job.job_id}`],
    ['Run it, curl', `curl -X POST ${location.origin}/api/2.1/jobs/run-now -H "Authorization: Bearer $TOKEN" -d '{"job_id": ${job.job_id}}'`],
    ['Make one like it', `databricks --profile slipway jobs create --json '${settings}'`],
  ];
}

function Actions({ job }: { job: Job }) {
  const [asking, setAsking] = useState(false);
  const runNow = useRunNow();
  const go = useGo();
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const remove = () =>
    ask({
      title: `Delete the job ${job.settings.name}?`,
      body: <p>Runs in progress go on, and its runs can still be looked at.</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deleteJob(job.job_id);
        await go(places.jobs());
        await queries.invalidateQueries({ queryKey: keys.jobs });
      },
    });
  return (
    <>
      <ShareButton thing={{ type: 'jobs', id: String(job.job_id) }} name={job.settings.name} />
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        Run with parameters
      </Button>
      <Button size="xs" onClick={() => runNow(job)}>
        Run now
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" aria-label="More actions">
            <ChevronDown size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void go(places.copyOfJob(job.job_id))}>Make a copy</Menu.Item>
          <Menu.Item c="var(--sw-failed)" onClick={remove}>
            Delete job
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <RunWithParameters job={job} close={() => setAsking(false)} />}
    </>
  );
}
