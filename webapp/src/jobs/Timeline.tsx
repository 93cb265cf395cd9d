import './runs.css';
import { verdict, type Run } from '../api/jobs';
import { useNow } from '../parts/Age';
import { tone, words } from '../parts/StatePill';
import { duration } from '../parts/time';
import { lanes, ticks, type Piece } from './gantt';

interface Props {
  run: Run;
  chosen: string | undefined;
  choose: (taskKey: string) => void;
}

const PHASES = { waiting: 'Waited', setup: 'Got its cluster ready', running: 'Ran' };

/** When each task waited, got its cluster ready and ran, over all attempts at it. */
export function Timeline({ run, chosen, choose }: Props) {
  const now = useNow();
  const whole = Math.max(1000, (run.end_time || now) - run.start_time);
  const part = (millis: number) => `${Math.max(0, Math.min(100, (100 * millis) / whole))}%`;
  return (
    <div className="timeline" role="group" aria-label="Timeline of the tasks">
      <div className="axis" aria-hidden="true">
        <span className="lane">
          {ticks(whole).map((at) => (
            <i key={at} style={{ left: part(at) }} className="num">
              {at === 0 ? '0' : duration(at)}
            </i>
          ))}
        </span>
      </div>
      {lanes(run, now).map(({ key, attempts }) => {
        const last = attempts.at(-1)?.run;
        const all = attempts.flatMap(({ pieces }) => pieces);
        const took = all.filter(({ phase }) => phase !== 'waiting').reduce((sum, piece) => sum + piece.to - piece.from, 0);
        return (
          <button key={key} type="button" aria-pressed={key === chosen} onClick={() => choose(key)}>
            <span>{key}</span>
            <span className="lane">
              {attempts.map(({ run: attempt, pieces }) =>
                pieces.map((piece) => (
                  <i
                    key={`${attempt.attempt_number} ${piece.phase}`}
                    className={`${piece.phase === 'waiting' ? '' : tone(verdict(attempt.state), true)} ${piece.phase}-piece`}
                    style={{ left: part(piece.from), width: part(piece.to - piece.from) }}
                    title={said(piece, attempts.length > 1 ? attempt.attempt_number + 1 : 0, verdict(attempt.state))}
                  />
                )),
              )}
            </span>
            <span className="num">
              {took > 0 ? duration(took) : last && words(verdict(last.state))}
              {attempts.length > 1 && `, ${attempts.length} attempts`}
            </span>
          </button>
        );
      })}
      <p className="legend dim">
        <i className="waiting-piece" /> waiting <i className="running setup-piece" /> getting its cluster ready <i className="running running-piece" /> running
      </p>
    </div>
  );
}

const said = ({ phase, from, to }: Piece, attempt: number, state: string) =>
  `${attempt ? `Attempt ${attempt}: ` : ''}${PHASES[phase]} ${duration(to - from)}${phase === 'running' ? `, ${words(state).toLowerCase()}` : ''}`;
