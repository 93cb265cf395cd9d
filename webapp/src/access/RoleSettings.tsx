import { Button, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { roleQuery } from '../api/iam';
import { updateRole } from '../api/iamChanges';
import type { RoleDetail } from '../api/iamShapes';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';
import { useChange } from './useChange';
import { useWho } from './who';

/** How long a session of a role may last, and what the role is for. */
export function RoleSettings({ name }: { name: string }) {
  const { as } = useWho();
  const role = useQuery(roleQuery(as, name));
  return <Loaded query={role}>{(detail) => <Form name={name} detail={detail} />}</Loaded>;
}

function Form({ name, detail }: { name: string; detail: RoleDetail }) {
  const { as } = useWho();
  const change = useChange();
  const { tell } = useDialogs();
  const [description, setDescription] = useState(detail.description);
  const [seconds, setSeconds] = useState<number | string>(detail.longestSession);
  const [error, setError] = useState<unknown>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    try {
      await change(updateRole(as, name, description, Number(seconds)));
      tell('Saved.');
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void save(event)}>
      <TextInput label="Description" size="xs" value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      <NumberInput
        label="Longest session in seconds"
        description="From 3600, an hour, to 43200, twelve hours. Who takes the role asks for as much at most."
        size="xs"
        w={320}
        step={3600}
        value={seconds}
        onChange={setSeconds}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <div>
        <Button size="xs" type="submit" disabled={seconds === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}
