import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Table } from '../table';
import type { TableView } from '../views';
import { arrangementOf, useWholeResults } from '../whole';

const TYPING_MILLIS = 400;

export interface WholeRows {
  /** The first of all rows, as they are arranged; undefined while only the rows of the cell are. */
  table?: Table;
  busy: boolean;
  problem?: string;
  /** Has Spark arrange all rows; absent where they are, or cannot be. */
  ask?: () => void;
}

/**
 * The rows of a cut result, sorted and filtered as a whole: Spark runs the query again for it, so only once the reader has changed
 * something, or asks for it.
 */
export function useWholeRows(table: Table, { filters, sort }: Pick<TableView, 'filters' | 'sort'>): WholeRows & { changed: () => void } {
  const whole = useWholeResults();
  const [asked, setAsked] = useState('');
  const { columns, result = '' } = table;
  const arrangement = useMemo(() => arrangementOf(columns, filters, sort), [columns, filters, sort]);
  const [wanted] = useDebouncedValue(JSON.stringify(arrangement ?? null), TYPING_MILLIS);
  const settled = wanted === JSON.stringify(arrangement ?? null);
  const possible = whole !== undefined && result !== '' && arrangement !== undefined;
  const active = possible && asked === result;
  const found = useQuery({
    queryKey: ['result-rows', result, wanted],
    queryFn: ({ signal }) => (whole && arrangement ? whole.rows(result, arrangement, signal) : Promise.reject(new Error('Nothing is arranged.'))),
    enabled: active && settled,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  const ask = useCallback(() => setAsked(result), [result]);
  return {
    table: active && settled ? found.data : undefined,
    busy: active && (!settled || found.isFetching),
    problem: active && settled && found.isError ? found.error.message : undefined,
    ask: possible && !active ? ask : undefined,
    changed: ask,
  };
}
