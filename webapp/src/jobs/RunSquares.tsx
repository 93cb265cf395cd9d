import './runs.css';
import { verdict } from '../api/jobs';
import type { LastRun } from '../api/runViews';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { tone, words } from '../parts/StatePill';
import { absolute, duration } from '../parts/time';

const MARKS: Record<string, string> = { success: '✓', failed: '✕', running: '…', waiting: '–', warn: '!' };

const described = (run: LastRun) =>
  `${words(verdict(run.state))}, ${absolute(run.start_time)}${run.end_time ? `, ${duration(run.end_time - run.start_time)}` : ''}`;

/** The last runs of a job, oldest left; undefined while they are not known. Plain links with the browser's own tooltip: there may be thousands on a page. */
export function RunSquares({ jobId, runs }: { jobId: number; runs: LastRun[] | undefined }) {
  if (!runs) return <span className="dim">…</span>;
  if (runs.length === 0) return <span className="dim">never</span>;
  return (
    <span className="squares">
      {[...runs].reverse().map((run) => {
        const color = tone(verdict(run.state), true);
        return (
          <Go key={run.run_id} place={places.run(jobId, run.run_id)} className={`square ${color}`} title={described(run)} aria-label={described(run)}>
            {MARKS[color]}
          </Go>
        );
      })}
    </span>
  );
}
