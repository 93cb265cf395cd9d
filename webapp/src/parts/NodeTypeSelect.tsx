import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { nodeTypesQuery, usableQuery } from '../api/clusters';
import { nodeTypeChoices } from './nodeTypes';
import { gigabytes } from './time';

interface Props {
  label: string;
  value: string | undefined;
  set: (value: string | undefined) => void;
  /** What it is without a choice; with it the choice can be taken back. */
  placeholder?: string;
}

/** A type of machine, and what a machine of that type gets here. */
export function NodeTypeSelect({ label, value, set, placeholder }: Props) {
  const types = useQuery(nodeTypesQuery).data;
  const usable = useQuery(usableQuery).data?.find((each) => each.node_type_id === value);
  const data = useMemo(() => nodeTypeChoices(types ?? [], types && value), [types, value]);
  return (
    <Select
      label={label}
      description={usable && `Here each gets ${usable.cores === 1 ? '1 core' : `${usable.cores} cores`} and ${gigabytes(usable.memory_mb)} for Spark`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={data}
      value={value ?? null}
      placeholder={placeholder}
      onChange={(next) => set(next ?? undefined)}
      searchable
      clearable={placeholder !== undefined}
      allowDeselect={false}
      nothingFoundMessage="No such type"
      maxDropdownHeight={320}
    />
  );
}
