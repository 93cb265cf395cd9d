import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keys } from '../api/keys';
import { changePassword } from '../api/session';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';

/** Changes the password of this user. Who has none yet gets a link from an admin. */
export function Password() {
  const queries = useQueryClient();
  const { tell } = useDialogs();
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const change = useMutation({
    mutationFn: () => changePassword(before, after),
    onSuccess: (session) => {
      queries.setQueryData(keys.session, session);
      setBefore('');
      setAfter('');
      tell('Your password was changed. Your other sessions have ended.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit} style={{ maxWidth: 320 }}>
      <PasswordInput label="Password now" value={before} onChange={(event) => setBefore(event.currentTarget.value)} autoComplete="current-password" />
      <PasswordInput label="New password" description="At least 10 characters." value={after} onChange={(event) => setAfter(event.currentTarget.value)} mt="xs" autoComplete="new-password" />
      <Button size="xs" type="submit" mt="md" loading={change.isPending} disabled={before === '' || after.length < 10}>
        Change password
      </Button>
      {change.isError && <ErrorNote error={change.error} />}
      <p className="dim">If you have no password yet, an admin makes a link for you on the page People.</p>
    </form>
  );
}
