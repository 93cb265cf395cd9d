import './home.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Go } from '../parts/Go';
import { clustersQuery, type Cluster } from '../api/clusters';
import { homeQuery, type FailedRun } from '../api/find';
import { jobsQuery, jobRunsQuery, verdict } from '../api/jobs';
import { sessionQuery } from '../api/session';
import type { WorkspaceObject } from '../api/tree';
import { placeOf, places } from '../parts/places';
import { Age, Took } from '../parts/Age';
import { Page } from '../parts/Page';
import { nameOf, parentOf } from '../parts/paths';
import { StatePill } from '../parts/StatePill';
import { gigabytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';
import { ObjectIcon } from '../parts/ObjectIcon';
import { Sample } from './Sample';

/** Where the day begins: what I touched, what runs, what failed. */
export function HomePage() {
  const session = useQuery(sessionQuery).data;
  const home = useQuery(homeQuery);
  const clusters = useQuery(clustersQuery);
  const runs = useQuery(jobRunsQuery);
  const jobs = useQuery(jobsQuery);
  return (
    <Page title="Home">
      <div className="tiles">
        <section className="tile">
          <h2>
            Recently changed <Link to="/workspace">Workspace</Link>
          </h2>
          <Loaded query={home}>{(data) => <Recents objects={data.recents ?? []} user={session?.user_name ?? ''} />}</Loaded>
        </section>
        <section className="tile">
          <h2>
            Running clusters <Link to="/compute">Compute</Link>
          </h2>
          <Loaded query={clusters}>{(all) => <Clusters clusters={all.filter((each) => each.state !== 'TERMINATED')} known={all.length} />}</Loaded>
        </section>
        <section className="tile">
          <h2>
            Latest job runs <Go place={places.jobs('runs')}>Jobs & runs</Go>
          </h2>
          <Loaded query={runs}>
            {(all) => (
              <ul>
                {all.slice(0, 6).map((run) => (
                  <li key={run.run_id}>
                    <Go place={places.run(run.job_id, run.run_id)}>
                      {run.run_name}
                    </Go>
                    <StatePill state={verdict(run.state)} ofRun note={run.state.state_message} />
                    <small>
                      <Age at={run.start_time} />, <Took from={run.start_time} to={run.end_time} />
                    </small>
                  </li>
                ))}
                {all.length === 0 && <li className="dim">No job has run yet.</li>}
              </ul>
            )}
          </Loaded>
        </section>
        <section className="tile">
          <h2>My failed runs</h2>
          <Loaded query={home}>{(data) => <Failed runs={data.failed_runs ?? []} />}</Loaded>
        </section>
      </div>
      <Loaded query={jobs}>{(all) => <Sample jobs={all} />}</Loaded>
    </Page>
  );
}

function Recents({ objects, user }: { objects: WorkspaceObject[]; user: string }) {
  if (objects.length === 0) {
    return (
      <p className="dim">
        There are no notebooks yet. <Go place={places.folder(`/Users/${user}`)}>Open your folder</Go> and create one.
      </p>
    );
  }
  return (
    <ul>
      {objects.slice(0, 8).map((object) => (
        <li key={object.path}>
          <ObjectIcon object={object} />
          <Go place={placeOf(object)} title={object.path}>
            {nameOf(object.path)}
          </Go>
          <span className="dim path" title={parentOf(object.path)}>
            {parentOf(object.path)}
          </span>
          <small>
            <Age at={object.modified_at} />
          </small>
        </li>
      ))}
    </ul>
  );
}

function Clusters({ clusters, known }: { clusters: Cluster[]; known: number }) {
  if (clusters.length === 0) {
    return (
      <p className="dim">
        No cluster runs. {known > 0 ? <Link to="/compute">Start one</Link> : <Link to="/compute/clusters/new">Create one</Link>}: it takes some ten seconds.
      </p>
    );
  }
  return (
    <ul>
      {clusters.map((each) => (
        <li key={each.cluster_id}>
          <Go place={places.cluster(each.cluster_id)}>
            {each.cluster_name || each.cluster_id}
          </Go>
          <StatePill state={each.state} note={each.state_message} />
          <small className="num">{each.cluster_cores ? `${each.cluster_cores} cores, ${gigabytes(each.cluster_memory_mb ?? 0)}` : ''}</small>
        </li>
      ))}
    </ul>
  );
}

function Failed({ runs }: { runs: FailedRun[] }) {
  if (runs.length === 0) return <p className="dim">None of your runs have failed.</p>;
  return (
    <ul>
      {runs.map((run) => (
        <li key={run.run_id}>
          <Go place={places.run(run.job_id, run.run_id)}>
            {run.name}
          </Go>
          <span className="message failed" title={run.message}>
            {run.message || 'failed'}
          </span>
          <small>
            <Age at={run.end_time} />
          </small>
        </li>
      ))}
    </ul>
  );
}
