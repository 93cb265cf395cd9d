import { useState } from 'react';
import { clock } from '../parts/time';
import type { Bar } from './auditSpan';

const HEIGHT = 84;
/** What is refused is to be seen, however little it is. */
const LEAST = 4;

const total = (bar: Bar) => bar.ok + bar.refused + bar.failed;
const words = (bar: Bar) => `${total(bar)} calls, ${bar.refused} refused, ${bar.failed} failed`;

/** Calls over time; those that were refused stand on top. A bar chooses its time. */
export function AuditChart({ bars, choose }: { bars: Bar[]; choose: (bar: Bar) => void }) {
  const [at, setAt] = useState<Bar>();
  const most = Math.max(1, ...bars.map(total));
  const all = bars.reduce((sum, bar) => ({ ...bar, ok: sum.ok + bar.ok, refused: sum.refused + bar.refused, failed: sum.failed + bar.failed }), { from: 0, to: 0, ok: 0, refused: 0, failed: 0 });
  const high = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * HEIGHT));
  const shown = at ?? all;
  return (
    <figure className="audit-chart" aria-label={`Calls over time: ${words(all)}`}>
      <div className="audit-bars" onPointerLeave={() => setAt(undefined)}>
        {bars.map((bar) => (
          <button
            key={bar.from}
            type="button"
            tabIndex={total(bar) === 0 ? -1 : 0}
            aria-label={`${clock(bar.from)}: ${words(bar)}`}
            onPointerEnter={() => setAt(bar)}
            onFocus={() => setAt(bar)}
            onBlur={() => setAt(undefined)}
            onClick={() => choose(bar)}
          >
            <i className="refused" style={{ height: high(bar.refused) }} />
            <i className="failed" style={{ height: high(bar.failed) }} />
            <i className="ok" style={{ height: high(bar.ok) }} />
          </button>
        ))}
      </div>
      <p className="audit-legend">
        <span className="num">
          {at ? `${clock(at.from)} to ${clock(at.to)}: ` : ''}
          {total(shown)} calls
        </span>
        <span className="refused num">{shown.refused} refused</span>
        <span className="failed num">{shown.failed} failed</span>
        <span className="dim num">
          {clock(bars[0]?.from ?? 0)} to {clock(bars.at(-1)?.to ?? 0)}
        </span>
      </p>
    </figure>
  );
}
