import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, api, here } from './client';
import { keys } from './keys';

export type AuditOutcome = 'ok' | 'refused' | 'failed' | 'unknown';

/** One call of any API. Who it was is missing if nobody knew, what came of it if it has no end. */
export interface AuditEntry {
  seq: number;
  at: number;
  request_id: string;
  actor?: string;
  address: string;
  user_agent: string;
  session?: string;
  credentials: string;
  service: string;
  action: string;
  route: string;
  outcome: AuditOutcome;
  status?: number;
  error?: string;
  result?: string;
  parameters?: Record<string, string>;
}

/** What the server filters by. */
export type AuditFilter = Partial<Record<'actor' | 'service' | 'action' | 'outcome' | 'address' | 'text', string>> & { from?: number; to?: number };

export interface AuditHour {
  at: number;
  calls?: Partial<Record<AuditOutcome, number>>;
}

/** Whose log: of the workspace, or of the account. */
export type AuditScope = 'workspace' | 'account';

const root = (scope: AuditScope) => (scope === 'account' ? '/ui-api/account/audit' : '/ui-api/audit');

interface AuditPage {
  entries?: AuditEntry[];
  next_page_token?: string;
}

export const auditPagesQuery = (scope: AuditScope, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: keys.auditPages(scope, filter),
    queryFn: ({ pageParam, signal }) => api.get<AuditPage>(root(scope), { ...filter, page_size: 50, page_token: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token,
    staleTime: Infinity,
  });

export const auditHoursQuery = (scope: AuditScope, filter: AuditFilter, from: number, to: number) =>
  queryOptions({
    queryKey: keys.auditHours(scope, { ...filter, from, to }),
    queryFn: async ({ signal }) => (await api.get<{ hours?: AuditHour[] }>(`${root(scope)}/hours`, { ...filter, from, to }, signal)).hours ?? [],
    staleTime: Infinity,
  });

/** How many have come since; asked again and again. */
export const auditNewerQuery = (scope: AuditScope, filter: AuditFilter, after: number) =>
  queryOptions({
    queryKey: keys.auditNewer(scope, filter, after),
    queryFn: async ({ signal }) => (await api.get<{ count: number }>(`${root(scope)}/newer`, { ...filter, after }, signal)).count,
    refetchInterval: 10_000,
  });

export const auditDownload = (scope: AuditScope, filter: AuditFilter) => here(address(`${root(scope)}/download`, filter));
