import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

/** A workspace that the user is in. */
export interface Workspace {
  id: number;
  name: string;
  /** Its own address, where that can be reached. */
  url: string;
}

export const workspacesQuery = queryOptions({
  queryKey: keys.workspaces,
  queryFn: async () => (await api.get<{ workspaces: Workspace[] }>('/ui-api/workspaces')).workspaces,
});

/** From now on this browser is there, where an address names no workspace. */
export const goTo = (id: number) => api.put('/ui-api/session/workspace', { workspace_id: id });

/** A workspace as the account's admins see it. */
export interface Managed {
  workspace_id: number;
  workspace_name: string;
  deployment_name: string;
  creation_time: number;
}

export type Level = 'USER' | 'ADMIN';

/** Somebody who is in a workspace. */
export interface Assignment {
  principal: { principal_id: number; display_name: string; user_name?: string; group_name?: string; service_principal_name?: string };
  permissions: Level[];
}

/** Somebody of the account. */
export interface AccountEntry {
  id: string;
  displayName?: string;
  userName?: string;
}

export const accountId = async () => (await api.get<{ account_id: string }>('/.well-known/databricks-config')).account_id;

const account = async () => `/api/2.0/accounts/${await accountId()}`;

export const managedQuery = queryOptions({
  queryKey: keys.managedWorkspaces,
  queryFn: async () => api.get<Managed[]>(`${await account()}/workspaces`),
  retry: false,
});

export const assignmentsQuery = (id: number) =>
  queryOptions({
    queryKey: keys.assignments(id),
    queryFn: async () =>
      (await api.get<{ permission_assignments: Assignment[] }>(`${await account()}/workspaces/${id}/permissionassignments`)).permission_assignments,
  });

export const accountQuery = queryOptions({
  queryKey: keys.account,
  queryFn: async () => {
    const root = `${await account()}/scim/v2`;
    const kinds = await Promise.all(
      ['Users', 'Groups', 'ServicePrincipals'].map((kind) => api.get<{ Resources?: AccountEntry[] }>(`${root}/${kind}`, { excludedAttributes: 'members,groups,roles' })),
    );
    return kinds.flatMap((kind) => kind.Resources ?? []);
  },
});

export const createWorkspace = async (name: string) => api.post<Managed>(`${await account()}/workspaces`, { workspace_name: name });
export const deleteWorkspace = async (id: number) => api.delete(`${await account()}/workspaces/${id}`);
export const assign = async (id: number, principal: string, level: Level) =>
  api.put(`${await account()}/workspaces/${id}/permissionassignments/principals/${principal}`, { permissions: [level] });
export const unassign = async (id: number, principal: string) =>
  api.delete(`${await account()}/workspaces/${id}/permissionassignments/principals/${principal}`);
