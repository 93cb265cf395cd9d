import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ended, verdict, type Run } from '../api/jobs';
import { causesQuery, chunks } from '../api/runViews';

const failed = (run: Run) => ended(run) && ['FAILED', 'TIMEDOUT', 'INTERNAL_ERROR'].includes(verdict(run.state));

/** `enrich: KeyError: 'zip code'` of each run that failed, as soon as it is known. */
export function useCauses(runs: Run[]): Map<number, { task: string; text: string }> {
  const wrong = runs.filter(failed).map((run) => run.run_id);
  const answers = useQueries({ queries: chunks(wrong).map(causesQuery) }).map(({ data }) => data);
  // The answers are the same objects until they change.
  return useMemo(() => new Map(answers.flatMap((all) => all ?? []).map((cause) => [cause.run_id, { task: cause.task_key, text: cause.text }])), answers); // eslint-disable-line react-hooks/exhaustive-deps
}
