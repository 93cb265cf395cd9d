import { useSyncExternalStore } from 'react';
import { absolute, ago, duration } from './time';

const listeners = new Set<() => void>();
let now = Date.now();
setInterval(() => {
  now = Date.now();
  listeners.forEach((listener) => listener());
}, 1000);

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The time, once a second, from one clock for the whole page. */
export const useNow = (): number => useSyncExternalStore(listen, () => now);

/** What is said of the time; who says it is drawn anew only when the words change. */
const useWords = (words: (now: number) => string): string => {
  const said = () => words(now);
  return useSyncExternalStore(listen, said, said);
};

/** A relative time whose tooltip is the absolute one. */
export function Age({ at }: { at: number | undefined }) {
  const words = useWords((time) => (at ? ago(at, time) : '-'));
  if (!at) return <span className="dim">{words}</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)} className="num">
      {words}
    </time>
  );
}

/** How long something has taken so far, or took. */
export function Took({ from, to }: { from: number; to: number }) {
  const words = useWords((time) => (from ? duration((to || time) - from) : '-'));
  return <span className={from ? 'num' : 'dim'}>{words}</span>;
}
