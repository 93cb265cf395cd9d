import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { everything } from '../api/iam';
import { keys } from '../api/keys';
import { useWho } from './who';

/** Everything of IAM is asked anew: one change shows on many pages. */
export function useRefresh() {
  const queries = useQueryClient();
  const { as } = useWho();
  return useCallback(
    () => Promise.all([queries.invalidateQueries({ queryKey: everything(as) }), queries.invalidateQueries({ queryKey: keys.instanceProfiles })]),
    [queries, as],
  );
}

/** Makes a change, and the pages tell what is so after it, also if it has failed half way. */
export function useChange() {
  const refresh = useRefresh();
  return useCallback(
    async <T>(change: Promise<T>): Promise<T> => {
      try {
        return await change;
      } finally {
        await refresh();
      }
    },
    [refresh],
  );
}
