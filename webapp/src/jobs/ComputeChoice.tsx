import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { clustersQuery } from '../api/clusters';
import { words } from '../parts/StatePill';
import { ClusterFields } from './ClusterFields';
import { FIRST_CLUSTER, kindOf, type Compute, type ComputeKind } from './compute';

interface Props {
  compute: Compute;
  set: (compute: Compute) => void;
  /** Keys of the job's own clusters; undefined where there can be none. */
  shared?: string[];
  /** Makes a cluster of the job and takes it. */
  addShared?: () => void;
  error?: string;
}

/** A cluster that is there, one that the job's tasks share, or one for this task alone. */
export function ComputeChoice({ compute, set, shared, addShared, error }: Props) {
  const clusters = useQuery(clustersQuery).data ?? [];
  const usual = clusters.filter((each) => each.cluster_source !== 'JOB');
  const kind = kindOf(compute);
  const kinds: { value: ComputeKind; label: string }[] = [
    { value: 'existing', label: 'Existing cluster' },
    ...(shared ? [{ value: 'shared' as const, label: 'Shared job cluster' }] : []),
    { value: 'new', label: 'New job cluster' },
  ];
  function turn(next: ComputeKind) {
    if (next === 'new') set({ new_cluster: FIRST_CLUSTER });
    else if (next === 'shared' && shared?.[0] === undefined) addShared?.();
    else if (next === 'shared') set({ job_cluster_key: shared?.[0] });
    else set({ existing_cluster_id: (usual.find((each) => each.state === 'RUNNING') ?? usual[0])?.cluster_id ?? '' });
  }
  const known = usual.map((each) => ({ value: each.cluster_id, label: `${each.cluster_name || each.cluster_id} (${words(each.state).toLowerCase()})` }));
  const chosen = compute.existing_cluster_id;
  return (
    <div className="compute-choice">
      <SegmentedControl size="xs" aria-label="Runs on" data={kinds} value={kind} onChange={(value) => turn(value as ComputeKind)} />
      {kind === 'existing' && (
        <Select
          aria-label="Cluster"
          description="Started for the run if it is not running."
          inputWrapperOrder={['input', 'description', 'error']}
          placeholder="Choose a cluster"
          data={chosen && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }, ...known] : known}
          value={chosen || null}
          onChange={(id) => set({ existing_cluster_id: id ?? '' })}
          searchable
          allowDeselect={false}
          error={error}
        />
      )}
      {kind === 'shared' && (
        <Select
          aria-label="Shared job cluster"
          description="Started once per run and shared by its tasks. It is defined under Job settings."
          inputWrapperOrder={['input', 'description', 'error']}
          data={[...new Set(shared)]}
          value={compute.job_cluster_key || null}
          onChange={(key) => set({ job_cluster_key: key ?? '' })}
          allowDeselect={false}
          error={error}
        />
      )}
      {kind === 'new' && <ClusterFields spec={compute.new_cluster ?? FIRST_CLUSTER} set={(spec) => set({ new_cluster: spec })} />}
    </div>
  );
}
