import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { importObject } from '../api/tree';
import { useGo } from '../parts/Go';
import { places } from '../parts/places';
import { ErrorNote } from '../parts/ErrorNote';
import { copyOf, isText } from './conflict';
import { childOf, nameOf, parentOf } from '../parts/paths';

interface Props {
  path: string;
  mine: string;
  /** Undefined if the file was deleted. */
  theirs: string | undefined;
  overwrite: () => Promise<void>;
  load: (theirs: string) => void;
  /** What is typed is safe elsewhere: the page may be left. */
  allowLeaving: () => void;
  close: () => void;
}

/** Asked before somebody else's text would be lost. Nothing is saved until one of the ways is chosen. */
export function ConflictDialog({ path, mine, theirs, overwrite, load, allowLeaving, close }: Props) {
  const queries = useQueryClient();
  const go = useGo();
  const [copy, setCopy] = useState(copyOf(path));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const name = nameOf(path);
  const gone = theirs === undefined;

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  async function saveCopy() {
    const to = copy.trim().startsWith('/') ? copy.trim() : childOf(parentOf(path), copy.trim());
    await importObject({ path: to, content: new TextEncoder().encode(mine), format: 'AUTO' });
    queries.setQueryData(keys.content(to), mine);
    queries.removeQueries({ queryKey: keys.content(path) });
    allowLeaving();
    await go(places.file(to));
  }
  return (
    <Modal opened onClose={close} title={gone ? `${name} was deleted` : `${name} was changed`} size={520}>
      <p>
        {gone ? 'Somebody has deleted it since you opened it.' : 'It was saved elsewhere since you opened it.'} Your text is not saved yet.
        {!gone && isText(theirs) && ' If you load theirs, Undo brings yours back.'}
      </p>
      <form
       
        onSubmit={(event) => {
          event.preventDefault();
          void run(saveCopy);
        }}
      >
        <Group align="end" wrap="nowrap">
          <TextInput label="Save mine as" value={copy} onChange={(event) => setCopy(event.currentTarget.value)} style={{ flex: 1 }} data-autofocus />
          <Button size="xs" type="submit" variant="default" disabled={busy || copy.trim() === ''}>
            Save a copy
          </Button>
        </Group>
      </form>
      {error !== undefined && <ErrorNote error={error} />}
      <Group justify="flex-end" mt="lg">
        <Button size="xs" variant="default" disabled={busy} onClick={close}>
          Go on editing
        </Button>
        {!gone && isText(theirs) && (
          <Button size="xs" variant="default" disabled={busy} onClick={() => load(theirs)}>
            Load theirs
          </Button>
        )}
        <Button size="xs" color={gone ? undefined : 'red.9'} disabled={busy} onClick={() => void run(overwrite)}>
          {gone ? 'Save it again' : 'Keep mine, overwrite theirs'}
        </Button>
      </Group>
    </Modal>
  );
}
