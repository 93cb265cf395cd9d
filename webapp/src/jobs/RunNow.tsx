import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useGo } from '../app/Go';
import { keys } from '../api/keys';
import { runNow, type Job } from '../api/jobs';
import { places } from '../app/places';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { parametersOf } from './tasks';

/** Starts a run with the job's own parameters and opens its page. */
export function useRunNow() {
  const start = useStart();
  const { fail } = useDialogs();
  return (job: Job) => void start(job, {}).catch(fail);
}

function useStart() {
  const queries = useQueryClient();
  const go = useGo();
  return async (job: Job, parameters: Parameters<typeof runNow>[1]) => {
    const { run_id: runId } = await runNow(job.job_id, parameters);
    await queries.invalidateQueries({ queryKey: keys.runs });
    await go(places.run(job.job_id, runId));
  };
}

/** Asks for parameters first. */
export function RunWithParameters({ job, close }: { job: Job; close: () => void }) {
  const start = useStart();
  const { kind, values } = parametersOf(job);
  const [given, setGiven] = useState(values);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await start(job, { [kind]: given });
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={close} title={`Run ${job.settings.name} with parameters`}>
      <form onSubmit={(event) => void submit(event)} className="form">
        {Object.entries(given).map(([name, value]) => (
          <TextInput key={name} label={name} value={value} onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })} />
        ))}
        {Object.keys(given).length === 0 && <p className="dim">This job has no parameters; it runs as it is.</p>}
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={busy}>
            Run
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
