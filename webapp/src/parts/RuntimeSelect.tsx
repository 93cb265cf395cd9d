import { Select } from '@mantine/core';
import { runtimeChoices } from './runtimes';
import { useRuntimes } from './useRuntimes';

/** The runtime of a cluster; a key that is not on offer says what it runs as. */
export function RuntimeSelect({ value, set }: { value: string | undefined; set: (value: string | undefined) => void }) {
  const runtimes = useRuntimes();
  return (
    <Select
      // What is shown of a chosen key is taken once: again, when the server has told what it runs as.
      key={runtimes.unlisted.length}
      label="Runtime version"
      data={runtimeChoices(runtimes, value)}
      value={value ?? null}
      onChange={(next) => set(next ?? undefined)}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No such version"
    />
  );
}
