import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { clustersQuery, type Cluster } from '../api/clusters';
import { sessionQuery } from '../api/session';

const KEPT = 'slipway-sql-cluster';

export interface ChosenCluster {
  /** Empty while no cluster runs. */
  id: string;
  running: { value: string; label: string }[];
  choose: (id: string) => void;
}

/** The running cluster that answers questions about data: the one chosen last, else one of the reader's own, else any. */
export function useCluster(): ChosenCluster {
  const clusters = useQuery(clustersQuery).data ?? [];
  const [chosen, setChosen] = useState(localStorage.getItem(KEPT) ?? '');
  const user = useQuery(sessionQuery).data?.user_name;
  const mine = (each: Cluster) => Number(each.creator_user_name === user);
  const running = clusters
    .filter((each) => each.state === 'RUNNING' && each.cluster_source !== 'JOB')
    .sort((a, b) => mine(b) - mine(a))
    .map((each) => ({ value: each.cluster_id, label: each.cluster_name || each.cluster_id }));
  const id = running.some(({ value }) => value === chosen) ? chosen : (running[0]?.value ?? '');
  const choose = (next: string) => {
    localStorage.setItem(KEPT, next);
    setChosen(next);
  };
  return { id, running, choose };
}

export function ClusterPicker({ cluster }: { cluster: ChosenCluster }) {
  if (cluster.running.length === 0) {
    return (
      <p className="dim">
        This asks Spark, and no cluster runs. <Link to="/compute">Start one</Link>, then come back.
      </p>
    );
  }
  return <Select aria-label="Cluster" w={240} data={cluster.running} value={cluster.id} onChange={(id) => id && cluster.choose(id)} allowDeselect={false} />;
}
