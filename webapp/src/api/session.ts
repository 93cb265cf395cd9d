import { queryOptions } from '@tanstack/react-query';
import { api, showCsrfToken } from './client';
import { keys } from './keys';

export interface Session {
  user_id: number;
  user_name: string;
  display_name: string;
  admin: boolean;
  csrf_token: string;
}

function begun(session: Partial<Session>): Session | null {
  showCsrfToken(session.csrf_token ?? '');
  return session.user_name ? (session as Session) : null;
}

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async () => begun(await api.get<Partial<Session>>('/ui-api/session')),
  staleTime: Infinity,
});

export async function signIn(credentials: { token: string } | { code: string }): Promise<Session | null> {
  return begun(await api.post<Session>('/ui-api/session', credentials));
}

export async function signOut(): Promise<void> {
  await api.delete('/ui-api/session');
  showCsrfToken('');
}
