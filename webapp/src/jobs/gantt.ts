import { ended, type Run, type TaskRun } from '../api/jobs';
import { orderOf } from './compare';

export type Phase = 'waiting' | 'setup' | 'running';

export interface Piece {
  phase: Phase;
  /** Milliseconds since the run began. */
  from: number;
  to: number;
}

export interface Lane {
  key: string;
  /** All attempts, first one first. */
  attempts: { run: TaskRun; pieces: Piece[] }[];
}

/** What each attempt at each task did when: waiting after those before it were done, getting its cluster ready, running. */
export function lanes(run: Run, now: number): Lane[] {
  const tasks = run.tasks ?? [];
  return orderOf(tasks).map((key) => {
    const attempts = tasks.filter((task) => task.task_key === key).sort((a, b) => a.attempt_number - b.attempt_number);
    return { key, attempts: attempts.map((task, index) => ({ run: task, pieces: pieces(run, task, attempts[index - 1], now) })) };
  });
}

function pieces(run: Run, task: TaskRun, before: TaskRun | undefined, now: number): Piece[] {
  const ready = before ? codeEnd(before, now) : readyAt(run, task);
  const begin = task.start_time || (ended(task) ? 0 : now);
  const end = codeEnd(task, now);
  // Nothing has been waited for by what never came to its turn.
  if (ready === undefined || begin === 0) return [];
  const code = task.state.life_cycle_state === 'PENDING' ? end : Math.min(end, task.start_time + task.setup_duration);
  const found: Piece[] = [{ phase: 'waiting', from: ready, to: begin }];
  if (task.start_time > 0) found.push({ phase: 'setup', from: task.start_time, to: code }, { phase: 'running', from: code, to: end });
  return found.filter(({ from, to }) => to > from).map((piece) => ({ ...piece, from: piece.from - run.start_time, to: piece.to - run.start_time }));
}

/** An attempt that is to be repeated ends only when its waiting time is over. */
function codeEnd(task: TaskRun, now: number): number {
  if (!ended(task) || task.execution_duration <= 0) return task.end_time || now;
  return Math.min(task.end_time, task.start_time + task.setup_duration + task.execution_duration);
}

/** When all tasks before it had ended; undefined while one has not. */
function readyAt(run: Run, task: TaskRun): number | undefined {
  const before = (task.depends_on ?? []).map(({ task_key: key }) => {
    const last = (run.tasks ?? []).filter((other) => other.task_key === key).sort((a, b) => b.attempt_number - a.attempt_number)[0];
    return last && ended(last) ? last.end_time : undefined;
  });
  if (before.includes(undefined)) return undefined;
  return Math.max(run.start_time, ...before.map((at) => at ?? 0));
}

/** Round times for the axis of something that takes so long: at most six. */
export function ticks(whole: number): number[] {
  const steps = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000, 3600000, 7200000, 21600000, 86400000];
  const step = steps.find((each) => whole / each <= 6) ?? 86400000 * Math.ceil(whole / 86400000 / 6);
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, index) => index * step);
}
