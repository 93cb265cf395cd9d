import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { NodeTypeSelect } from '../parts/NodeTypeSelect';
import { RuntimeSelect } from '../parts/RuntimeSelect';
import { AdvancedForm } from './AdvancedForm';
import type { FormProps } from './formProps';
import { modeOf, withAutoscale, withMode, type Mode } from './spec';

const MODES = [
  { value: 'standard', label: 'Standard' },
  { value: 'high-concurrency', label: 'High Concurrency' },
  { value: 'single-node', label: 'Single Node' },
];

const numberOr = (value: string | number, otherwise: number) => (typeof value === 'number' ? value : otherwise);

/** The fields of a cluster, usual ones first. */
export function ClusterForm({ spec, set }: FormProps) {
  const mode = modeOf(spec);
  return (
    <div className="form">
      <TextInput label="Name" value={spec.cluster_name ?? ''} onChange={(event) => set({ ...spec, cluster_name: event.currentTarget.value })} autoFocus placeholder="e.g. exploration" required withAsterisk={false} />
      <Select label="Mode" data={MODES} value={mode} onChange={(value) => value && set(withMode(spec, value as Mode))} allowDeselect={false} />
      <RuntimeSelect value={spec.spark_version} set={(key) => set({ ...spec, spark_version: key })} />
      {mode !== 'single-node' && <Size spec={spec} set={set} />}
      <div className="pair">
        <NodeTypeSelect label={mode === 'single-node' ? 'Node type' : 'Worker type'} value={spec.node_type_id} set={(type) => set({ ...spec, node_type_id: type })} />
        {mode !== 'single-node' && (
          <NodeTypeSelect label="Driver type" placeholder="same as workers" value={spec.driver_node_type_id} set={(type) => set({ ...spec, driver_node_type_id: type })} />
        )}
      </div>
      <div className="line">
        <Checkbox
          size="xs"
          label="Terminate after"
          checked={(spec.autotermination_minutes ?? 0) > 0}
          onChange={(event) => set({ ...spec, autotermination_minutes: event.currentTarget.checked ? 120 : 0 })}
        />
        <NumberInput
          aria-label="Minutes of inactivity"
          w={90}
          min={10}
          max={10000}
          disabled={!spec.autotermination_minutes}
          value={spec.autotermination_minutes || ''}
          onChange={(value) => set({ ...spec, autotermination_minutes: numberOr(value, 0) })}
        />
        <span>minutes of inactivity</span>
      </div>
      <AdvancedForm spec={spec} set={set} />
    </div>
  );
}

function Size({ spec, set }: FormProps) {
  const scale = spec.autoscale;
  return (
    <div className="line">
      {scale ? (
        <>
          <NumberInput
            label="Min workers"
            w={110}
            min={0}
            max={scale.max_workers}
            value={scale.min_workers}
            onChange={(value) => set({ ...spec, autoscale: { ...scale, min_workers: numberOr(value, 0) } })}
          />
          <NumberInput
            label="Max workers"
            w={110}
            min={1}
            value={scale.max_workers}
            onChange={(value) => set({ ...spec, autoscale: { ...scale, max_workers: numberOr(value, 1) } })}
          />
        </>
      ) : (
        <NumberInput label="Workers" w={110} min={1} value={spec.num_workers ?? 1} onChange={(value) => set({ ...spec, num_workers: numberOr(value, 1) })} />
      )}
      <Checkbox
        size="xs"
        className="beside"
        label="Enable autoscaling"
        checked={scale !== undefined}
        onChange={(event) => set(withAutoscale(spec, event.currentTarget.checked))}
      />
    </div>
  );
}
