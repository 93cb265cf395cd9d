import { Button, Group, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { versioningQuery } from '../api/awsBuckets';
import { allBelow, deleteAll } from '../api/awsObjects';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';

const count = (many: number) => `${many.toLocaleString('en')} ${many === 1 ? 'object' : 'objects'}`;

interface Props {
  as: string;
  bucket: string;
  chosen: string[];
  /** Told when they are gone. */
  done?: () => void;
  close: () => void;
}

/** Asks before objects are deleted, and folders with all that is in them: how many that is, is counted first. */
export function DeleteChosen({ as, bucket, chosen, done: gone, close }: Props) {
  const queries = useQueryClient();
  const { tell } = useDialogs();
  const versioning = useQuery(versioningQuery(as, bucket)).data;
  const [found, setFound] = useState(0);
  const [all, setAll] = useState<string[]>();
  const [progress, setProgress] = useState('');
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    let left = false;
    const look = async () => {
      const known = new Set(chosen.filter((key) => !key.endsWith('/')));
      for (const folder of chosen.filter((key) => key.endsWith('/'))) {
        const before = known.size;
        for (const { key } of await allBelow(as, bucket, folder, (more) => !left && setFound(before + more))) known.add(key);
        if (left) return;
      }
      setAll([...known]);
    };
    look().catch((failure: unknown) => !left && setError(failure));
    return () => {
      left = true;
    };
  }, [as, bucket, chosen]);

  async function remove(keysToGo: string[]) {
    setError(undefined);
    setProgress('Deleting…');
    try {
      const left = await deleteAll(
        as,
        bucket,
        keysToGo.map((key) => ({ key })),
        (done) => setProgress(`Deleted ${done.toLocaleString('en')}…`),
      );
      if (left[0]) throw new Error(`${count(left.length)} could not be deleted. ${left[0].key}: ${left[0].why}`);
      tell(`Deleted ${count(keysToGo.length)}.`);
      close();
      gone?.();
    } catch (failure) {
      setError(failure);
    }
    setProgress('');
    await Promise.all(['objects', 'versions', 'object'].map((kind) => queries.invalidateQueries({ queryKey: keys.aws(as, kind, bucket) })));
  }

  return (
    <Modal opened onClose={close} title={all ? `Delete ${count(all.length)}?` : 'Delete'} size={480}>
      {!all && error === undefined && <p role="status">Counting what is in the folders: {found.toLocaleString('en')} so far…</p>}
      {all && (
        <>
          <p>{versioning === 'Enabled' ? 'Older versions stay, and bring each object back.' : 'Nothing brings them back.'}</p>
          <ul className="some-keys">
            {all.slice(0, 8).map((key) => (
              <li key={key}>
                <code>{key}</code>
              </li>
            ))}
            {all.length > 8 && <li className="dim">and {(all.length - 8).toLocaleString('en')} more</li>}
          </ul>
        </>
      )}
      {error !== undefined && <ErrorNote error={error} />}
      <Group justify="flex-end" mt="md">
        {progress && (
          <span className="dim" role="status">
            {progress}
          </span>
        )}
        <Button size="xs" variant="default" onClick={close}>
          Cancel
        </Button>
        <Button size="xs" color="red.9" disabled={!all || all.length === 0} loading={progress !== ''} onClick={() => void remove(all ?? [])} data-autofocus>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}
