import { queryOptions } from '@tanstack/react-query';
import { api, everything } from './client';
import { keys } from './keys';

export interface Securable {
  name: string;
  full_name: string;
  comment?: string;
  owner: string;
  properties?: Record<string, string>;
  storage_location?: string;
  created_at: number;
  created_by: string;
  updated_at: number;
  updated_by: string;
}

export interface Column {
  name: string;
  type_text: string;
  type_name: string;
  position: number;
  nullable: boolean;
  partition_index?: number;
  comment?: string;
}

export interface Table extends Securable {
  catalog_name: string;
  schema_name: string;
  table_id: string;
  table_type: string;
  data_source_format?: string;
  columns?: Column[];
  view_definition?: string;
}

const ROOT = '/api/2.1/unity-catalog';

interface Page {
  next_page_token?: string;
  catalogs?: Securable[];
  schemas?: Securable[];
  tables?: Table[];
}

const list = <T>(kind: 'catalogs' | 'schemas' | 'tables', query: Record<string, string | boolean>) =>
  everything(
    (page_token) => api.get<Page>(`${ROOT}/${kind}`, { ...query, max_results: 200, page_token }),
    (page) => page[kind] as T[] | undefined,
    (page) => page.next_page_token,
  );

export const catalogsQuery = queryOptions({ queryKey: keys.catalogs, queryFn: () => list<Securable>('catalogs', {}) });

export const schemasQuery = (catalog: string) =>
  queryOptions({
    queryKey: keys.schemas(catalog),
    queryFn: () => list<Securable>('schemas', { catalog_name: catalog }),
  });

export const tablesQuery = (catalog: string, schema: string) =>
  queryOptions({
    queryKey: keys.tables(catalog, schema),
    queryFn: () => list<Table>('tables', { catalog_name: catalog, schema_name: schema, omit_properties: true }),
  });

export const tableQuery = (name: string) =>
  queryOptions({ queryKey: keys.table(name), queryFn: () => api.get<Table>(`${ROOT}/tables/${encodeURIComponent(name)}`) });

export const createCatalog = (name: string, comment: string) => api.post(`${ROOT}/catalogs`, { name, comment });
export const createSchema = (catalog: string, name: string, comment: string) =>
  api.post(`${ROOT}/schemas`, { name, catalog_name: catalog, comment });
export const dropSecurable = (kind: 'catalogs' | 'schemas' | 'tables', name: string, force: boolean) =>
  api.delete(`${ROOT}/${kind}/${encodeURIComponent(name)}`, force ? { force: true } : {});
export const commentTable = (name: string, comment: string) =>
  api.patch(`${ROOT}/tables/${encodeURIComponent(name)}`, { comment });
