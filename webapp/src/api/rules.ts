import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

/** A token of anybody in the workspace. */
export interface ManagedToken {
  token_id: string;
  comment?: string;
  owner_username?: string;
  created_by_username?: string;
  creation_time: number;
  expiry_time: number;
  last_used_day?: number;
}

export const managedTokensQuery = queryOptions({
  queryKey: keys.managedTokens,
  queryFn: async () => (await api.get<{ token_infos?: ManagedToken[] }>('/api/2.0/token-management/tokens')).token_infos ?? [],
});

export const revokeToken = (id: string) => api.delete(`/api/2.0/token-management/tokens/${id}`);

/** What is set for the workspace, in the words of workspace-conf. */
export type Conf = Record<string, string | undefined>;

const CONF = '/api/2.0/workspace-conf';

export const confQuery = (names: string[]) => queryOptions({ queryKey: keys.conf, queryFn: () => api.get<Conf>(CONF, { keys: names.join(',') }) });

export const setConf = (name: string, value: string) => api.patch(CONF, { [name]: value });

/** A list of addresses from which the workspace may, or may not, be reached. */
export interface AccessList {
  list_id: string;
  label: string;
  list_type: 'ALLOW' | 'BLOCK';
  ip_addresses: string[];
  enabled: boolean;
}

const LISTS = '/api/2.0/ip-access-lists';

export const accessListsQuery = queryOptions({
  queryKey: keys.accessLists,
  queryFn: async () => (await api.get<{ ip_access_lists?: AccessList[] }>(LISTS)).ip_access_lists ?? [],
});

export const createAccessList = (label: string, type: AccessList['list_type'], addresses: string[]) =>
  api.post(LISTS, { label, list_type: type, ip_addresses: addresses });
export const enableAccessList = (id: string, enabled: boolean) => api.patch(`${LISTS}/${id}`, { enabled });
export const deleteAccessList = (id: string) => api.delete(`${LISTS}/${id}`);
