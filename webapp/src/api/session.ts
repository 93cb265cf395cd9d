import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, showCsrfToken } from './client';
import { keys } from './keys';
import { beIn, wantedWorkspace } from './tab';

export interface Session {
  user_id: number;
  user_name: string;
  display_name: string;
  admin: boolean;
  account_admin: boolean;
  workspace_id: number;
  csrf_token: string;
}

function begun(session: Partial<Session>): Session | null {
  showCsrfToken(session.csrf_token ?? '');
  beIn(session.workspace_id ? String(session.workspace_id) : '');
  return session.user_name ? (session as Session) : null;
}

/**
 * The session, in the workspace that this tab wants to be in. The page has asked for it before its script ran, of course without naming
 * one; only a tab that is elsewhere than the session asks once more.
 */
async function asked(): Promise<Partial<Session>> {
  const ask = (o?: string) => api.get<Partial<Session>>('/ui-api/session', { o });
  const wanted = wantedWorkspace();
  const now = await ask().catch((failure: unknown) => {
    if (!notThere(failure)) throw failure;
    // Somebody is no longer in the workspace that this tab was in.
    beIn('');
    return ask();
  });
  if (!wanted || !now.workspace_id || String(now.workspace_id) === wanted) return now;
  return ask(wanted).catch((failure: unknown) => {
    if (!notThere(failure)) throw failure;
    return now;
  });
}

const notThere = (failure: unknown) => failure instanceof ApiError && (failure.status === 403 || failure.status === 400);

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async () => begun(await asked()),
  staleTime: Infinity,
});

/** What shows who somebody is: one of them. */
export type Credentials = { token: string } | { code: string } | { user_name: string; password: string } | { provider: Returned };

/** With what the provider has sent the browser back. */
export interface Returned {
  state?: string;
  code?: string;
  iss?: string;
  error?: string;
}

/** By which people sign in too; without a name: by none. */
export const providerQuery = queryOptions({
  queryKey: keys.provider,
  queryFn: () => api.get<{ name?: string }>('/ui-api/provider'),
  staleTime: Infinity,
});

/** Where the provider asks who somebody is. */
export async function providerLocation(): Promise<string> {
  return (await api.post<{ location: string }>('/ui-api/provider')).location;
}

export async function signIn(credentials: Credentials): Promise<Session | null> {
  return begun(await api.post<Session>('/ui-api/session', credentials));
}

/** Whom a link is for. */
export const invitationQuery = (code: string) =>
  queryOptions({ queryKey: keys.invitation(code), queryFn: () => api.get<{ user_name: string }>('/ui-api/invitation', { code }), retry: false });

/** Takes the link: it works once. */
export async function choosePassword(code: string, password: string): Promise<Session | null> {
  return begun(await api.post<Session>('/ui-api/password', { code, password }));
}

/** Other sessions of the user end. */
export async function changePassword(before: string, after: string): Promise<Session | null> {
  return begun(await api.put<Session>('/ui-api/password', { before, after }));
}

export async function signOut(): Promise<void> {
  await api.delete('/ui-api/session');
  showCsrfToken('');
  beIn('');
}
