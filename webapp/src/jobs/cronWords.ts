import { HOUR_STEPS, LAST_DAY, MINUTE_STEPS, MONTHS, parseCron, same, WEEK_DAYS, type Cron } from './cron';

/** What an expression means, as one sentence without its full stop; undefined if there are no simple words for it. */
export function cronWords(text: string): string | undefined {
  const cron = parseCron(text);
  if (!cron) return undefined;
  const times = timeWords(cron);
  const days = dayWords(cron);
  if (!times) return undefined;
  return capital(times.often ? `${times.text}${days && ` ${days}`}` : `${days || 'every day'} at ${times.text}`);
}

function timeWords({ seconds, minutes, hours }: Cron): { text: string; often: boolean } | undefined {
  const [second] = seconds;
  if (second === undefined || seconds.length > 1) {
    const fast = evenStep(seconds, MINUTE_STEPS, 60);
    const always = minutes.length === 60 && hours.length === 24;
    return fast && always ? { text: every(fast, 'second'), often: true } : undefined;
  }
  if (minutes.length * hours.length <= 6) {
    return { text: list(hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute, second)))), often: false };
  }
  const within = hoursWords(hours);
  const step = evenStep(minutes, MINUTE_STEPS, 60);
  const late = second ? `, ${second} s after the minute` : '';
  if (step && minutes[0] === 0 && within !== undefined) return { text: `${every(step, 'minute')}${late}${within}`, often: true };
  const hourly = evenStep(hours, HOUR_STEPS, 24);
  if (minutes.length > 6) return undefined;
  const at = ` at ${list(minutes.map((minute) => `${minute}`))} past`;
  if (hourly && hours[0] === 0) return { text: `${every(hourly, 'hour')}${same(minutes, [0]) ? '' : at}${late}`, often: true };
  return within === undefined ? undefined : { text: `every hour${same(minutes, [0]) ? '' : at}${late}${within}`, often: true };
}

/** ` from 8:00 to 17:59`; nothing for the whole day, undefined for hours with gaps. */
function hoursWords(hours: number[]): string | undefined {
  if (hours.length === 24) return '';
  const [first, last] = [hours[0] ?? 0, hours.at(-1) ?? 0];
  return last - first + 1 === hours.length ? ` from ${clock(first, 0)} to ${clock(last, 59)}` : undefined;
}

function dayWords({ monthDays, months, weekDays }: Cron): string {
  const inMonths = months.length > 0 ? ` in ${list(months.map((month) => MONTHS[month - 1] ?? ''))}` : '';
  if (weekDays.length > 0 && weekDays.length < 7) {
    if (same(weekDays, [2, 3, 4, 5, 6])) return `from Monday to Friday${inMonths}`;
    return `on ${list(WEEK_DAYS.filter(({ value }) => weekDays.includes(value)).map(({ name }) => name))}${inMonths}`;
  }
  if (monthDays.length > 0) {
    const ordered = list(monthDays.map((day) => (day === LAST_DAY ? 'last day' : `${ordinal(day)}`)));
    return months.length > 0 ? `on the ${ordered}${inMonths}` : `on the ${ordered} of every month`;
  }
  return inMonths && `every day${inMonths}`;
}

function evenStep(numbers: number[], allowed: number[], size: number): number | undefined {
  return allowed.find((step) => numbers.length === size / step && numbers.every((value, index) => value === (numbers[0] ?? 0) + index * step));
}

const every = (count: number, unit: string) => (count === 1 ? `every ${unit}` : `every ${count} ${unit}s`);
const two = (value: number) => String(value).padStart(2, '0');
const clock = (hour: number, minute: number, second = 0) => `${two(hour)}:${two(minute)}${second ? `:${two(second)}` : ''}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function list(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}
