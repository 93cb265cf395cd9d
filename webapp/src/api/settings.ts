import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

export interface Token {
  token_id: string;
  comment?: string;
  creation_time: number;
  expiry_time: number;
}

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: async () => (await api.get<{ token_infos?: Token[] }>('/api/2.0/token/list')).token_infos ?? [],
});

export const createToken = (comment: string, days: number) =>
  api.post<{ token_value: string }>('/api/2.0/token/create', {
    comment,
    lifetime_seconds: days > 0 ? days * 86400 : undefined,
  });

export const deleteToken = (id: string) => api.post('/api/2.0/token/delete', { token_id: id });

export interface Metastore {
  metastore_id: string;
  name: string;
  storage_root?: string;
}

export const metastoreQuery = queryOptions({
  queryKey: keys.metastore,
  queryFn: () => api.get<Metastore>('/api/2.1/unity-catalog/metastore_summary'),
});
