import { Anchor, Button, Divider, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { keys } from '../api/keys';
import { choosePassword, invitationQuery, providerLocation, providerQuery, signIn, type Session } from '../api/session';
import { ErrorNote } from '../parts/ErrorNote';
import { Mark } from './Mark';
import { keepNext, keptAddress, ownPath } from './next';

/**
 * Signs in by the company's provider, with a name and a password, with a token, or with what stands behind the `#` of a link: a code, or
 * an invitation.
 */
export function SignIn() {
  const { hash } = useLocation();
  const { enter, busy, error } = useEnter();
  const [byToken, setByToken] = useState(false);
  const tried = useRef('');
  const provider = useQuery(providerQuery);
  // Out of the address at once: it is a secret.
  const [invitation] = useState(() => new URLSearchParams(hash).get('invitation') ?? '');

  useEffect(() => {
    const code = new URLSearchParams(hash).get('code');
    // The code works once, and an effect may run twice.
    if (code && tried.current !== code) {
      tried.current = code;
      history.replaceState(null, '', location.pathname + location.search);
      void enter(() => signIn({ code }));
    }
    // As the provider sends it back: out of the address too, and with where it was to go.
    const { state, code: answer, iss, error: refusal } = Object.fromEntries(new URLSearchParams(location.search));
    if (state && tried.current !== state) {
      tried.current = state;
      history.replaceState(null, '', keptAddress());
      void enter(() => signIn({ provider: { state, code: answer, iss, error: refusal } }));
    }
    if (invitation && location.hash) history.replaceState(null, '', location.pathname + location.search);
  });

  async function toProvider(): Promise<null> {
    const there = await providerLocation();
    keepNext();
    location.assign(there);
    return new Promise(() => {});
  }

  const above = provider.data?.name && (
    <>
      <Button fullWidth loading={busy} onClick={() => void enter(toProvider)}>
        Sign in with {provider.data.name}
      </Button>
      <Divider label="or" my="md" />
    </>
  );

  return (
    <main className="sign-in">
      {invitation ? (
        <Invited code={invitation} />
      ) : byToken ? (
        <ByToken above={above} busy={busy} enter={(token) => void enter(() => signIn({ token }))} />
      ) : (
        <ByPassword above={above} busy={busy} enter={(user_name, password) => void enter(() => signIn({ user_name, password }))} />
      )}
      {error !== undefined && <ErrorNote error={error} />}
      {!invitation && (
        <p className="dim">
          <Anchor component="button" type="button" size="sm" onClick={() => setByToken(!byToken)}>
            {byToken ? 'Use a user name and password' : 'Use an access token'}
          </Anchor>
          . Or open a one-time link: <code>./slipway up</code> prints one, also while the server runs.
        </p>
      )}
    </main>
  );
}

/** Begins a session and goes where the user wanted to go. */
function useEnter() {
  const queries = useQueryClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function enter(begin: () => Promise<Session | null>) {
    setBusy(true);
    setError(undefined);
    try {
      const session = await begin();
      queries.clear();
      queries.setQueryData(keys.session, session);
      const back = ownPath(new URLSearchParams(location.search).get('next'));
      // A program has sent the browser for a code, which the server gives and no page.
      if (back.startsWith('/oidc/')) location.replace(back);
      else router.history.replace(back);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return { enter, busy, error };
}

function Form({ submit, children }: { submit: () => void; children: ReactNode }) {
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={submitted}>
      <h1>
        <Mark size={26} /> Slipway
      </h1>
      {children}
    </form>
  );
}

function ByPassword({ above, busy, enter }: { above: ReactNode; busy: boolean; enter: (userName: string, password: string) => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Form submit={() => enter(name.trim(), password)}>
      {above}
      <TextInput label="User name" value={name} onChange={(event) => setName(event.currentTarget.value)} autoFocus size="sm" autoComplete="username" />
      <PasswordInput label="Password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} size="sm" mt="xs" autoComplete="current-password" />
      <Button type="submit" loading={busy} disabled={name.trim() === '' || password === ''} fullWidth mt="md">
        Sign in
      </Button>
    </Form>
  );
}

function ByToken({ above, busy, enter }: { above: ReactNode; busy: boolean; enter: (token: string) => void }) {
  const [token, setToken] = useState('');
  return (
    <Form submit={() => enter(token)}>
      {above}
      <PasswordInput
        label="Access token"
        description="The first one is in admin.token of the server's folder."
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        autoFocus
        size="sm"
        autoComplete="off"
      />
      <Button type="submit" loading={busy} disabled={token.trim() === ''} fullWidth mt="md">
        Sign in
      </Button>
    </Form>
  );
}

function Invited({ code }: { code: string }) {
  const invitation = useQuery(invitationQuery(code));
  const { enter, busy, error } = useEnter();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  if (invitation.isError) {
    return (
      <Form submit={() => location.assign('/sign-in')}>
        <ErrorNote error={invitation.error} />
        <Button type="submit" fullWidth mt="md" variant="default">
          Go to sign in
        </Button>
      </Form>
    );
  }
  const differs = again !== '' && again !== password;
  return (
    <Form submit={() => void enter(() => choosePassword(code, password))}>
      <p>
        Choose a password for <b>{invitation.data?.user_name ?? '…'}</b>.
      </p>
      {/* So that the browser keeps the password with the name. */}
      <input type="hidden" name="username" autoComplete="username" value={invitation.data?.user_name ?? ''} readOnly />
      <PasswordInput label="New password" description="At least 10 characters." value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoFocus size="sm" autoComplete="new-password" />
      <PasswordInput
        label="The same again"
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={differs && 'The two differ.'}
        size="sm"
        mt="xs"
        autoComplete="new-password"
      />
      <Button type="submit" loading={busy} disabled={password.length < 10 || again !== password} fullWidth mt="md">
        Set password and sign in
      </Button>
      {error !== undefined && <ErrorNote error={error} />}
    </Form>
  );
}
