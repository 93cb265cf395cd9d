import { useSyncExternalStore } from 'react';
import { absolute, ago, duration } from './time';

const listeners = new Set<() => void>();
let now = Date.now();
setInterval(() => {
  now = Date.now();
  listeners.forEach((listener) => listener());
}, 1000);

/** The time, once a second, from one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}

/** A relative time whose tooltip is the absolute one. */
export function Age({ at }: { at: number | undefined }) {
  const time = useNow();
  if (!at) return <span className="dim">-</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)} className="num">
      {ago(at, time)}
    </time>
  );
}

/** How long something has taken so far, or took. */
export function Took({ from, to }: { from: number; to: number }) {
  const time = useNow();
  if (!from) return <span className="dim">-</span>;
  return <span className="num">{duration((to || time) - from)}</span>;
}
