import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '../api/keys';
import { sessionQuery } from '../api/session';

/** Whether this user may change who is here. */
export const useAdmin = () => useQuery(sessionQuery).data?.admin ?? false;

/** Makes a change, and everything on these pages be asked anew after it. */
export function useChange() {
  const queries = useQueryClient();
  return useCallback(
    async <T>(change: Promise<T>): Promise<T> => {
      const done = await change;
      await queries.invalidateQueries({ queryKey: keys.people });
      return done;
    },
    [queries],
  );
}
