import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clusterAction, clusterUses, type Cluster, type ClusterAction, type ClusterUses } from '../api/clusters';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';

const SAID: Partial<Record<ClusterAction, string>> = { delete: 'terminating', start: 'starting', restart: 'restarting', pin: 'pinned', unpin: 'unpinned', 'permanent-delete': 'deleted' };

/** Starts, stops, and whatever else one word asks for; says what has been asked. */
export function useClusterAction() {
  const queries = useQueryClient();
  const { tell, fail } = useDialogs();
  return useMutation({
    mutationFn: ({ action, cluster }: { action: ClusterAction; cluster: Cluster }) => clusterAction(action, cluster.cluster_id),
    onSuccess: (_, { action, cluster }) => {
      tell(`${nameOf(cluster)}: ${SAID[action] ?? action}`);
      void queries.invalidateQueries({ queryKey: keys.clusters });
    },
    onError: fail,
  });
}

const nameOf = (cluster: Cluster) => cluster.cluster_name || cluster.cluster_id;

const VERBS = { delete: 'Terminate', restart: 'Restart', 'permanent-delete': 'Delete' } as const;

/**
 * Terminates, restarts or deletes a cluster; asks first where notebooks would lose what they hold, or runs would fail, and always before a
 * deletion. `then` follows when it is done.
 */
export function useClusterEnd(): (action: keyof typeof VERBS, cluster: Cluster, then?: () => Promise<unknown>) => void {
  const act = useClusterAction();
  const { ask, fail } = useDialogs();
  return (action, cluster, then) => {
    const forGood = action === 'permanent-delete';
    const run = async () => {
      await act.mutateAsync({ action, cluster });
      await then?.();
    };
    clusterUses(cluster.cluster_id).then((uses) => {
      const used = Boolean(uses.notebooks?.length || uses.other_notebooks || uses.runs?.length);
      if (!used && !forGood) return void run().catch(() => {});
      const verb = VERBS[action];
      const body = (
        <>
          {forGood && <p>The cluster is terminated and deleted with its event log. Tables and notebooks are kept.</p>}
          <Lost uses={uses} />
        </>
      );
      ask({ title: `${verb} ${nameOf(cluster)}${forGood ? ' permanently' : ''}?`, body, action: verb, danger: true, run });
    }, fail);
  };
}

const SOME = 6;

function Lost({ uses: { notebooks = [], other_notebooks: others, runs = [] } }: { uses: ClusterUses }) {
  const hidden = Math.max(0, notebooks.length - SOME) + others;
  return (
    <>
      {notebooks.length + others > 0 && (
        <>
          <p>These notebooks are attached. Their variables and temporary views are lost:</p>
          <ul>
            {notebooks.slice(0, SOME).map((path) => (
              <li key={path}>{path}</li>
            ))}
            {hidden > 0 && <li className="dim">{hidden === 1 ? 'one more' : `${hidden} more`}</li>}
          </ul>
        </>
      )}
      {runs.length > 0 && (
        <>
          <p>These runs are using it and will fail:</p>
          <ul>
            {runs.slice(0, SOME).map((run) => (
              <li key={run.run_id}>{run.name}</li>
            ))}
            {runs.length > SOME && <li className="dim">{runs.length - SOME} more</li>}
          </ul>
        </>
      )}
    </>
  );
}
