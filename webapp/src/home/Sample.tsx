import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Go } from '../app/Go';
import type { Job } from '../api/jobs';
import { folderQuery } from '../api/workspace';
import { places } from '../app/places';

const FOLDER = '/Shared/examples/flights';

/** The quickstart's example, or how to get it. */
export function Sample({ jobs }: { jobs: Job[] }) {
  const examples = useQuery(folderQuery('/Shared')).data ?? [];
  const job = jobs.find((each) => each.settings.name === 'flights');
  return (
    <section className="sample">
      <h2>Getting started</h2>
      {examples.some(({ path }) => FOLDER.startsWith(path)) ? (
        <p>
          The example reads a month of US flights, cleans them and writes a report as Delta tables:{' '}
          <Go place={places.folder(FOLDER)}>its notebooks</Go>
          {job && (
            <>
              , <Go place={places.job(job.job_id)}>its job</Go>
            </>
          )}
          {' and '}
          <Go place={places.catalog('main', 'flights')}>its tables</Go>.
        </p>
      ) : (
        <p>
          An example with real flight data - two notebooks, a job of three tasks, seven tables - comes with one command in a terminal: <code>./slipway quickstart</code>. Or{' '}
          <Link to="/compute/clusters/new">create a cluster</Link> and start with a notebook in your <Link to="/workspace">workspace</Link>.
        </p>
      )}
    </section>
  );
}
