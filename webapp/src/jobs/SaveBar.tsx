import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { resetJob, type Job } from '../api/jobs';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { problems } from './checks';
import type { Draft } from './useDraft';

/** What is to be done with changes that are not saved; nothing without them. */
export function SaveBar({ job, draft }: { job: Job; draft: Draft }) {
  const queries = useQueryClient();
  const { tell } = useDialogs();
  const save = useMutation({
    mutationFn: () => resetJob(job.job_id, draft.settings),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.jobs });
      draft.discard();
      tell('Saved. Runs that have begun keep what they had.');
    },
  });
  if (!draft.changed && !draft.broken) return null;
  const wrong = problems(draft.settings).length;
  return (
    <div className="save-bar" role="region" aria-label="Unsaved changes">
      <span>
        {draft.broken ? 'The JSON is not complete.' : wrong > 0 ? `Unsaved changes; ${wrong === 1 ? 'one thing is' : `${wrong} things are`} missing.` : 'Unsaved changes.'}
        {draft.overtaken && ' The job has been changed elsewhere in the meantime: saving overwrites that.'}
      </span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          save.reset();
          draft.discard();
        }}
      >
        Discard changes
      </Button>
      <Button size="xs" loading={save.isPending} disabled={draft.broken || wrong > 0} onClick={() => save.mutate()}>
        Save job
      </Button>
      {save.isError && <ErrorNote error={save.error} />}
    </div>
  );
}
