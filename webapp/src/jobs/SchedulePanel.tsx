import './jobs.css';
import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { updateJob, type Job, type Schedule } from '../api/jobs';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { cronWords } from './cronWords';
import { NextRuns } from './NextRuns';
import { FIRST_SCHEDULE, ScheduleForm } from './ScheduleForm';

/** The schedule of a job in words, and what one can do about it. */
export function SchedulePanel({ job }: { job: Job }) {
  const [editing, setEditing] = useState(false);
  const { ask, fail } = useDialogs();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: keys.jobs });
  const schedule = job.settings.schedule;
  const paused = schedule?.pause_status === 'PAUSED';
  const pause = useMutation({
    mutationFn: (next: Schedule) => updateJob(job.job_id, { schedule: next }),
    onSuccess: refresh,
    onError: fail,
  });
  const remove = () =>
    ask({
      title: 'Remove the schedule?',
      body: <p>{job.settings.name} then runs only when it is started. Pausing keeps the schedule for later.</p>,
      action: 'Remove',
      danger: true,
      run: async () => {
        await updateJob(job.job_id, {}, ['schedule']);
        await refresh();
      },
    });
  return (
    <section className="schedule" aria-label="Schedule">
      <CalendarClock size={16} aria-hidden="true" />
      <div>
        {schedule ? <ScheduleWords schedule={schedule} /> : <p>No schedule: it runs only when started.</p>}
        {schedule && <NextRuns schedule={schedule} />}
      </div>
      <Button size="compact-xs" variant="default" onClick={() => setEditing(true)}>
        {schedule ? 'Edit schedule' : 'Add schedule'}
      </Button>
      {schedule && (
        <>
          <Button
            size="compact-xs"
            variant="default"
            loading={pause.isPending}
            onClick={() => pause.mutate({ ...schedule, pause_status: paused ? 'UNPAUSED' : 'PAUSED' })}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button size="compact-xs" variant="default" onClick={remove}>
            Remove
          </Button>
        </>
      )}
      {editing && <EditSchedule job={job} close={() => setEditing(false)} />}
    </section>
  );
}

/** A schedule as a sentence; its expression where there are no words for it. */
export function ScheduleWords({ schedule }: { schedule: Schedule }) {
  const { quartz_cron_expression: cron, timezone_id: zone } = schedule;
  const sentence = cronWords(cron);
  return (
    <p title={cron}>
      {sentence ?? <code>{cron}</code>}, {zone}
      {schedule.pause_status === 'PAUSED' && <strong> - paused</strong>}
    </p>
  );
}

function EditSchedule({ job, close }: { job: Job; close: () => void }) {
  const queries = useQueryClient();
  const { tell } = useDialogs();
  const [schedule, setSchedule] = useState(job.settings.schedule ?? FIRST_SCHEDULE);
  const save = useMutation({
    mutationFn: () => updateJob(job.job_id, { schedule }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.jobs });
      tell('The schedule is saved.');
      close();
    },
  });
  return (
    <Modal opened onClose={close} title={`Schedule of ${job.settings.name}`} size={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <ScheduleForm schedule={schedule} set={setSchedule} />
        {save.isError && <ErrorNote error={save.error} />}
        <Group justify="flex-end" mt="md">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={save.isPending}>
            Save schedule
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
