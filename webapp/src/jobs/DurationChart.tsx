import './runs.css';
import { ended, verdict, type Run } from '../api/jobs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { tone, words } from '../parts/StatePill';
import { absolute, duration } from '../parts/time';
import { ticks } from './gantt';

const HEIGHT = 96;
const STEP = 22;
const LEFT = 64;

const took = (run: Run) => run.end_time - run.start_time;

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, each) => sum + each, 0) / middle.length;
}

/** Of fewer runs nothing is usual. */
const SOME = 3;

/** How long the last runs took, newest right. */
export function DurationChart({ runs }: { runs: Run[] }) {
  const shown = runs.filter((run) => ended(run) && run.end_time > run.start_time).slice(0, 25).reverse();
  if (shown.length < 2) return null;
  const most = Math.max(...shown.map(took));
  const usual = shown.length < SOME ? undefined : median(shown.map(took));
  const y = (millis: number) => HEIGHT - (millis / most) * (HEIGHT - 8);
  const width = LEFT + shown.length * STEP + 4;
  return (
    <figure className="durations">
      <svg width={width} height={HEIGHT + 12} viewBox={`0 -4 ${width} ${HEIGHT + 12}`} role="group" aria-label={`Durations of the last ${shown.length} runs`}>
        {ticks(most)
          .filter((_, index, all) => index % Math.ceil(all.length / 4) === 0)
          .map((at) => (
            <g key={at}>
              <line x1={LEFT} x2={width} y1={y(at)} y2={y(at)} className="grid" />
              <text x={LEFT - 6} y={y(at) + 4} textAnchor="end">
                {at === 0 ? '0' : duration(at)}
              </text>
            </g>
          ))}
        {shown.map((run, index) => {
          const state = verdict(run.state);
          const text = `${words(state)}, ${absolute(run.start_time)}, ${duration(took(run))}`;
          return (
            <Go key={run.run_id} place={places.run(run.job_id, run.run_id)} className={tone(state, true)} aria-label={text}>
              <title>{text}</title>
              <rect x={LEFT + index * STEP + 3} y={y(took(run))} width={STEP - 6} height={HEIGHT - y(took(run))} rx={2} fill="currentColor" />
            </Go>
          );
        })}
        {usual !== undefined && <line x1={LEFT} x2={width} y1={y(usual)} y2={y(usual)} className="median" />}
      </svg>
      <figcaption className="dim">
        {usual === undefined ? 'At most' : `Usually ${duration(usual)} (the median), at most`} {duration(most)}
      </figcaption>
    </figure>
  );
}
