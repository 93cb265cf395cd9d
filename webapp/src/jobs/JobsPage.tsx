import { Button, Tabs } from '@mantine/core';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { Go, useGo } from '../parts/Go';
import { jobsQuery, runPagesQuery, type Job } from '../api/jobs';
import { chunks, lastRunsQuery, type LastRun } from '../api/runViews';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { Empty } from '../parts/Empty';
import { ErrorNote } from '../parts/ErrorNote';
import { Page } from '../parts/Page';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { cronWords } from './cronWords';
import { useRunNow } from './RunNow';
import { RunSquares } from './RunSquares';
import { RunTable } from './RunTable';

export function JobsPage() {
  const [tab, setTab] = useTab('jobs');
  const jobs = useQuery(jobsQuery);
  return (
    <Page
      title="Jobs & runs"
      actions={
        <Button size="xs" component={Link} to="/jobs/new">
          Create job
        </Button>
      }
    >
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="jobs">Jobs</Tabs.Tab>
          <Tabs.Tab value="runs">Runs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="jobs">
          {/* Part of the list may be there without the rest. */}
          {jobs.isError && jobs.data && <ErrorNote error={jobs.error} retry={() => void jobs.refetch()} />}
          <Loaded query={jobs}>{(all) => <JobTable jobs={all} more={jobs.isFetching} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <AllRuns />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function AllRuns() {
  const runs = useInfiniteQuery(runPagesQuery);
  return <Loaded query={runs}>{(all) => <RunTable runs={all} withJob older={runs} />}</Loaded>;
}

/** The last runs of each job: undefined until they are known. */
function useLastRuns(jobs: Job[]): (job: Job) => LastRun[] | undefined {
  // By number, so that a new job or another order asks anew for one part only.
  const parts = chunks(jobs.map((job) => job.job_id).sort((a, b) => a - b));
  const answers = useQueries({ queries: parts.map(lastRunsQuery) });
  const found = new Map(answers.flatMap(({ data = [] }) => data).map(({ job_id, runs }) => [job_id, runs]));
  return (job) => found.get(job.job_id);
}

/** @param more whether the rest of the list is still on its way */
function JobTable({ jobs, more }: { jobs: Job[]; more: boolean }) {
  const go = useGo();
  const runNow = useRunNow();
  const of = useLastRuns(jobs);
  const columns: Column<Job>[] = [
    {
      name: 'Name',
      by: (job) => job.settings.name.toLowerCase(),
      cell: (job) => (
        <Go place={places.job(job.job_id)}>
          {job.settings.name}
        </Go>
      ),
    },
    { name: 'Tasks', right: true, width: 70, by: (job) => job.settings.tasks?.length ?? 0, cell: (job) => job.settings.tasks?.length ?? 0 },
    { name: 'Schedule', cell: (job) => <Schedule job={job} /> },
    { name: 'Tags', cell: (job) => Object.entries(job.settings.tags ?? {}).map(([key, value]) => (value ? `${key}: ${value}` : key)).join(', ') },
    { name: 'Last runs', width: 140, cell: (job) => <RunSquares jobId={job.job_id} runs={of(job)} /> },
    { name: 'Last start', width: 120, by: (job) => of(job)?.[0]?.start_time ?? 0, cell: (job) => <Age at={of(job)?.[0]?.start_time} /> },
    { name: 'Owner', by: (job) => job.creator_user_name, cell: (job) => job.creator_user_name },
    {
      name: 'Actions',
      right: true,
      width: 100,
      cell: (job) => (
        <Button size="compact-xs" variant="default" leftSection={<Play size={11} />} aria-label={`Run ${job.settings.name} now`} onClick={() => runNow(job)}>
          Run now
        </Button>
      ),
    },
  ];
  return (
    <Table
      label="jobs"
      rows={jobs}
      columns={columns}
      id={(job) => job.job_id}
      text={(job) => `${job.settings.name} ${job.job_id} ${job.creator_user_name}`}
      open={(job) => void go(places.job(job.job_id))}
      tools={more && jobs.length >= 25 && <span className="dim" role="status">Loading …</span>}
      empty={
        <Empty title="There are no jobs yet" command="databricks --profile slipway jobs create --json @job.json">
          A job runs notebooks and programs, in an order, on a cluster. <Link to="/jobs/new">Create one</Link>, or in a terminal:
        </Empty>
      }
    />
  );
}

function Schedule({ job }: { job: Job }) {
  const schedule = job.settings.schedule;
  if (!schedule) return <span className="dim">manual</span>;
  const { quartz_cron_expression: cron, timezone_id: zone } = schedule;
  return (
    <span title={`${cron}, ${zone}`}>
      {cronWords(cron) ?? <code>{cron}</code>}
      {schedule.pause_status === 'PAUSED' && ' (paused)'}
    </span>
  );
}
