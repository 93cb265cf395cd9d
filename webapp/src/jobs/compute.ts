import type { ClusterSpec } from '../api/clusters';
import type { Task } from '../api/jobs';

/** Where a task runs: exactly one of the three, as the Jobs API has it. */
export interface Compute {
  existing_cluster_id?: string;
  job_cluster_key?: string;
  new_cluster?: ClusterSpec;
}

export const FIRST_CLUSTER: ClusterSpec = { spark_version: '18.2.x-scala2.13', node_type_id: 'm5.large', num_workers: 0 };

export type ComputeKind = 'existing' | 'shared' | 'new';

export function kindOf(compute: Compute): ComputeKind {
  if (compute.new_cluster) return 'new';
  return compute.job_cluster_key !== undefined ? 'shared' : 'existing';
}

export function withCompute(task: Task, compute: Compute): Task {
  const rest = { ...task };
  delete rest.existing_cluster_id;
  delete rest.job_cluster_key;
  delete rest.new_cluster;
  return { ...rest, ...compute };
}
