import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

/** What has permissions: its type as addresses have it, and its id. */
export interface Shared {
  type: 'clusters' | 'jobs' | 'notebooks' | 'directories' | 'files';
  id: string;
}

/** One entry of an access control list as it is written: exactly one of the names. */
export interface Grant {
  user_name?: string;
  group_name?: string;
  service_principal_name?: string;
  permission_level: string;
}

export interface Holder {
  user_name?: string;
  group_name?: string;
  service_principal_name?: string;
  /** Groups have none. */
  display_name?: string;
  all_permissions: { permission_level: string; inherited: boolean; inherited_from_object?: string[] }[];
}

const address = ({ type, id }: Shared) => `/api/2.0/permissions/${type}/${encodeURIComponent(id)}`;

export const holdersQuery = (thing: Shared) =>
  queryOptions({
    queryKey: keys.holders(thing.type, thing.id),
    queryFn: async () => (await api.get<{ access_control_list: Holder[] }>(address(thing))).access_control_list,
    retry: false,
  });

export interface Level {
  permission_level: string;
  description: string;
}

/** From the weakest to the strongest. */
export const levelsQuery = (thing: Shared) =>
  queryOptions({
    queryKey: keys.levels(thing.type, thing.id),
    queryFn: async () => (await api.get<{ permission_levels: Level[] }>(`${address(thing)}/permissionLevels`)).permission_levels,
    staleTime: Infinity,
    retry: false,
  });

/** Others keep what they have. */
export const grant = (thing: Shared, one: Grant) => api.patch(address(thing), { access_control_list: [one] });

/** Whoever is not named has nothing on the thing itself any more. */
export const grantOnly = (thing: Shared, all: Grant[]) => api.put(address(thing), { access_control_list: all });
