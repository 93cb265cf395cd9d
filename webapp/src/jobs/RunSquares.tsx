import './runs.css';
import { verdict, type Run } from '../api/jobs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { tone, words } from '../parts/StatePill';
import { absolute, duration } from '../parts/time';

const MARKS: Record<string, string> = { success: '✓', failed: '✕', running: '…', waiting: '–', warn: '!' };

const described = (run: Run) =>
  `${words(verdict(run.state))}, ${absolute(run.start_time)}${run.end_time ? `, ${duration(run.end_time - run.start_time)}` : ''}`;

/** The last runs, oldest left. Plain links with the browser's own tooltip: there may be thousands on a page. */
export function RunSquares({ runs, most = 5 }: { runs: Run[]; most?: number }) {
  if (runs.length === 0) return <span className="dim">never</span>;
  return (
    <span className="squares">
      {runs
        .slice(0, most)
        .reverse()
        .map((run) => {
          const color = tone(verdict(run.state), true);
          return (
            <Go key={run.run_id} place={places.run(run.job_id, run.run_id)} className={`square ${color}`} title={described(run)} aria-label={described(run)}>
              {MARKS[color]}
            </Go>
          );
        })}
    </span>
  );
}
