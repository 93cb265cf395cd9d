import { queryOptions } from '@tanstack/react-query';
import { api, everything } from './client';
import { keys } from './keys';

export interface Autoscale {
  min_workers: number;
  max_workers: number;
}

/** What a cluster shall be: exactly what create and edit take. Fields that the form does not know are carried along. */
export interface ClusterSpec {
  cluster_name?: string;
  spark_version?: string;
  node_type_id?: string;
  driver_node_type_id?: string;
  num_workers?: number;
  autoscale?: Autoscale;
  autotermination_minutes?: number;
  spark_conf?: Record<string, string>;
  spark_env_vars?: Record<string, string>;
  custom_tags?: Record<string, string>;
  aws_attributes?: AwsAttributes;
  ssh_public_keys?: string[];
  init_scripts?: unknown[];
  docker_image?: { url?: string; basic_auth?: { username?: string; password?: string } };
  cluster_log_conf?: LogConf;
  enable_elastic_disk?: boolean;
  data_security_mode?: string;
  [field: string]: unknown;
}

export interface AwsAttributes {
  first_on_demand?: number;
  availability?: string;
  zone_id?: string;
  instance_profile_arn?: string;
  spot_bid_price_percent?: number;
  ebs_volume_type?: string;
  ebs_volume_count?: number;
  ebs_volume_size?: number;
}

export interface LogConf {
  dbfs?: { destination: string };
  s3?: { destination: string; region?: string };
}

export interface Cluster extends ClusterSpec {
  cluster_id: string;
  creator_user_name: string;
  cluster_source: string;
  state: string;
  state_message: string;
  start_time: number;
  terminated_time?: number;
  termination_reason?: { code: string; type: string; parameters?: Record<string, string> };
  cluster_cores?: number;
  cluster_memory_mb?: number;
  default_tags?: Record<string, string>;
  driver?: object;
  executors?: object[];
  spec?: ClusterSpec;
}

export interface ClusterEvent {
  timestamp: number;
  type: string;
  details: Record<string, unknown>;
}

export interface NodeType {
  node_type_id: string;
  memory_mb: number;
  num_cores: number;
  num_gpus: number;
  category: string;
  is_deprecated: boolean;
}

export interface Machine {
  node_id: string;
  role: string;
  node_type: string;
  state: string;
  zone: string;
  spot: boolean;
  instance_id: string;
  address: string;
  cores: number;
  memory_mb: number;
  nominal_cores: number;
  nominal_memory_mb: number;
  created_at: number;
  seen_at: number;
}

export interface LogFile {
  node_id: string;
  path: string;
  size: number;
  modified_at: number;
}

export interface LogText {
  text: string;
  offset: number;
  next: number;
  size: number;
}

const ROOT = '/api/2.1/clusters';

interface Listing {
  clusters?: Cluster[];
  next_page_token?: string;
}

export const UNSETTLED = new Set(['PENDING', 'RESTARTING', 'RESIZING', 'TERMINATING']);

export const everyCluster = () =>
  everything(
    (page_token) => api.get<Listing>(`${ROOT}/list`, { page_size: 100, page_token }),
    (page) => page.clusters,
    (page) => page.next_page_token,
  );

export const clustersQuery = queryOptions({
  queryKey: keys.clusters,
  queryFn: everyCluster,
  refetchInterval: (query) => (query.state.data?.some((each) => UNSETTLED.has(each.state)) ? 2000 : 30000),
});

export const clusterQuery = (id: string) =>
  queryOptions({
    queryKey: keys.cluster(id),
    queryFn: () => api.get<Cluster>(`${ROOT}/get`, { cluster_id: id }),
    refetchInterval: (query) => (query.state.data && UNSETTLED.has(query.state.data.state) ? 1500 : 30000),
  });

export const clusterEventsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.clusterEvents(id),
    queryFn: async () =>
      (await api.post<{ events?: ClusterEvent[] }>(`${ROOT}/events`, { cluster_id: id, limit: 200 })).events ?? [],
  });

