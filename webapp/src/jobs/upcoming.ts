import { LAST_DAY, parseCron } from './cron';

const DAY = 86400000;
/** Far enough for the 29th of February, near enough to answer at once. */
const DAYS_AHEAD = 1500;
/** Clocks are set back by less. */
const MOST_CHANGE = 3 * 3600000;

/**
 * The first times after `after` that an expression names in a time zone. Empty if it says more than plain numbers. Times that the
 * clocks leave out are left out.
 */
export function nextRuns(text: string, zone: string, after: number, count: number): number[] {
  const cron = parseCron(text);
  const clock = cron && clockOf(zone);
  if (!cron || !clock) return [];
  const found: number[] = [];
  const now = clock(after);
  const today = new Date(now);
  today.setUTCHours(0, 0, 0, 0);
  for (let ahead = 0; ahead < DAYS_AHEAD && found.length < count; ahead++) {
    const day = new Date(today.getTime() + ahead * DAY);
    const date = day.getUTCDate();
    const last = new Date(day.getTime() + DAY).getUTCDate() === 1;
    const onMonthDay = cron.monthDays.length === 0 || cron.monthDays.includes(date) || (last && cron.monthDays.includes(LAST_DAY));
    const onWeekDay = cron.weekDays.length === 0 || cron.weekDays.includes(day.getUTCDay() + 1);
    const inMonth = cron.months.length === 0 || cron.months.includes(day.getUTCMonth() + 1);
    if (!onMonthDay || !onWeekDay || !inMonth) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        for (const second of cron.seconds) {
          const shown = day.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
          if (shown < now - MOST_CHANGE) continue;
          const at = instantOf(shown, clock);
          if (at !== undefined && at > after && found.push(at) === count) return found;
        }
      }
    }
  }
  return found;
}

/** What the clocks of a zone show at an instant, as milliseconds since the epoch of a zone without an offset. */
function clockOf(zone: string): ((at: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    return undefined;
  }
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
  };
}

function instantOf(shown: number, clock: (at: number) => number): number | undefined {
  let guess = shown - (clock(shown) - shown);
  guess = shown - (clock(guess) - guess);
  return clock(guess) === shown ? guess : undefined;
}
