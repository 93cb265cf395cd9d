import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keysOf } from '../api/aws';
import { createBucket, putVersioning } from '../api/awsBuckets';
import { keys } from '../api/keys';
import { ErrorNote } from '../parts/ErrorNote';
import { useGo } from '../parts/Go';
import { places } from '../parts/places';
import { bucketProblem } from './names';

export function CreateBucket({ as, close }: { as: string; close: () => void }) {
  const queries = useQueryClient();
  const go = useGo();
  const [name, setName] = useState('');
  const [versions, setVersions] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const problem = bucketProblem(name);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (problem) return;
    setBusy(true);
    setError(undefined);
    try {
      const { keys: mine } = await keysOf(as);
      await createBucket(as, name, mine.region);
      if (versions) await putVersioning(as, name, 'Enabled');
      await queries.invalidateQueries({ queryKey: keys.aws(as, 'buckets') });
      await go(places.storage(name));
    } catch (failure) {
      setError(failure);
      setBusy(false);
      await queries.invalidateQueries({ queryKey: keys.aws(as, 'buckets') });
    }
  }
  return (
    <Modal opened onClose={close} title="Create a bucket" size={440}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          description="It is an address too, so no two buckets have the same."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name !== '' && problem}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <Checkbox label="Keep older versions of objects" checked={versions} onChange={(event) => setVersions(event.currentTarget.checked)} />
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={problem !== ''}>
            Create
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
