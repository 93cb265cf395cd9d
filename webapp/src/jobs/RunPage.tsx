import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Go, useGo } from '../parts/Go';
import { keys } from '../api/keys';
import { cancelRun, ended, jobQuery, runNow, runQuery, runsOfJobQuery, verdict, type Run, type TaskRun } from '../api/jobs';
import { places } from '../parts/places';
import { Age, Took } from '../parts/Age';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { StatePill } from '../parts/StatePill';
import { useUrlState } from '../parts/urlState';
import { Loaded, Waiting } from '../parts/Waiting';
import { again, latest, previous } from './compare';
import { TaskOutput } from './TaskOutput';
import { Timeline } from './Timeline';
import { useCauses } from './useCauses';

const CompareRuns = lazy(() => import('./CompareRuns').then((module) => ({ default: module.CompareRuns })));
const Dag = lazy(() => import('./Dag').then((module) => ({ default: module.Dag })));

/** A run of a job, or one that belongs to no job (`/jobs/0/runs/...`). */
export function RunPage() {
  const { runId } = useParams({ strict: false }) as { runId: string };
  const run = useQuery(runQuery(Number(runId)));
  return <Loaded query={run}>{(found) => <Details run={found} />}</Loaded>;
}

/** Where people look first: what failed first, else what runs, else what was canceled at work, else the last one. */
const interesting = (tasks: TaskRun[], culprit: string | undefined) =>
  tasks.find((task) => task.task_key === culprit) ??
  tasks.find((task) => task.state.result_state === 'FAILED') ??
  tasks.find((task) => task.state.life_cycle_state === 'RUNNING') ??
  tasks.find((task) => task.state.result_state === 'CANCELED' && task.start_time > 0) ??
  tasks.at(-1);

function Details({ run }: { run: Run }) {
  // The id of a task's run shows its run as seen from that task.
  const [wanted, choose] = useUrlState('task', typeof run.task_key === 'string' ? run.task_key : '');
  const [other, compare] = useUrlState('compare', '');
  const tasks = latest(run.tasks ?? []);
  const cause = useCauses([run]).get(run.run_id);
  const task = tasks.find((each) => each.task_key === wanted) ?? interesting(tasks, cause?.task);
  const message = cause || run.state.result_state === 'CANCELED' ? '' : run.state.state_message;
  return (
    <Page
      title={run.run_name}
      tab={`Run of ${run.run_name}`}
      state={<StatePill state={verdict(run.state)} ofRun />}
      crumbs={<Crumbs run={run} />}
      actions={<Actions run={run} compare={compare} />}
    >
      <p className="dim">
        Started <Age at={run.start_time} /> by {run.trigger === 'PERIODIC' ? 'its schedule' : run.creator_user_name}, {ended(run) ? 'took' : 'for'}{' '}
        <Took from={run.start_time} to={run.end_time} />
        {message && `. ${message}`}
      </p>
      {cause && (
        <p className="run-cause">
          {tasks.length > 1 && (
            <button type="button" onClick={() => choose(cause.task)}>
              {cause.task}
            </button>
          )}
          {tasks.length > 1 && ': '}
          {cause.text}
        </p>
      )}
      {other ? (
        <Suspense fallback={<Waiting />}>
          <CompareRuns run={run} otherId={Number(other)} choose={compare} />
        </Suspense>
      ) : (
        <>
          {tasks.length > 0 && (
            <Suspense fallback={<Waiting />}>
              <Dag tasks={tasks} runs={run.tasks} chosen={task?.task_key} choose={choose} />
            </Suspense>
          )}
          <Timeline run={run} chosen={task?.task_key} choose={choose} />
          {task && <TaskOutput key={task.task_key} attempts={(run.tasks ?? []).filter((each) => each.task_key === task.task_key)} />}
          <Parameters run={run} />
        </>
      )}
    </Page>
  );
}

function Crumbs({ run }: { run: Run }) {
  const job = useQuery({ ...jobQuery(run.job_id ?? 0), enabled: run.job_id !== undefined, retry: false });
  return (
    <>
      <Link to="/jobs">Jobs & runs</Link>
      {job.data && (
        <>
          {' / '}
          <Go place={places.job(job.data.job_id)}>
            {job.data.settings.name}
          </Go>
        </>
      )}
      {' / '}
      <Id value={run.run_id} />
    </>
  );
}

function Parameters({ run }: { run: Run }) {
  const all = run.job_parameters ?? [];
  if (all.length === 0) return null;
  return (
    <section>
      <h2>Parameters</h2>
      <dl className="facts">
        {all.map(({ name, value }) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Actions({ run, compare }: { run: Run; compare: (runId: string) => void }) {
  const queries = useQueryClient();
  const go = useGo();
  const { fail } = useDialogs();
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.run_id),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.runs }),
    onError: fail,
  });
  const repeat = useMutation({
    mutationFn: async (jobId: number) => ({ jobId, runId: (await runNow(jobId, again(run))).run_id }),
    onSuccess: async ({ jobId, runId }) => {
      await queries.invalidateQueries({ queryKey: keys.runs });
      await go(places.run(jobId, runId));
    },
    onError: fail,
  });
  const jobId = run.job_id;
  const runs = useQuery({ ...runsOfJobQuery(jobId ?? 0), enabled: jobId !== undefined }).data ?? [];
  const before = previous(runs, run);
  if (!ended(run)) {
    return (
      <Button size="xs" color="red.9" loading={cancel.isPending} disabled={run.state.life_cycle_state === 'TERMINATING'} onClick={() => cancel.mutate()}>
        Cancel run
      </Button>
    );
  }
  if (jobId === undefined) return null;
  return (
    <>
      {before && (
        <Button size="xs" variant="default" onClick={() => compare(String(before.run_id))}>
          Compare with an earlier run
        </Button>
      )}
      <Button size="xs" variant="default" title="All its tasks, with the same parameters" loading={repeat.isPending} onClick={() => repeat.mutate(jobId)}>
        Run again
      </Button>
    </>
  );
}
