import { Ban, CircleCheck, CircleDashed, CircleX, Clock, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react';

type Tone = 'running' | 'success' | 'failed' | 'waiting' | 'warn';

const TONES: Record<string, [Tone, LucideIcon]> = {
  RUNNING: ['success', CircleCheck],
  SUCCESS: ['success', CircleCheck],
  FAILED: ['failed', CircleX],
  INTERNAL_ERROR: ['failed', CircleX],
  ERROR: ['failed', CircleX],
  TIMEDOUT: ['failed', CircleX],
  SUCCESS_WITH_FAILURES: ['warn', TriangleAlert],
  CANCELED: ['waiting', Ban],
  SKIPPED: ['waiting', Ban],
  UPSTREAM_FAILED: ['waiting', Ban],
  UPSTREAM_CANCELED: ['waiting', Ban],
  EXCLUDED: ['waiting', Ban],
  MAXIMUM_CONCURRENT_RUNS_REACHED: ['waiting', Ban],
  TERMINATED: ['waiting', CircleDashed],
  BLOCKED: ['waiting', Clock],
  QUEUED: ['waiting', Clock],
  PENDING: ['running', LoaderCircle],
  RESTARTING: ['running', LoaderCircle],
  RESIZING: ['running', LoaderCircle],
  TERMINATING: ['running', LoaderCircle],
  WAITING_FOR_RETRY: ['warn', Clock],
};

const RUN_TONES: Record<string, [Tone, LucideIcon]> = { RUNNING: ['running', LoaderCircle] };

/** Of runs `RUNNING` means work in progress, of clusters that they are up. */
export function tone(state: string, ofRun = false): Tone {
  return (ofRun ? RUN_TONES[state] : undefined)?.[0] ?? TONES[state]?.[0] ?? 'waiting';
}

export const words = (state: string) => {
  const text = state.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** A state as colour, icon and word: never as colour alone. */
export function StatePill({ state, ofRun = false, note }: { state: string; ofRun?: boolean; note?: string }) {
  const [color, Icon] = (ofRun ? RUN_TONES[state] : undefined) ?? TONES[state] ?? ['waiting', CircleDashed];
  return (
    <span className={`state ${color}`} title={note}>
      <Icon size={13} aria-hidden="true" className={Icon === LoaderCircle ? 'spin' : undefined} />
      {words(state)}
    </span>
  );
}
