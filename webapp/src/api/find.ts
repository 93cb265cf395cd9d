import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { WorkspaceObject } from './tree';

export interface FailedRun {
  run_id: number;
  job_id: number;
  name: string;
  end_time: number;
  message: string;
}

export interface Home {
  recents?: WorkspaceObject[];
  failed_runs?: FailedRun[];
}

export interface Hit {
  kind: 'cluster' | 'job' | 'directory' | 'notebook' | 'file' | 'table';
  id: string;
  name: string;
  detail: string;
}

export const homeQuery = queryOptions({ queryKey: keys.home, queryFn: () => api.get<Home>('/ui-api/home') });

export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: keys.search(text),
    queryFn: async ({ signal }) => (await api.get<{ hits?: Hit[] }>('/ui-api/search', { q: text }, signal)).hits ?? [],
    enabled: text.trim() !== '',
  });
