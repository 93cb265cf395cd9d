import { useMemo } from 'react';
import type { Schedule } from '../api/jobs';
import { useNow } from '../parts/Age';
import { ago } from '../parts/time';
import { nextRuns } from './upcoming';

/** When the schedule comes next, in its own time zone; nothing where that cannot be told. */
export function NextRuns({ schedule, count = 3 }: { schedule: Schedule; count?: number }) {
  const now = useNow();
  const minute = Math.floor(now / 60000);
  const { quartz_cron_expression: cron, timezone_id: zone } = schedule;
  const times = useMemo(() => nextRuns(cron, zone, minute * 60000, count), [cron, zone, minute, count]);
  if (times.length === 0 || schedule.pause_status === 'PAUSED') return null;
  const format = new Intl.DateTimeFormat(undefined, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <p className="dim">
      Next:{' '}
      {times.map((at, index) => (
        <span key={at}>
          {index > 0 && ' · '}
          <time dateTime={new Date(at).toISOString()} title={ago(at, now)} className="num">
            {format.format(at)}
          </time>
        </span>
      ))}
    </p>
  );
}
