import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sparkVersionsQuery } from '../api/clusters';
import { runtimeChoices } from './runtimes';

/** The runtime of a cluster; a key that is not on offer says what it runs as. */
export function RuntimeSelect({ value, set }: { value: string | undefined; set: (value: string | undefined) => void }) {
  const versions = useQuery(sparkVersionsQuery).data ?? [];
  return (
    <Select
      label="Runtime version"
      data={runtimeChoices(versions, value)}
      value={value ?? null}
      onChange={(next) => set(next ?? undefined)}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No such version"
    />
  );
}
