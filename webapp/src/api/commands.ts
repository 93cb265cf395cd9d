import { api, ApiError } from './client';

/** A table as API 1.2 gives it. */
export interface TableResult {
  columns: { name: string; type: string }[];
  rows: unknown[][];
  truncated: boolean;
}

interface Results {
  resultType: string;
  data?: unknown;
  schema?: { name: string; type: string }[];
  truncated?: boolean;
  cause?: string;
  summary?: string;
}

interface Status {
  status: string;
  results: Results | null;
}

const POLL_MILLIS = 250;
const contexts = new Map<string, string>();

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));

/** One SQL context per cluster and tab, made when it is first needed. */
async function context(clusterId: string): Promise<string> {
  const known = contexts.get(clusterId);
  if (known) {
    const { status } = await api.get<Status>('/api/1.2/contexts/status', { clusterId, contextId: known }).catch(() => ({
      status: 'Error',
    }));
    if (status === 'Running') return known;
  }
  const { id } = await api.post<{ id: string }>('/api/1.2/contexts/create', { clusterId, language: 'sql' });
  for (;;) {
    const { status } = await api.get<Status>('/api/1.2/contexts/status', { clusterId, contextId: id });
    if (status === 'Running') break;
    if (status === 'Error') throw new ApiError(0, 'CONTEXT_FAILED', 'The cluster could not open a SQL session.', '');
    await pause();
  }
  contexts.set(clusterId, id);
  return id;
}

/** Runs one SQL statement on a cluster (API 1.2) and waits for its table. */
export async function runSql(clusterId: string, command: string, signal?: AbortSignal): Promise<TableResult> {
  const contextId = await context(clusterId);
  const { id } = await api.post<{ id: string }>('/api/1.2/commands/execute', { clusterId, contextId, language: 'sql', command });
  for (;;) {
    signal?.throwIfAborted();
    const got = await api.get<Status>('/api/1.2/commands/status', { clusterId, contextId, commandId: id }, signal);
    if (got.results) return table(got.results);
    await pause();
  }
}

export function table(results: Results): TableResult {
  if (results.resultType === 'error') {
    throw new ApiError(0, 'SQL_FAILED', results.summary ?? 'The statement failed.', '');
  }
  if (results.resultType !== 'table') return { columns: [], rows: [], truncated: false };
  return {
    columns: (results.schema ?? []).map(({ name, type }) => ({ name, type: plainType(type) })),
    rows: (results.data as unknown[][] | undefined) ?? [],
    truncated: results.truncated ?? false,
  };
}

/** Types come as JSON in a string: `"\"bigint\""`, or an object for nested ones. */
function plainType(type: string): string {
  try {
    const parsed = JSON.parse(type) as unknown;
    return typeof parsed === 'string' ? parsed : String((parsed as { type?: string }).type ?? type);
  } catch {
    return type;
  }
}

/** A name that may be written into SQL. */
export const quoted = (fullName: string) =>
  fullName
    .split('.')
    .map((part) => `\`${part.replaceAll('`', '``')}\``)
    .join('.');
