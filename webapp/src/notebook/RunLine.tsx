import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon } from 'lucide-react';
import { Age, Took } from '../parts/Age';
import type { Cell } from './session/notebook';
import type { Run, RunState } from './session/protocol';

const STATES: Record<RunState, [string, string, LucideIcon]> = {
  queued: ['Waiting', 'waiting', Clock],
  running: ['Running', 'running', LoaderCircle],
  done: ['Done', 'success', CircleCheck],
  error: ['Failed', 'failed', CircleX],
  cancelled: ['Canceled', 'waiting', Ban],
};

export const runWords = (state: RunState) => STATES[state][0].toLowerCase();

/** How the last run of a cell goes or went. */
export function RunLine({ cell }: { cell: Cell }) {
  const { run } = cell;
  if (!run) return null;
  const [word, tone, Icon] = STATES[run.state];
  return (
    <div className="run-line">
      <span className={`state ${tone}`}>
        <Icon size={12} aria-hidden="true" className={run.state === 'running' ? 'spin' : undefined} />
        {run.cancelling ? 'Stopping' : word}
      </span>
      <When run={run} />
      {run.problem && <p className="run-problem">{run.problem}</p>}
    </div>
  );
}

function When({ run }: { run: Run }) {
  if (run.state === 'queued') return null;
  if (run.state === 'running') return run.start ? <Took from={run.start} to={0} /> : null;
  return (
    <>
      {run.start > 0 && run.end > 0 && (
        <>
          <span aria-hidden="true">·</span> <Took from={run.start} to={run.end} />
        </>
      )}
      <span aria-hidden="true">·</span> {run.by} <span aria-hidden="true">·</span> <Age at={run.end || run.queued} />
    </>
  );
}
