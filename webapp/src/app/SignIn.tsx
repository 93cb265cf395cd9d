import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { keys } from '../api/keys';
import { signIn } from '../api/session';
import { ErrorNote } from '../parts/ErrorNote';
import { Mark } from './Mark';

/** Signs in with the one-time code behind the `#` of a sign-in link, or with a token. */
export function SignIn() {
  const queries = useQueryClient();
  const router = useRouter();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const tried = useRef('');
  const { hash } = useLocation();

  async function enter(credentials: { token: string } | { code: string }) {
    setBusy(true);
    setError(undefined);
    try {
      const session = await signIn(credentials);
      queries.clear();
      queries.setQueryData(keys.session, session);
      const back = new URLSearchParams(location.search).get('next') ?? '/';
      router.history.replace(/^\/(?![/\\])/.test(back) ? back : '/');
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  useEffect(() => {
    const code = new URLSearchParams(hash).get('code');
    // The code works once, and an effect may run twice.
    if (code && tried.current !== code) {
      tried.current = code;
      history.replaceState(null, '', location.pathname + location.search);
      void enter({ code });
    }
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter({ token });
  };

  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <h1>
          <Mark size={26} /> Slipway
        </h1>
        <PasswordInput
          label="Access token"
          description="The first one is in admin.token of the server's folder."
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoFocus
          size="sm"
          autoComplete="current-password"
        />
        <Button type="submit" loading={busy} disabled={token.trim() === ''} fullWidth mt="md">
          Sign in
        </Button>
        {error !== undefined && <ErrorNote error={error} />}
        <p className="dim">
          Or open a one-time link: <code>./slipway up</code> prints one, also while the server runs.
        </p>
      </form>
    </main>
  );
}
