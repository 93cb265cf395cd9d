import './runs.css';
import { Go } from '../parts/Go';
import { verdict, type Run, type TaskRun } from '../api/jobs';
import { places } from '../parts/places';
import { tone, words } from '../parts/StatePill';
import { absolute, duration } from '../parts/time';
import { orderOf } from './compare';

const took = (run: { start_time: number; end_time: number }) => (run.end_time && run.start_time ? run.end_time - run.start_time : 0);

/** The last attempt at each task. */
const latest = (run: Run, key: string): TaskRun | undefined =>
  (run.tasks ?? []).filter((task) => task.task_key === key).sort((a, b) => b.attempt_number - a.attempt_number)[0];

const note = (name: string, run: Run | TaskRun) => {
  const time = took(run);
  return `${name}: ${words(verdict(run.state))}${run.start_time ? `, ${absolute(run.start_time)}` : ''}${time ? `, ${duration(time)}` : ''}`;
};

/** Tasks by runs, newest right: colour says how it ended, height how long the run took. */
export function RunMatrix({ runs }: { runs: Run[] }) {
  const shown = runs.slice(0, 25).reverse();
  const keys = [...new Set(runs.flatMap((run) => orderOf(run.tasks ?? [])))];
  const longest = Math.max(1, ...shown.map(took));
  if (shown.length === 0) return null;
  return (
    <div className="table-box matrix-box">
      <table className="matrix" aria-label="Tasks by runs">
        <thead>
          <tr>
            <th scope="col">All tasks</th>
            {shown.map((run) => (
              <td key={run.run_id}>
                <Go place={places.run(run.job_id, run.run_id)}
                  className={`bar ${tone(verdict(run.state), true)}`}
                  style={{ height: 6 + (34 * took(run)) / longest }}
                  title={note('Run', run)}
                  aria-label={note('Run', run)}
                />
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              {shown.map((run) => {
                const task = latest(run, key);
                return (
                  <td key={run.run_id}>
                    {task && (
                      <Go place={places.run(run.job_id, run.run_id, key)}
                        className={`dot ${tone(verdict(task.state), true)}`}
                        title={note(key, task)}
                        aria-label={note(key, task)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
