/** Every key of the query cache. The first word is the kind of thing, which the event stream names too. */
export const keys = {
  session: ['session'] as const,
  home: ['home'] as const,
  search: (text: string) => ['search', text] as const,
  tokens: ['token'] as const,
  clusters: ['cluster'] as const,
  cluster: (id: string) => ['cluster', id] as const,
  clusterEvents: (id: string) => ['cluster', id, 'events'] as const,
  clusterNodes: (id: string) => ['cluster', id, 'nodes'] as const,
  clusterLogs: (id: string) => ['cluster', id, 'logs'] as const,
  nodeTypes: ['node-type'] as const,
  sparkVersions: ['spark-version'] as const,
  zones: ['zone'] as const,
  jobs: ['job'] as const,
  job: (id: number) => ['job', id] as const,
  runs: ['run'] as const,
  runsOf: (jobId: number) => ['run', 'of-job', jobId] as const,
  activeRuns: ['run', 'active'] as const,
  run: (id: number) => ['run', 'one', id] as const,
  runOutput: (id: number, phase: 'live' | 'ended' | 'page') => ['run', 'output', id, phase] as const,
  folder: (path: string) => ['tree', 'folder', path] as const,
  object: (path: string) => ['tree', 'object', path] as const,
  objectId: (id: string) => ['tree', 'id', id] as const,
  content: (path: string) => ['tree', 'content', path] as const,
  notebook: (path: string) => ['tree', 'notebook', path] as const,
  catalogs: ['catalog'] as const,
  schemas: (catalog: string) => ['schema', catalog] as const,
  tables: (catalog: string, schema: string) => ['table', 'in', catalog, schema] as const,
  table: (name: string) => ['table', 'one', name] as const,
  metastore: ['metastore'] as const,
};

/** What an event of the server's stream makes stale. */
export interface Change {
  kind: string;
  id: string;
  change: string;
  path?: string;
}

export function stale(change: Change): ReadonlyArray<readonly unknown[]> {
  switch (change.kind) {
    case 'run':
      return [keys.runs, keys.home];
    case 'tree':
      return [['tree'], keys.home];
    case 'catalog':
    case 'schema':
    case 'table':
      return [['catalog'], ['schema'], ['table']];
    default:
      return [[change.kind]];
  }
}
