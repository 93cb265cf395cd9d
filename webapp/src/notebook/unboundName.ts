import type { CellOutput } from '../output/types';

const UNBOUND = /UNBOUND_SQL_PARAMETER\][^:]*: `?(\w+)/;

/** The name of the parameter that a SQL cell has failed for, if that is why it failed. */
export function unboundIn(outputs: readonly CellOutput[]): string | undefined {
  for (const output of outputs) {
    const name = output.type === 'error' ? UNBOUND.exec(output.evalue)?.[1] : undefined;
    if (name) return name;
  }
  return undefined;
}
