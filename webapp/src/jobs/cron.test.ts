import { expect, test } from 'vitest';
import { cronOf, HOUR_STEPS, LAST_DAY, MINUTE_STEPS, parseCron, simpleOf, type Simple } from './cron';
import { cronWords } from './cronWords';
import { nextRuns } from './upcoming';

test('what the simple form says comes back from its expression', () => {
  const all: Simple[] = [
    ...MINUTE_STEPS.map((count): Simple => ({ every: 'minutes', count })),
    ...HOUR_STEPS.map((count): Simple => ({ every: 'hours', count, minute: 5 })),
    { every: 'day', hour: 9, minute: 30 },
    { every: 'week', days: [1, 2, 6], hour: 0, minute: 0 },
    { every: 'month', day: 31, hour: 23, minute: 59 },
    { every: 'month', day: LAST_DAY, hour: 6, minute: 0 },
  ];
  all.forEach((simple) => expect(simpleOf(cronOf(simple))).toEqual(simple));
});

test('an expression that says more than the form keeps its text', () => {
  ['27 0 9 * * ?', '0 0/7 * * * ?', '0 0 9 ? JAN *', '0 0 8-17 * * ?', '0 0 9 ? * 6L', '0 0 9 * * ? 2030', 'nonsense'].forEach((text) =>
    expect(simpleOf(text)).toBeUndefined(),
  );
});

test('numbers, names, ranges and steps are read as Quartz reads them', () => {
  expect(parseCron('0 0/20,7 9-11 ? feb,6 MON-FRI')).toEqual({
    seconds: [0], minutes: [0, 7, 20, 40], hours: [9, 10, 11], monthDays: [], months: [2, 6], weekDays: [2, 3, 4, 5, 6],
  });
  ['0 60 9 * * ?', '0 0 9 * * *', '0 0 9 ? * ?', '0 0 9 * *', '0 5-1 9 * * ?'].forEach((text) => expect(parseCron(text)).toBeUndefined());
});

test.each([
  ['0 0/15 * * * ?', 'Every 15 minutes'],
  ['0 * * * * ?', 'Every minute'],
  ['0/10 * * * * ?', 'Every 10 seconds'],
  ['0 5 * * * ?', 'Every hour at 5 past'],
  ['0 0 0/6 * * ?', 'Every day at 00:00, 06:00, 12:00 and 18:00'],
  ['0 0 0/2 * * ?', 'Every 2 hours'],
  ['0 30 9 * * ?', 'Every day at 09:30'],
  ['27 30 9 * * ?', 'Every day at 09:30:27'],
  ['0 0 9 ? * MON-FRI', 'From Monday to Friday at 09:00'],
  ['0 0 9,17 ? * SUN,MON', 'On Monday and Sunday at 09:00 and 17:00'],
  ['0 0 6 L * ?', 'On the last day of every month at 06:00'],
  ['0 0 6 1,22 1 ?', 'On the 1st and 22nd in January at 06:00'],
  ['0 0/10 8-17 ? * MON-FRI', 'Every 10 minutes from 08:00 to 17:59 from Monday to Friday'],
])('%s means: %s', (text, words) => {
  expect(cronWords(text)).toBe(words);
});

test('there are no words for what is not understood', () => {
  ['0 0 9 ? * 6#3', 'at nine', '0 0 9 15W * ?'].forEach((text) => expect(cronWords(text)).toBeUndefined());
});

test('the next runs follow the clocks of the time zone', () => {
  const at = (text: string) => Date.parse(text);
  // Berlin goes from +2 to +1 in the night to the 25th of October 2026.
  expect(nextRuns('0 0 9 * * ?', 'Europe/Berlin', at('2026-10-24T07:00:00Z'), 2)).toEqual([at('2026-10-25T08:00:00Z'), at('2026-10-26T08:00:00Z')]);
  // 02:30 of the 29th of March 2026 does not exist there.
  expect(nextRuns('0 30 2 * * ?', 'Europe/Berlin', at('2026-03-28T12:00:00Z'), 1)).toEqual([at('2026-03-30T00:30:00Z')]);
  expect(nextRuns('0 0 6 L 2 ?', 'UTC', at('2026-03-01T00:00:00Z'), 2)).toEqual([at('2027-02-28T06:00:00Z'), at('2028-02-29T06:00:00Z')]);
  expect(nextRuns('0 0/20 * * * ?', 'Asia/Kolkata', at('2026-01-01T00:00:00Z'), 1)).toEqual([at('2026-01-01T00:10:00Z')]);
  expect(nextRuns('0 0 9 * * ?', 'Nowhere/Else', 0, 1)).toEqual([]);
});
