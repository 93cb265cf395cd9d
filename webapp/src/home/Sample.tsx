import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '../parts/Go';
import type { Job } from '../api/jobs';
import { keys } from '../api/keys';
import { folderQuery } from '../api/tree';
import { places } from '../parts/places';
import { useRunNow } from '../jobs/RunNow';
import { ErrorNote } from '../parts/ErrorNote';

const PARENT = '/Shared/examples';
const FOLDER = `${PARENT}/flights`;

/** The quickstart's example, or how to get it. */
export function Sample({ jobs }: { jobs: Job[] }) {
  // Folders are listed, not asked for: the browser reports an absent one as an error.
  const shared = useQuery(folderQuery('/Shared'));
  const some = shared.data?.some(({ path }) => path === PARENT) ?? false;
  const examples = useQuery({ ...folderQuery(PARENT), enabled: some });
  const job = jobs.find((each) => each.settings.name === 'flights');
  if (!shared.data || (some && !examples.data)) return null;
  const there = some && examples.data?.some(({ path }) => path === FOLDER);
  return (
    <section className="sample">
      <h2>Getting started</h2>
      {there && job ? <There job={job} /> : <Add job={job} />}
    </section>
  );
}

function There({ job }: { job: Job }) {
  const runNow = useRunNow();
  return (
    <>
      <p>
        The example reads three months of US flights, cleans them and writes a report as Delta tables: <Go place={places.folder(FOLDER)}>its notebooks</Go>,{' '}
        <Go place={places.job(job.job_id)}>its job</Go>, and once that has run, <Go place={places.catalog('main', 'flights')}>its tables</Go>.
      </p>
      <Button size="xs" variant="default" onClick={() => runNow(job)}>
        Run the example
      </Button>
    </>
  );
}

function Add({ job }: { job: Job | undefined }) {
  const queries = useQueryClient();
  const [step, setStep] = useState('');
  const add = useMutation({
    mutationFn: async () => (await import('./example')).addExample(job?.job_id, setStep),
    onSuccess: () => Promise.all([keys.tree, keys.jobs, keys.clusters].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  return (
    <>
      <p>
        An example with real flight data: two notebooks, a job of three tasks, seven tables. Adding it imports the notebooks, uploads 2 MB of data and creates a cluster of one node and
        the job. In a terminal, <code>./slipway quickstart</code> does the same and runs it. Or <Link to="/compute/clusters/new">create a cluster</Link> and start with a notebook in
        your <Link to="/workspace">workspace</Link>.
      </p>
      <Button size="xs" loading={add.isPending} onClick={() => add.mutate()}>
        Add the example
      </Button>
      <span role="status" className="dim">
        {add.isPending && ` ${step} ...`}
      </span>
      {add.isError && <ErrorNote error={add.error} />}
    </>
  );
}
