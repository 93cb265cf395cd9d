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

/** Attaching clusters, by the reader's choice or because something is to run. */
export function useAttachment() {
  const { session } = useRoom();
  const queries = useQueryClient();
  const { fail, tell } = useDialogs();
  const attach = useCallback(
    async (cluster: Cluster) => {
      try {
        if (down(cluster)) {
          await clusterAction('start', cluster.cluster_id);
          tell(`Starting ${nameOfCluster(cluster)}. Cells wait until it runs.`);
          void queries.invalidateQueries({ queryKey: keys.clusters });
        }
        // One that is attached and lost its context gets a new one all the same.
        if (session.notebook.cluster !== cluster.cluster_id || session.notebook.loss) await session.ask({ type: 'attach', cluster: cluster.cluster_id });
      } catch (failure) {
        fail(failure);
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
    const choose = (reason: string) => {
      desk.set({ clusterMenu: { open: true, reason } });
      return false;
    };
    actions.attached = async () => {
      const { cluster } = session.notebook;
      const clusters = await queries.ensureQueryData(clustersQuery);
      const attached = clusters.find((each) => each.cluster_id === cluster);
      if (cluster && !(attached && down(attached))) return true;
      if (attached) return choose(`${nameOfCluster(attached)} is not running. Start it, or choose another cluster, then run again.`);
      const running = clusters.filter((each) => choosable(each) && each.state === 'RUNNING');
      const [only, ...others] = running;
      if (!only) return choose('Cells run on a cluster, and none is running. Start one here, then run again.');
      if (others.length > 0) return choose('Several clusters are running. Choose the one that runs this notebook, then run again.');
      await session.ask({ type: 'attach', cluster: only.cluster_id });
      tell(`Attached to ${nameOfCluster(only)}.`);
      return true;
    };
  }, [session, desk, actions, queries, tell]);
}
