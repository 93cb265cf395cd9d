import type { ClusterSpec } from '../api/clusters';
import type { JobSettings } from '../api/jobs';
import { FIRST_CLUSTER } from './compute';
import { freeKey } from './graph';

/** Changes to the clusters that the tasks of a job share. */

export function addCluster(settings: JobSettings): { settings: JobSettings; key: string } {
  const clusters = settings.job_clusters ?? [];
  const key = freeKey(clusters.map((each) => each.job_cluster_key), 'shared');
  return { settings: { ...settings, job_clusters: [...clusters, { job_cluster_key: key, new_cluster: FIRST_CLUSTER }] }, key };
}

/** Tasks that run there still do. */
export function renameCluster(settings: JobSettings, from: string, to: string): JobSettings {
  return {
    ...settings,
    job_clusters: settings.job_clusters?.map((each) => (each.job_cluster_key === from ? { ...each, job_cluster_key: to } : each)),
    tasks: settings.tasks?.map((task) => (task.job_cluster_key === from ? { ...task, job_cluster_key: to } : task)),
  };
}

export function setCluster(settings: JobSettings, key: string, spec: ClusterSpec): JobSettings {
  return { ...settings, job_clusters: settings.job_clusters?.map((each) => (each.job_cluster_key === key ? { ...each, new_cluster: spec } : each)) };
}

/** Tasks that run there say so until they are given another. */
export function removeCluster(settings: JobSettings, key: string): JobSettings {
  const left = settings.job_clusters?.filter((each) => each.job_cluster_key !== key) ?? [];
  return { ...settings, job_clusters: left.length > 0 ? left : undefined };
}

export const usersOf = (settings: JobSettings, key: string) => (settings.tasks ?? []).filter((task) => task.job_cluster_key === key).map((task) => task.task_key);
