import { Checkbox, Group, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Schedule } from '../api/jobs';
import { cronOf, HOUR_STEPS, LAST_DAY, MINUTE_STEPS, simpleOf, WEEK_DAYS, type Simple } from './cron';
import { cronWords } from './cronWords';
import { NextRuns } from './NextRuns';

export const FIRST_SCHEDULE: Schedule = {
  quartz_cron_expression: '0 0 9 * * ?',
  timezone_id: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
  pause_status: 'UNPAUSED',
};

interface Props {
  schedule: Schedule;
  set: (schedule: Schedule) => void;
}

const EVERY: { value: Simple['every']; label: string }[] = [
  { value: 'minutes', label: 'Minutes' },
  { value: 'hours', label: 'Hours' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
];

/** When a job runs by itself: by choices that most schedules need, or as the expression itself. */
export function ScheduleForm({ schedule, set }: Props) {
  const cron = schedule.quartz_cron_expression;
  const simple = simpleOf(cron);
  const [byText, setByText] = useState(simple === undefined);
  const setCron = (text: string) => set({ ...schedule, quartz_cron_expression: text });
  return (
    <div className="form schedule-form">
      <SegmentedControl
        size="xs"
        aria-label="How the schedule is written"
        data={[
          { value: 'simple', label: 'Simple' },
          { value: 'cron', label: 'Cron expression' },
        ]}
        value={byText ? 'cron' : 'simple'}
        onChange={(mode) => {
          setByText(mode === 'cron');
          if (mode === 'simple' && !simple) setCron(FIRST_SCHEDULE.quartz_cron_expression);
        }}
      />
      {byText || !simple ? <CronText cron={cron} set={setCron} /> : <Choices simple={simple} set={(next) => setCron(cronOf(next))} />}
      <TimeZone value={schedule.timezone_id} set={(zone) => set({ ...schedule, timezone_id: zone })} />
      <p className="schedule-words" aria-live="polite">
        {cronWords(cron) ?? 'This expression cannot be put into words. The server checks it when it is saved.'}
      </p>
      <NextRuns schedule={{ ...schedule, pause_status: 'UNPAUSED' }} />
      <Switch
        size="xs"
        label="Paused: keep the schedule, but start no runs"
        checked={schedule.pause_status === 'PAUSED'}
        onChange={(event) => set({ ...schedule, pause_status: event.currentTarget.checked ? 'PAUSED' : 'UNPAUSED' })}
      />
    </div>
  );
}

function CronText({ cron, set }: { cron: string; set: (text: string) => void }) {
  return (
    <TextInput
      label="Quartz cron expression"
      description="Seconds, minutes, hours, day of month, month, day of week. One of the two days is ?"
      value={cron}
      onChange={(event) => set(event.currentTarget.value)}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}

/** Another rhythm keeps the time of day that was chosen. */
function withEvery(every: Simple['every'], old: Simple): Simple {
  const minute = 'minute' in old ? old.minute : 0;
  const hour = 'hour' in old ? old.hour : 9;
  if (every === 'minutes') return { every, count: 15 };
  if (every === 'hours') return { every, count: 1, minute };
  if (every === 'week') return { every, days: [2], hour, minute };
  return every === 'month' ? { every, day: 1, hour, minute } : { every, hour, minute };
}

function Choices({ simple, set }: { simple: Simple; set: (simple: Simple) => void }) {
  return (
    <>
      <div className="line bottom">
        <Select label="Every" w={120} data={EVERY} value={simple.every} onChange={(every) => every && set(withEvery(every as Simple['every'], simple))} allowDeselect={false} />
        {'count' in simple && <Count simple={simple} set={set} />}
        {simple.every === 'hours' && (
          <NumberInput
            label="At minute"
            w={100}
            min={0}
            max={59}
            clampBehavior="strict"
            value={simple.minute}
            onChange={(value) => set({ ...simple, minute: typeof value === 'number' ? value : 0 })}
          />
        )}
        {simple.every === 'month' && <MonthDay day={simple.day} set={(day) => set({ ...simple, day })} />}
        {'hour' in simple && <Time hour={simple.hour} minute={simple.minute} set={(hour, minute) => set({ ...simple, hour, minute })} />}
      </div>
      {simple.every === 'week' && (
        <Checkbox.Group
          label="On"
          value={simple.days.map(String)}
          onChange={(days) => {
            if (days.length > 0) set({ ...simple, days: days.map(Number).sort((a, b) => a - b) });
          }}
        >
          <Group gap="md">
            {WEEK_DAYS.map(({ value, name }) => (
              <Checkbox key={value} size="xs" value={String(value)} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </>
  );
}

function Count({ simple, set }: { simple: Extract<Simple, { count: number }>; set: (simple: Simple) => void }) {
  const counts = simple.every === 'minutes' ? MINUTE_STEPS : HOUR_STEPS;
  return (
    <Select
      label={simple.every === 'minutes' ? 'How many minutes' : 'How many hours'}
      w={140}
      data={counts.map(String)}
      value={String(simple.count)}
      onChange={(count) => set({ ...simple, count: Number(count) })}
      allowDeselect={false}
    />
  );
}

const MONTH_DAYS = [...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })), { value: String(LAST_DAY), label: 'last day' }];

function MonthDay({ day, set }: { day: number; set: (day: number) => void }) {
  return (
    <Select
      label="Day"
      description={day > 28 ? 'Months without it are left out' : undefined}
      w={120}
      data={MONTH_DAYS}
      value={String(day)}
      onChange={(value) => value !== null && set(Number(value))}
      allowDeselect={false}
    />
  );
}

const two = (value: number) => String(value).padStart(2, '0');

function Time({ hour, minute, set }: { hour: number; minute: number; set: (hour: number, minute: number) => void }) {
  return (
    <TextInput
      label="At"
      type="time"
      w={120}
      value={`${two(hour)}:${two(minute)}`}
      onChange={(event) => {
        const [nextHour, nextMinute] = event.currentTarget.value.split(':').map(Number);
        // The field is empty while a part of it is being typed.
        if (nextHour !== undefined && nextMinute !== undefined) set(nextHour, nextMinute);
      }}
    />
  );
}

function TimeZone({ value, set }: { value: string; set: (zone: string) => void }) {
  const zones = useMemo(() => [...new Set([value, FIRST_SCHEDULE.timezone_id, 'UTC', ...Intl.supportedValuesOf('timeZone')])], [value]);
  return <Select label="Time zone" data={zones} value={value} onChange={(zone) => zone && set(zone)} searchable allowDeselect={false} limit={200} maxDropdownHeight={240} />;
}
