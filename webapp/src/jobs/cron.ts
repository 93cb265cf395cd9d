/** The seven fields of a Quartz expression, as far as plain numbers say it. */
export interface Cron {
  seconds: number[];
  minutes: number[];
  hours: number[];
  /** Empty: any. The last day of the month is 0. */
  monthDays: number[];
  /** Empty: any. */
  months: number[];
  /** Empty: any. Quartz counts from Sunday, which is 1. */
  weekDays: number[];
}

export type Simple =
  | { every: 'minutes'; count: number }
  | { every: 'hours'; count: number; minute: number }
  | { every: 'day'; hour: number; minute: number }
  | { every: 'week'; days: number[]; hour: number; minute: number }
  | { every: 'month'; day: number; hour: number; minute: number };

/** Steps that come out even: 0/7 would begin anew with every hour. */
export const MINUTE_STEPS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
export const HOUR_STEPS = [1, 2, 3, 4, 6, 8, 12];
/** The day of the month that stands for the last one. */
export const LAST_DAY = 0;

export const WEEK_DAYS: { value: number; name: string }[] = [
  { value: 2, name: 'Monday' },
  { value: 3, name: 'Tuesday' },
  { value: 4, name: 'Wednesday' },
  { value: 5, name: 'Thursday' },
  { value: 6, name: 'Friday' },
  { value: 7, name: 'Saturday' },
  { value: 1, name: 'Sunday' },
];
export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const SHORT_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3).toUpperCase());

export function cronOf(simple: Simple): string {
  switch (simple.every) {
    case 'minutes':
      return simple.count === 1 ? '0 * * * * ?' : `0 0/${simple.count} * * * ?`;
    case 'hours':
      return simple.count === 1 ? `0 ${simple.minute} * * * ?` : `0 ${simple.minute} 0/${simple.count} * * ?`;
    case 'day':
      return `0 ${simple.minute} ${simple.hour} * * ?`;
    case 'week':
      return `0 ${simple.minute} ${simple.hour} ? * ${weekDaysText(simple.days)}`;
    case 'month':
      return `0 ${simple.minute} ${simple.hour} ${simple.day === LAST_DAY ? 'L' : simple.day} * ?`;
  }
}

const weekDaysText = (days: number[]) =>
  WEEK_DAYS.filter(({ value }) => days.includes(value))
    .map(({ value }) => SHORT_DAYS[value - 1])
    .join(',');

/** What the simple form shows for an expression; undefined if it says more than the form can. */
export function simpleOf(text: string): Simple | undefined {
  const cron = parseCron(text);
  if (!cron || cron.months.length > 0 || !same(cron.seconds, [0])) return undefined;
  const [minute, hour] = [single(cron.minutes), single(cron.hours)];
  const anyDay = cron.monthDays.length === 0 && cron.weekDays.length === 0;
  if (anyDay && minute === undefined && cron.hours.length === 24) {
    const count = MINUTE_STEPS.find((step) => same(cron.minutes, steps(0, step, 59)));
    return count ? { every: 'minutes', count } : undefined;
  }
  if (minute === undefined) return undefined;
  if (anyDay && hour === undefined) {
    const count = HOUR_STEPS.find((step) => same(cron.hours, steps(0, step, 23)));
    return count ? { every: 'hours', count, minute } : undefined;
  }
  if (hour === undefined) return undefined;
  if (anyDay) return { every: 'day', hour, minute };
  if (cron.monthDays.length === 0) return { every: 'week', days: cron.weekDays, hour, minute };
  const day = single(cron.monthDays);
  return day !== undefined && cron.weekDays.length === 0 ? { every: 'month', day, hour, minute } : undefined;
}

/** Undefined for what is no expression, or one with the rarer signs (W, #, years). */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length < 6 || fields.length > 7 || (fields.length === 7 && fields[6] !== '*')) return undefined;
  const [second = '', minute = '', hour = '', monthDay = '', month = '', weekDay = ''] = fields;
  // Quartz wants to be told which of the two days does not count.
  if ((monthDay === '?') === (weekDay === '?')) return undefined;
  const seconds = values(second, 0, 59);
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const monthDays = monthDay === 'L' ? [LAST_DAY] : unlessAny(monthDay, 1, 31);
  const months = unlessAny(month, 1, 12, SHORT_MONTHS);
  const weekDays = unlessAny(weekDay, 1, 7, SHORT_DAYS);
  if (!seconds || !minutes || !hours || !monthDays || !months || !weekDays) return undefined;
  return { seconds, minutes, hours, monthDays, months, weekDays };
}

function unlessAny(field: string, from: number, to: number, names: string[] = []): number[] | undefined {
  return field === '?' || field === '*' ? [] : values(field, from, to, names);
}

/** The numbers of one field, in order. */
function values(field: string, from: number, to: number, names: string[] = []): number[] | undefined {
  const number = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    if (named >= 0) return named + from;
    const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to ? value : undefined;
  };
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step, more] = part.split('/');
    const by = step === undefined ? 1 : Number(step);
    if (more !== undefined || !Number.isInteger(by) || by < 1) return undefined;
    const [low = '', high, tooMuch] = range.split('-');
    const begin = low === '*' ? from : number(low);
    const single = step === undefined && low !== '*';
    const end = high === undefined ? (single ? begin : to) : number(high);
    if (tooMuch !== undefined || begin === undefined || end === undefined || end < begin) return undefined;
    steps(begin, by, end).forEach((value) => found.add(value));
  }
  return [...found].sort((a, b) => a - b);
}

function steps(from: number, by: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}

export const same = (a: number[], b: number[]) => a.length === b.length && a.every((value, index) => value === b[index]);
const single = (numbers: number[]) => (numbers.length === 1 ? numbers[0] : undefined);
