import type { AwsAttributes, Cluster, ClusterSpec } from '../api/clusters';

/** `single node`, `4 workers`, `2-8 workers`. */
export function sizeText(spec: ClusterSpec): string {
  if (spec.autoscale) return `${spec.autoscale.min_workers}-${spec.autoscale.max_workers} workers`;
  const workers = spec.num_workers ?? 0;
  if (workers === 0) return 'single node';
  return workers === 1 ? '1 worker' : `${workers} workers`;
}

export type Mode = 'standard' | 'high-concurrency' | 'single-node';

const PROFILE = 'spark.databricks.cluster.profile';

/** The seed's three modes are no field of the API: the profile in the Spark configuration tells them. */
export function modeOf(spec: ClusterSpec): Mode {
  const profile = spec.spark_conf?.[PROFILE];
  if (profile === 'serverless') return 'high-concurrency';
  if (profile === 'singleNode' || (!spec.autoscale && (spec.num_workers ?? 0) === 0)) return 'single-node';
  return 'standard';
}

export function withMode(spec: ClusterSpec, mode: Mode): ClusterSpec {
  const conf = { ...spec.spark_conf };
  delete conf[PROFILE];
  const next = { ...spec, spark_conf: conf };
  if (mode === 'single-node') {
    delete next.autoscale;
    return tidy({ ...next, num_workers: 0 });
  }
  if (mode === 'high-concurrency') next.spark_conf = { ...conf, [PROFILE]: 'serverless' };
  if (!next.autoscale && (next.num_workers ?? 0) === 0) next.num_workers = 2;
  return tidy(next);
}

/** Turns scaling on or off, keeping the number of workers that was meant. */
export function withAutoscale(spec: ClusterSpec, on: boolean): ClusterSpec {
  const { autoscale, num_workers: workers, ...rest } = spec;
  if (!on) return { ...rest, num_workers: autoscale?.max_workers ?? workers ?? 1 };
  const most = Math.max(2, autoscale?.max_workers ?? workers ?? 2);
  return { ...rest, autoscale: { min_workers: 1, max_workers: most } };
}

/** Sets one field of the AWS attributes; undefined takes it away. */
export function withAws<K extends keyof AwsAttributes>(spec: ClusterSpec, key: K, value: AwsAttributes[K]): ClusterSpec {
  return tidy({ ...spec, aws_attributes: { ...spec.aws_attributes, [key]: value } });
}

const blank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(blank));

/** Without fields that say nothing: what is sent is what was meant. */
export function tidy(spec: ClusterSpec): ClusterSpec {
  const entries = Object.entries(spec)
    .filter(([, value]) => !blank(value))
    .map(([key, value]) => [key, typeof value === 'object' && value !== null && !Array.isArray(value) ? tidy(value as ClusterSpec) : value]);
  return Object.fromEntries(entries) as ClusterSpec;
}

/** What the Clusters API knows and this server refuses. */
const REFUSED: Record<string, string> = {
  init_scripts: 'init scripts',
  cluster_log_conf: 'log delivery',
  docker_image: 'custom containers',
  instance_pool_id: 'pools',
  driver_instance_pool_id: 'pools',
  policy_id: 'policies',
};

/** Fields of a specification that would be refused, all of them, with what they are. */
export const refusedIn = (spec: ClusterSpec) => Object.entries(REFUSED).filter(([field]) => !blank(spec[field]));

export const withoutRefused = (spec: ClusterSpec) => Object.fromEntries(Object.entries(spec).filter(([field]) => !Object.hasOwn(REFUSED, field))) as ClusterSpec;

/** Fields that a cluster has and its specification has not. */
const OBSERVED = new Set([
  'cluster_id', 'creator_user_name', 'cluster_source', 'state', 'state_message', 'start_time', 'last_restarted_time',
  'terminated_time', 'last_state_loss_time', 'jdbc_port', 'default_tags', 'termination_reason', 'spark_context_id', 'driver',
  'executors', 'cluster_cores', 'cluster_memory_mb', 'spec',
]);

/** What a running cluster was asked to be, ready for create and edit. */
export function specOf(cluster: Cluster): ClusterSpec {
  if (cluster.spec) return tidy(cluster.spec);
  return tidy(Object.fromEntries(Object.entries(cluster).filter(([key]) => !OBSERVED.has(key))) as ClusterSpec);
}

/** Lines of `key value` (or `key=value`), the way the form takes Spark settings and environment variables. */
export function parsePairs(text: string, separator: RegExp): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const match = separator.exec(trimmed);
    if (match) pairs[trimmed.slice(0, match.index).trim()] = trimmed.slice(match.index + match[0].length).trim();
    else pairs[trimmed] = '';
  }
  return pairs;
}

export const SPACE = /\s+/;
export const EQUALS = /\s*=\s*/;

export const printPairs = (pairs: Record<string, string> | undefined, separator: string) =>
  Object.entries(pairs ?? {})
    .map(([key, value]) => `${key}${separator}${value}`)
    .join('\n');
