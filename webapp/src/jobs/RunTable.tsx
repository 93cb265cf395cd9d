import './runs.css';
import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Go, useGo } from '../parts/Go';
import { verdict, type Run } from '../api/jobs';
import { places } from '../parts/places';
import { Age, Took } from '../parts/Age';
import { Empty } from '../parts/Empty';
import { StatePill, words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { useCauses } from './useCauses';

const START: Column<Run> = {
  name: 'Started',
  width: 130,
  by: (run) => run.start_time,
  cell: (run) => (
    <Go place={places.run(run.job_id, run.run_id)}>
      <Age at={run.start_time} />
    </Go>
  ),
};

const NAME: Column<Run> = {
  name: 'Job',
  by: (run) => run.run_name.toLowerCase(),
  cell: (run) =>
    run.job_id ? (
      <Go place={places.job(run.job_id)}>
        {run.run_name}
      </Go>
    ) : (
      run.run_name
    ),
};

const rest = (causes: ReturnType<typeof useCauses>): Column<Run>[] => [
  { name: 'Result', width: 170, by: (run) => verdict(run.state), cell: (run) => <StatePill state={verdict(run.state)} ofRun note={said(run, causes)} /> },
  { name: 'Took', width: 110, right: true, by: (run) => (run.end_time || Date.now()) - run.start_time, cell: (run) => <Took from={run.start_time} to={run.end_time} /> },
  { name: 'Started by', cell: (run) => (run.trigger === 'PERIODIC' ? 'schedule' : run.creator_user_name) },
  { name: 'Kind', width: 110, cell: (run) => (run.run_type === 'SUBMIT_RUN' ? 'one-time run' : words(run.run_type)) },
  {
    name: 'Message',
    cell: (run) => (
      <span className="dim clip" title={said(run, causes)}>
        {said(run, causes)}
      </span>
    ),
  },
];

/** What went wrong, in the words of the task that failed. */
function said(run: Run, causes: ReturnType<typeof useCauses>): string {
  const cause = causes.get(run.run_id);
  if (cause) return `${cause.task}: ${cause.text}`;
  // The pill has said so.
  return verdict(run.state) === 'CANCELED' ? '' : (run.state.state_message ?? '');
}

interface Props {
  runs: Run[];
  withJob?: boolean;
  /** Where older ones come from. */
  older: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

export function RunTable({ runs, withJob = false, older }: Props) {
  const go = useGo();
  const causes = useCauses(runs);
  return (
    <>
      <Table
        label="runs"
        rows={runs}
        columns={withJob ? [START, NAME, ...rest(causes)] : [START, ...rest(causes)]}
        id={(run) => run.run_id}
        text={(run) => `${run.run_name} ${run.run_id} ${verdict(run.state)} ${run.creator_user_name}`}
        open={(run) => void go(places.run(run.job_id, run.run_id))}
        empty={<Empty title="Nothing has run yet">Runs appear here as soon as a job is started.</Empty>}
      />
      {older.hasNextPage && (
        <p className="older">
          <Button size="compact-xs" variant="default" loading={older.isFetchingNextPage} onClick={() => void older.fetchNextPage()}>
            Show older runs
          </Button>{' '}
          <span className="dim">The newest {runs.length} are shown.</span>
        </p>
      )}
    </>
  );
}
