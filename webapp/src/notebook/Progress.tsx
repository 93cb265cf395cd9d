import { useState } from 'react';
import { sparkUiPath } from '../api/clusters';
import { useDialogs } from '../parts/Dialogs';
import { useSession } from './room';
import type { Cell } from './session/notebook';
import type { SparkJob } from './session/protocol';

const sum = (jobs: readonly SparkJob[], of: (job: SparkJob) => number) => jobs.reduce((all, job) => all + of(job), 0);
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
const ended = (job: SparkJob) => job.state !== 'running';

/** How far the Spark jobs of a cell are: a bar for each that runs, one line for all that have ended. */
export function Progress({ cell }: { cell: Cell }) {
  const [open, setOpen] = useState(false);
  const { jobs } = cell;
  if (jobs.length === 0) return null;
  const running = jobs.filter((job) => !ended(job));
  const over = jobs.filter(ended);
  const failed = over.filter((job) => job.state === 'failed').length;
  return (
    <div className="progress" role="group" aria-label="Spark jobs">
      {over.length > 0 && (
        <button type="button" className="progress-over" aria-expanded={open} onClick={() => setOpen(!open)}>
          {counted(over.length, 'Spark job')} finished, {counted(sum(over, (job) => job.done), 'task')}
          {failed > 0 && <b className="failed"> · {failed} failed</b>}
        </button>
      )}
      {open && over.map((job) => <Bar key={job.jobId} job={job} />)}
      {running.slice(-8).map((job) => (
        <Bar key={job.jobId} job={job} />
      ))}
      {(open || running.length > 0) && <SparkUi />}
    </div>
  );
}

function Bar({ job }: { job: SparkJob }) {
  const part = job.tasks > 0 ? Math.min(1, job.done / job.tasks) : 0;
  const words = `${job.done} of ${job.tasks} tasks${job.active ? `, ${job.active} running` : ''}${job.failed ? `, ${job.failed} failed` : ''}`;
  return (
    <div className="progress-job">
      <span>Job {job.jobId}</span>
      <div className={`progress-bar ${job.state}`} role="progressbar" aria-label={`Spark job ${job.jobId}`} aria-valuemin={0} aria-valuemax={job.tasks} aria-valuenow={job.done}>
        <i style={{ width: `${part * 100}%` }} />
      </div>
      <span className="num">{words}</span>
    </div>
  );
}

function SparkUi() {
  const cluster = useSession((view) => view.notebook.cluster);
  const { fail } = useDialogs();
  const open = async () => {
    try {
      window.open(await sparkUiPath(cluster), '_blank', 'noopener');
    } catch (failure) {
      fail(failure);
    }
  };
  return (
    <button type="button" className="progress-over" onClick={() => void open()}>
      Spark UI
    </button>
  );
}
