import { NumberInput } from '@mantine/core';
import type { ClusterSpec } from '../api/clusters';
import { NodeTypeSelect } from '../parts/NodeTypeSelect';
import { RuntimeSelect } from '../parts/RuntimeSelect';

interface Props {
  spec: ClusterSpec;
  set: (spec: ClusterSpec) => void;
}

/** The fields that a cluster for a job needs. What else its JSON says is kept. */
export function ClusterFields({ spec, set }: Props) {
  const scale = spec.autoscale;
  return (
    <div className="form">
      <RuntimeSelect value={spec.spark_version} set={(version) => set({ ...spec, spark_version: version })} />
      <div className="pair">
        <NodeTypeSelect label="Node type" value={spec.node_type_id} set={(type) => set({ ...spec, node_type_id: type })} />
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
