import type { ClusterSpec } from '../api/clusters';

/** `single node`, `4 workers`, `2-8 workers`. */
export function sizeText(spec: ClusterSpec): string {
  if (spec.autoscale) return `${spec.autoscale.min_workers}-${spec.autoscale.max_workers} workers`;
  const workers = spec.num_workers ?? 0;
  if (workers === 0) return 'single node';
  return workers === 1 ? '1 worker' : `${workers} workers`;
}
