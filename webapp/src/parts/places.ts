/** Where things are shown. Spread into `<Link>` or given to `navigate`: names are encoded by the router. */
export interface Place {
  to: string;
  params?: Record<string, string>;
  search?: Record<string, string>;
}

const splat = (path: string) => ({ _splat: path.replace(/^\//, '') });

export const places = {
  home: { to: '/' },
  compute: { to: '/compute' },
  newCluster: (from?: string): Place => ({ to: '/compute/clusters/new', search: from ? { from } : {} }),
  cluster: (id: string, tab?: string): Place => ({ to: '/compute/clusters/$id', params: { id }, search: tab ? { tab } : {} }),
  editCluster: (id: string): Place => ({ to: '/compute/clusters/$id/edit', params: { id } }),
  myFolder: { to: '/my-folder' },
  folder: (path: string): Place => ({ to: '/workspace/$', params: splat(path) }),
  notebook: (path: string): Place => ({ to: '/notebook/$', params: splat(path) }),
  file: (path: string): Place => ({ to: '/file/$', params: splat(path) }),
  jobs: (tab?: string): Place => ({ to: '/jobs', search: tab ? { tab } : {} }),
  newJob: { to: '/jobs/new' },
  copyOfJob: (id: number): Place => ({ to: '/jobs/new', search: { from: String(id) } }),
  job: (id: number | string, tab?: string): Place => ({ to: '/jobs/$id', params: { id: String(id) }, search: tab ? { tab } : {} }),
  run: (jobId: number | undefined, runId: number, task?: string): Place => ({
    to: '/jobs/$id/runs/$runId',
    params: { id: String(jobId ?? 0), runId: String(runId) },
    search: task ? { task } : {},
  }),
  catalog: (...names: string[]): Place => {
    const [catalog, schema, table] = names;
    if (table && schema && catalog) return { to: '/explore/data/$catalog/$schema/$table', params: { catalog, schema, table } };
    if (schema && catalog) return { to: '/explore/data/$catalog/$schema', params: { catalog, schema } };
    return catalog ? { to: '/explore/data/$catalog', params: { catalog } } : { to: '/explore/data' };
  },
  /** A bucket, a folder in it, an object there. Folders that an address cannot tell by its steps are in its query. */
  storage: (bucket?: string, prefix = '', object?: string): Place => {
    if (!bucket) return { to: '/storage' };
    const search: Record<string, string> = object === undefined ? {} : { object };
    if (prefix === '') return { to: '/storage/$bucket', params: { bucket }, search };
    const plain = prefix.endsWith('/') && prefix.slice(0, -1).split('/').every((step) => step !== '' && step !== '.' && step !== '..');
    if (!plain) return { to: '/storage/$bucket', params: { bucket }, search: { ...search, prefix } };
    return { to: '/storage/$bucket/$', params: { bucket, _splat: prefix.slice(0, -1) }, search };
  },
  people: (tab?: string): Place => ({ to: '/people', search: tab ? { tab } : {} }),
  group: (id: string): Place => ({ to: '/people/groups/$id', params: { id } }),
  access: (tab?: string, search: Record<string, string> = {}): Place => ({ to: '/access', search: { ...search, ...(tab && { tab }) } }),
  iamUser: (name: string): Place => ({ to: '/access/users/$name', params: { name } }),
  iamGroup: (name: string): Place => ({ to: '/access/groups/$name', params: { name } }),
  iamRole: (name: string): Place => ({ to: '/access/roles/$name', params: { name } }),
  iamPolicy: (arn: string): Place => ({ to: '/access/policies/$', params: { _splat: arn } }),
  instanceProfile: (name: string): Place => ({ to: '/access/instance-profiles/$name', params: { name } }),
  settings: (tab?: string): Place => ({ to: '/settings', search: tab ? { tab } : {} }),
} as const;

/** The page that opens a workspace object. */
export function placeOf(object: { object_type: string; path: string }): Place {
  switch (object.object_type.toUpperCase()) {
    case 'NOTEBOOK':
      return places.notebook(object.path);
    case 'FILE':
      return places.file(object.path);
    default:
      return places.folder(object.path);
  }
}
