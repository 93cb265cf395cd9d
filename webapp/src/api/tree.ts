import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { Shared } from './permissions';

export interface WorkspaceObject {
  object_type: 'DIRECTORY' | 'NOTEBOOK' | 'FILE' | string;
  path: string;
  language?: string;
  created_at?: number;
  modified_at?: number;
  object_id: number;
  size?: number;
}

const TYPES: Record<string, Shared['type']> = { DIRECTORY: 'directories', NOTEBOOK: 'notebooks' };

/** The object as the permissions API names it. */
export const sharedObject = (object: WorkspaceObject): Shared => ({ type: TYPES[object.object_type] ?? 'files', id: String(object.object_id) });

export type ExportFormat = 'SOURCE' | 'JUPYTER' | 'HTML' | 'AUTO';

const ROOT = '/api/2.0/workspace';

export const listFolder = async (path: string) => (await api.get<{ objects?: WorkspaceObject[] }>(`${ROOT}/list`, { path })).objects ?? [];

export const folderQuery = (path: string) =>
  queryOptions({
    queryKey: keys.folder(path),
    queryFn: () => listFolder(path),
  });

export const objectQuery = (path: string) =>
  queryOptions({
    queryKey: keys.object(path),
    queryFn: () => api.get<WorkspaceObject>(`${ROOT}/get-status`, { path }),
    retry: false,
  });

export const objectByIdQuery = (id: string) =>
  queryOptions({ queryKey: keys.objectId(id), queryFn: () => api.get<WorkspaceObject>(`/ui-api/objects/${id}`), retry: false });

export const contentQuery = (path: string) =>
  queryOptions({
    queryKey: keys.content(path),
    queryFn: () => exportText(path, 'SOURCE'),
    staleTime: Infinity,
  });

export const mkdirs = (path: string) => api.post(`${ROOT}/mkdirs`, { path });
export const deleteObject = (path: string) => api.post(`${ROOT}/delete`, { path, recursive: true });

export async function exportText(path: string, format: ExportFormat): Promise<string> {
  const reply = await api.get<{ content: string }>(`${ROOT}/export`, { path, format });
  return decoded(reply.content);
}

export const download = (path: string, format: ExportFormat) =>
  api.bytes(`${ROOT}/export`, { path, format, direct_download: true });

export interface Import {
  path: string;
  content: Uint8Array;
  format: ExportFormat;
  language?: string;
  overwrite?: boolean;
}

export const importObject = ({ content, ...rest }: Import) =>
  api.post<{ object_id: number }>(`${ROOT}/import`, { ...rest, content: encoded(content) });

/** With everything in it; it stays the same object. */
export const moveObject = (object: WorkspaceObject, path: string) => api.post(`/ui-api/objects/${object.object_id}/move`, { path });

export function encoded(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export function decoded(base64: string): string {
  const raw = atob(base64);
  return new TextDecoder().decode(Uint8Array.from(raw, (each) => each.charCodeAt(0)));
}
