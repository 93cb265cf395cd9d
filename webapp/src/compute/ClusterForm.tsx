import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { nodeTypesQuery, sparkVersionsQuery, type NodeType } from '../api/clusters';
import { gigabytes } from '../parts/time';
import { AdvancedForm } from './AdvancedForm';
import type { FormProps } from './formProps';
import { modeOf, withAutoscale, withMode, type Mode } from './spec';

const MODES = [
  { value: 'standard', label: 'Standard' },
  { value: 'high-concurrency', label: 'High Concurrency' },
  { value: 'single-node', label: 'Single Node' },
];

const numberOr = (value: string | number, otherwise: number) => (typeof value === 'number' ? value : otherwise);

function typeChoices(types: NodeType[]) {
  const groups = new Map<string, { value: string; label: string }[]>();
  const newest = [...types].sort((a, b) => Number(a.is_deprecated) - Number(b.is_deprecated));
  for (const type of newest) {
    const gpus = type.num_gpus ? `, ${type.num_gpus} GPU` : '';
    const label = `${type.node_type_id}   ${type.num_cores} cores, ${gigabytes(type.memory_mb)}${gpus}${type.is_deprecated ? ', older' : ''}`;
    groups.set(type.category, [...(groups.get(type.category) ?? []), { value: type.node_type_id, label }]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

/** The fields of a cluster, usual ones first. */
export function ClusterForm({ spec, set }: FormProps) {
  const versions = useQuery(sparkVersionsQuery).data ?? [];
  const types = typeChoices(useQuery(nodeTypesQuery).data ?? []);
  const mode = modeOf(spec);
  const driver = spec.driver_node_type_id;
  return (
    <div className="form">
      <TextInput label="Name" value={spec.cluster_name ?? ''} onChange={(event) => set({ ...spec, cluster_name: event.currentTarget.value })} autoFocus placeholder="for instance: exploration" />
      <Select label="Mode" data={MODES} value={mode} onChange={(value) => value && set(withMode(spec, value as Mode))} allowDeselect={false} />
      <Select
        label="Runtime version"
        data={versions.map(({ key, name }) => ({ value: key, label: name }))}
        value={spec.spark_version ?? null}
        onChange={(value) => set({ ...spec, spark_version: value ?? undefined })}
        searchable
        allowDeselect={false}
      />
      {mode !== 'single-node' && <Size spec={spec} set={set} />}
      <div className="pair">
        <Select
          label={mode === 'single-node' ? 'Node type' : 'Worker type'}
          data={types}
          value={spec.node_type_id ?? null}
          onChange={(value) => set({ ...spec, node_type_id: value ?? undefined })}
          searchable
          allowDeselect={false}
          maxDropdownHeight={320}
        />
        {mode !== 'single-node' && (
          <Select
            label="Driver type"
            data={types}
            value={driver ?? null}
            placeholder="same as workers"
            onChange={(value) => set({ ...spec, driver_node_type_id: value ?? undefined })}
            searchable
            clearable
            maxDropdownHeight={320}
          />
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
            label="Least workers"
            w={110}
            min={0}
            max={scale.max_workers}
            value={scale.min_workers}
            onChange={(value) => set({ ...spec, autoscale: { ...scale, min_workers: numberOr(value, 0) } })}
          />
          <NumberInput
            label="Most workers"
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
        label="Scale with the load"
        checked={scale !== undefined}
        onChange={(event) => set(withAutoscale(spec, event.currentTarget.checked))}
      />
    </div>
  );
}
