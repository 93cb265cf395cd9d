import { NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { nodeTypesQuery, sparkVersionsQuery, type ClusterSpec } from '../api/clusters';
import { gigabytes } from '../parts/time';

interface Props {
  spec: ClusterSpec;
  set: (spec: ClusterSpec) => void;
}

/** The fields that a cluster for a job needs. What else its JSON says is kept. */
export function ClusterFields({ spec, set }: Props) {
  const versions = useQuery(sparkVersionsQuery).data ?? [];
  const types = useQuery(nodeTypesQuery).data ?? [];
  const scale = spec.autoscale;
  return (
    <div className="form">
      <Select
        label="Runtime version"
        data={versions.map(({ key, name }) => ({ value: key, label: name }))}
        value={spec.spark_version ?? null}
        onChange={(version) => set({ ...spec, spark_version: version ?? undefined })}
        searchable
        allowDeselect={false}
      />
      <div className="pair">
        <Select
          label="Node type"
          data={types.map((type) => ({ value: type.node_type_id, label: `${type.node_type_id}   ${type.num_cores} cores, ${gigabytes(type.memory_mb)}` }))}
          value={spec.node_type_id ?? null}
          onChange={(type) => set({ ...spec, node_type_id: type ?? undefined })}
          searchable
          allowDeselect={false}
        />
        {scale ? (
          <p className="dim">
            {scale.min_workers} to {scale.max_workers} workers, as the JSON says
          </p>
        ) : (
          <NumberInput
            label="Workers"
            placeholder="0: a single node"
            min={0}
            max={1000}
            value={spec.num_workers ?? 0}
            onChange={(count) => set({ ...spec, num_workers: typeof count === 'number' ? count : 0 })}
          />
        )}
      </div>
    </div>
  );
}
