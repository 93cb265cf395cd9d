/** `3 min ago`, `in 2 h`; days from a day on. */
export function ago(at: number, now: number): string {
  const seconds = Math.round(Math.abs(now - at) / 1000);
  const text = seconds < 10 ? 'now' : span(seconds * 1000);
  if (text === 'now') return 'now';
  return at > now ? `in ${text}` : `${text} ago`;
}

/** Only the largest unit: `42 s`, `3 min`, `5 h`, `2 d`. */
function span(millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** How long something took, with two units: `820 ms`, `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export const gigabytes = (megabytes: number) => `${Math.round((megabytes / 1024) * 10) / 10} GB`;

// Made once: making one takes longer than writing two hundred times with it.
const MEDIUM = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' });

export const absolute = (at: number) => MEDIUM.format(at);

/** The time of day; with the date if that was another day. */
export function clock(at: number): string {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return (today ? TIME : DAY_AND_TIME).format(at);
}