export const nodesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.clusterNodes(id),
    queryFn: async () => (await api.get<{ nodes?: Machine[] }>(`/ui-api/clusters/${id}/nodes`)).nodes ?? [],
    refetchInterval: 5000,
  });

/** How busy a node was, on average over a span that begins at `at`. */
export interface LoadPoint {
  node_id: string;
  role: string;
  at: number;
  cpu_cores: number;
  memory_bytes: number;
  disk_free_bytes: number;
}

export interface Metrics {
  begins: number;
  ends: number;
  points?: LoadPoint[];
}

export const metricsQuery = (id: string, minutes: number) =>
  queryOptions({
    queryKey: [...keys.clusterNodes(id), 'metrics', minutes],
    queryFn: () => api.get<Metrics>(`/ui-api/clusters/${id}/metrics`, { minutes }),
    refetchInterval: 20_000,
    placeholderData: (before: Metrics | undefined) => before,
  });

export const logFilesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.clusterLogs(id),
    queryFn: async () => (await api.get<{ files?: LogFile[] }>(`/ui-api/clusters/${id}/logs`)).files ?? [],
    refetchInterval: 10000,
  });

export function readLog(id: string, file: { node_id: string; path: string }, offset?: number): Promise<LogText> {
  return api.get<LogText>(`/ui-api/clusters/${id}/logs`, { node: file.node_id, file: file.path, offset });
}

const seldom = { staleTime: 10 * 60 * 1000 };

export const nodeTypesQuery = queryOptions({
  queryKey: keys.nodeTypes,
  queryFn: async () => (await api.get<{ node_types: NodeType[] }>(`${ROOT}/list-node-types`)).node_types,
  ...seldom,
});

export const sparkVersionsQuery = queryOptions({
  queryKey: keys.sparkVersions,
  queryFn: async () => (await api.get<{ versions: { key: string; name: string }[] }>(`${ROOT}/spark-versions`)).versions,
  ...seldom,
});

/** What keys that are not in that list run as, by their first number, lowest first. */
export const unlistedRuntimesQuery = queryOptions({
  queryKey: [...keys.sparkVersions, 'unlisted'],
  queryFn: async () => (await api.get<{ unlisted: { from: number; runs_as: string }[] }>('/ui-api/runtimes')).unlisted,
  ...seldom,
});

/** What Spark may use here on a node of each type. */
export const usableQuery = queryOptions({
  queryKey: [...keys.nodeTypes, 'usable'],
  queryFn: async () => (await api.get<{ node_types: { node_type_id: string; cores: number; memory_mb: number }[] }>('/ui-api/node-types')).node_types,
  ...seldom,
});

export const zonesQuery = queryOptions({
  queryKey: keys.zones,
  queryFn: () => api.get<{ zones: string[]; default_zone: string }>(`${ROOT}/list-zones`),
  ...seldom,
});

/** What would be lost, or end, if the cluster ended now. */
export interface ClusterUses {
  notebooks?: string[];
  other_notebooks: number;
  runs?: { run_id: number; job_id: number; name: string }[];
}

export const clusterUses = (id: string) => api.get<ClusterUses>(`/ui-api/clusters/${id}/uses`);

export type ClusterAction = 'start' | 'restart' | 'delete' | 'permanent-delete' | 'pin' | 'unpin';

export const clusterAction = (action: ClusterAction, id: string) => api.post(`${ROOT}/${action}`, { cluster_id: id });
export const createCluster = (spec: ClusterSpec) => api.post<{ cluster_id: string }>(`${ROOT}/create`, spec);
export const editCluster = (id: string, spec: ClusterSpec) => api.post(`${ROOT}/edit`, { ...spec, cluster_id: id });
export const sparkUiPath = async (id: string) => (await api.get<{ path: string }>(`/ui-api/clusters/${id}/spark-ui`)).path;
