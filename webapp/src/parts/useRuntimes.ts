import { useQuery } from '@tanstack/react-query';
import { sparkVersionsQuery, unlistedRuntimesQuery } from '../api/clusters';
import type { Runtimes } from './runtimes';

/** Empty until the server has told. */
export function useRuntimes(): Runtimes {
  return { versions: useQuery(sparkVersionsQuery).data ?? [], unlisted: useQuery(unlistedRuntimesQuery).data ?? [] };
}
