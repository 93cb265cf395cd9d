import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { clusterAction, clustersQuery, type Cluster } from '../api/clusters';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { useRoom } from './room';

/** Clusters of jobs belong to their jobs. */
export const choosable = (cluster: Cluster) => cluster.cluster_source !== 'JOB';

export const nameOfCluster = (cluster: Cluster) => cluster.cluster_name || cluster.cluster_id;

const down = (cluster: Cluster) => ['TERMINATED', 'TERMINATING', 'ERROR'].includes(cluster.state);

const RANK: Record<string, number> = { RUNNING: 0, RESIZING: 0, PENDING: 1, RESTARTING: 1 };

/** Running ones first, and among equals those of the reader. */
export const byUse = (clusters: Cluster[], user: string) =>
  clusters.filter(choosable).sort((a, b) => (RANK[a.state] ?? 2) - (RANK[b.state] ?? 2) || Number(b.creator_user_name === user) - Number(a.creator_user_name === user));

/** Attaching clusters, by the reader's choice or because something is to run. */
export function useAttachment() {
  const { session } = useRoom();
  const queries = useQueryClient();
  const { fail, tell } = useDialogs();
  const attach = useCallback(
    async (cluster: Cluster): Promise<boolean> => {
      try {
        if (down(cluster)) {
          await clusterAction('start', cluster.cluster_id);
          tell(`Starting ${nameOfCluster(cluster)}. Cells wait until it runs.`);
          void queries.invalidateQueries({ queryKey: keys.clusters });
        }
        // One that is attached and lost its context gets a new one all the same.
        if (session.notebook.cluster !== cluster.cluster_id || session.notebook.loss) await session.ask({ type: 'attach', cluster: cluster.cluster_id });
        return true;
      } catch (failure) {
        fail(failure);
        return false;
      }
    },
    [session, queries, fail, tell],
  );
  return { attach };
}

/** Sees to it that cells which are to run have a cluster; asks the reader when there is a choice. */
export function useClusterBeforeRun(): void {
  const { session, desk, actions } = useRoom();
  const queries = useQueryClient();
  const { tell } = useDialogs();
  useEffect(() => {
    // The cells run as soon as the reader has chosen; closing the menu runs nothing.
    const choose = (reason: string) =>
      new Promise<boolean>((resolve) => {
        desk.view.clusterMenu.then?.(false);
        desk.set({ clusterMenu: { open: true, reason, then: resolve } });
      });
    actions.attached = async () => {
      const { cluster } = session.notebook;
      const clusters = await queries.ensureQueryData(clustersQuery);
      const attached = clusters.find((each) => each.cluster_id === cluster);
      if (cluster && !(attached && down(attached))) return true;
      if (attached) return choose(`${nameOfCluster(attached)} is not running. Start it or choose another cluster: the cells then run.`);
      const running = clusters.filter((each) => choosable(each) && each.state === 'RUNNING');
      const [only, ...others] = running;
      if (!only) return choose('Cells run on a cluster, and none is running. Choose one to start: the cells then run.');
      if (others.length > 0) return choose('Several clusters are running. Choose the one for this notebook: the cells then run.');
      await session.ask({ type: 'attach', cluster: only.cluster_id });
      tell(`Attached to ${nameOfCluster(only)}.`);
      return true;
    };
  }, [session, desk, actions, queries, tell]);
}
