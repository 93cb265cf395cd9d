import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

/** One end of a membership; `display` is its name. */
export interface Held {
  value: string;
  display: string;
  /** For instance `Users/123`. */
  $ref: string;
  type?: 'direct' | 'indirect';
}

/** A user, service principal or group, as SCIM writes it. */
export interface Entry {
  id: string;
  userName?: string;
  applicationId?: string;
  displayName: string;
  active?: boolean;
  groups?: Held[];
  /** What it may do in the workspace by itself. */
  entitlements?: { value: string }[];
  members?: Held[];
}

export type EntryKind = 'Users' | 'Groups' | 'ServicePrincipals';

const SCIM = '/api/2.0/preview/scim/v2';

const all = (kind: EntryKind, excluded: string) =>
  async () => (await api.get<{ Resources?: Entry[] }>(`${SCIM}/${kind}`, { sortBy: kind === 'Users' ? 'userName' : 'displayName', excludedAttributes: excluded })).Resources ?? [];

export const usersQuery = queryOptions({ queryKey: keys.entries('Users'), queryFn: all('Users', 'roles,emails') });
export const groupsQuery = queryOptions({ queryKey: keys.entries('Groups'), queryFn: all('Groups', 'roles') });
export const servicePrincipalsQuery = queryOptions({ queryKey: keys.entries('ServicePrincipals'), queryFn: all('ServicePrincipals', 'roles') });

export const createEntry = (kind: EntryKind, entry: Partial<Entry>) => api.post<Entry>(`${SCIM}/${kind}`, entry);
export const deleteEntry = (kind: EntryKind, id: string) => api.delete(`${SCIM}/${kind}/${id}`);

const patch = (kind: EntryKind, id: string, operation: object) => api.patch(`${SCIM}/${kind}/${id}`, { Operations: [operation] });

export const setActive = (kind: EntryKind, id: string, active: boolean) => patch(kind, id, { op: 'replace', path: 'active', value: active });
/** Gives or takes what it may do by itself. */
export const entitle = (kind: EntryKind, id: string, word: string, may: boolean) =>
  patch(kind, id, may ? { op: 'add', path: 'entitlements', value: [{ value: word }] } : { op: 'remove', path: `entitlements[value eq "${word}"]` });
export const addMember = (group: string, id: string) => patch('Groups', group, { op: 'add', path: 'members', value: [{ value: id }] });
export const removeMember = (group: string, id: string) => patch('Groups', group, { op: 'remove', path: `members[value eq "${id}"]` });

/** The code of a link with which the user chooses a password. */
export const invite = async (userId: string) => (await api.post<{ code: string }>('/ui-api/invitations', { user_id: Number(userId) })).code;
