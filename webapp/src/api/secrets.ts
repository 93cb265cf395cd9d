import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

export interface Scope {
  name: string;
}

/** A secret; its value is never told. */
export interface Secret {
  key: string;
  last_updated_timestamp: number;
}

export type SecretRight = 'READ' | 'WRITE' | 'MANAGE';

export interface SecretAcl {
  principal: string;
  permission: SecretRight;
}

const ROOT = '/api/2.0/secrets';

export const scopesQuery = queryOptions({
  queryKey: keys.scopes,
  queryFn: async () => (await api.get<{ scopes?: Scope[] }>(`${ROOT}/scopes/list`)).scopes ?? [],
});

export const secretsQuery = (scope: string) =>
  queryOptions({
    queryKey: keys.secrets(scope),
    queryFn: async () => (await api.get<{ secrets?: Secret[] }>(`${ROOT}/list`, { scope })).secrets ?? [],
    retry: false,
  });

export const secretAclsQuery = (scope: string) =>
  queryOptions({
    queryKey: keys.secretAcls(scope),
    queryFn: async () => (await api.get<{ items?: SecretAcl[] }>(`${ROOT}/acls/list`, { scope })).items ?? [],
    retry: false,
  });

export const createScope = (scope: string) => api.post(`${ROOT}/scopes/create`, { scope });
export const deleteScope = (scope: string) => api.post(`${ROOT}/scopes/delete`, { scope });
export const putSecret = (scope: string, key: string, value: string) => api.post(`${ROOT}/put`, { scope, key, string_value: value });
export const deleteSecret = (scope: string, key: string) => api.post(`${ROOT}/delete`, { scope, key });
export const putSecretAcl = (scope: string, principal: string, permission: SecretRight) => api.post(`${ROOT}/acls/put`, { scope, principal, permission });
export const deleteSecretAcl = (scope: string, principal: string) => api.post(`${ROOT}/acls/delete`, { scope, principal });
