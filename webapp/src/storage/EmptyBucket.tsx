import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { allVersions, deleteAll } from '../api/awsObjects';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';

/** Deletes all that is in a bucket, older versions too. Its name is typed, since nothing brings it back. */
export function EmptyBucket({ as, bucket, close }: { as: string; bucket: string; close: () => void }) {
  const queries = useQueryClient();
  const { tell } = useDialogs();
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState('');
  const [error, setError] = useState<unknown>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== bucket) return;
    setError(undefined);
    setProgress('Looking…');
    try {
      const all = await allVersions(as, bucket, '', (count) => setProgress(`Found ${count.toLocaleString('en')}…`));
      const gone = all.map(({ key, id }) => ({ key, version: id }));
      const left = await deleteAll(as, bucket, gone, (count) => setProgress(`Deleted ${count.toLocaleString('en')} of ${all.length.toLocaleString('en')}…`));
      if (left[0]) throw new Error(`${left.length} could not be deleted. ${left[0].key}: ${left[0].why}`);
      tell(`${bucket} is empty: ${all.length.toLocaleString('en')} objects and versions deleted.`);
      close();
    } catch (failure) {
      setError(failure);
    }
    setProgress('');
    await queries.invalidateQueries({ queryKey: keys.aws(as) });
  }
  return (
    <Modal opened onClose={close} title={`Empty the bucket ${bucket}?`} size={440}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <p>All objects in it are deleted, with all their versions. Nothing brings them back.</p>
        <TextInput label={`Type ${bucket} to confirm`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} spellCheck={false} autoComplete="off" data-autofocus />
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end">
          {progress && (
            <span className="dim" role="status">
              {progress}
            </span>
          )}
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" color="red.9" loading={progress !== ''} disabled={typed !== bucket}>
            Delete everything
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
