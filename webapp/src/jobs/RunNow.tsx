import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useGo } from '../parts/Go';
import { keys } from '../api/keys';
import { runNow, type Job } from '../api/jobs';
import { places } from '../parts/places';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { Pairs } from './Pairs';
import { merged, remember, remembered, unusual, usual, type Parameters as Given } from './runParameters';

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

/** Asks for parameters first, beginning with those of the last time. */
export function RunWithParameters({ job, close }: { job: Job; close: () => void }) {
  const start = useStart();
  const usually = usual(job.settings);
  const [given, setGiven] = useState(() => merged(usually, remembered(job.job_id)));
  // A form that is reset begins anew.
  const [resets, setResets] = useState(0);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const changed = unusual(given, usually);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await start(job, changed);
      remember(job.job_id, given);
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={close} title={`Run ${job.settings.name} with parameters`} size={520}>
      <form onSubmit={(event) => void submit(event)} className="form">
        <Fields key={resets} given={given} usually={usually} set={setGiven} setWrong={setWrong} />
        {Object.keys(changed).length > 0 && (
          <div>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                setGiven(usually);
                setWrong(false);
                setResets(resets + 1);
              }}
            >
              Back to the defaults
            </Button>
          </div>
        )}
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={wrong}>
            Run
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  given: Given;
  usually: Given;
  set: (given: Given) => void;
  setWrong: (wrong: boolean) => void;
}

function Fields({ given, usually, set, setWrong }: FieldsProps) {
  const own = given.job_parameters;
  return (
    <>
      {own &&
        Object.entries(own).map(([name, value]) => (
          <TextInput
            key={name}
            label={name}
            description={value === usually.job_parameters?.[name] ? undefined : `Usually: ${usually.job_parameters?.[name] || '(empty)'}`}
            value={value}
            onChange={(event) => set({ ...given, job_parameters: { ...own, [name]: event.currentTarget.value } })}
            spellCheck={false}
          />
        ))}
      {given.notebook_params && (
        <Pairs
          label="Parameters of the notebooks"
          hint="For every notebook of the job. What is not changed stays as each task has it."
          noun="parameter"
          start={given.notebook_params}
          set={(pairs) => set({ ...given, notebook_params: pairs })}
          setWrong={setWrong}
        />
      )}
      {given.python_params !== undefined && (
        <List label="Parameters of the Python tasks" value={given.python_params} set={(text) => set({ ...given, python_params: text })} />
      )}
      {given.jar_params !== undefined && <List label="Parameters of the JAR tasks" value={given.jar_params} set={(text) => set({ ...given, jar_params: text })} />}
      {Object.keys(given).length === 0 && <p className="dim">This job takes no parameters; it runs as it is.</p>}
    </>
  );
}

function List({ label, value, set }: { label: string; value: string; set: (text: string) => void }) {
  return (
    <Textarea
      label={label}
      description="One on each line. Unchanged, each task has its own."
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      autosize
      minRows={2}
      maxRows={8}
      size="xs"
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
