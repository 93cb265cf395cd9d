import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { runSql } from '../api/commands';
import { ErrorNote } from '../parts/ErrorNote';
import { Waiting } from '../parts/Waiting';
import { ClusterPicker, useCluster } from './ClusterPicker';
import { ResultTable } from './ResultTable';

/** What a statement gives, asked of a running cluster when somebody wants to see it. */
export function Asked({ sql, what }: { sql: string; what: string }) {
  const cluster = useCluster();
  const answer = useQuery({
    queryKey: ['sql', cluster.id, sql],
    queryFn: ({ signal }) => runSql(cluster.id, sql, signal),
    enabled: cluster.id !== '',
    staleTime: 60000,
    retry: false,
  });
  return (
    <>
      <div className="tools">
        <ClusterPicker cluster={cluster} />
        {cluster.id && (
          <Button size="xs" variant="default" loading={answer.isFetching} onClick={() => void answer.refetch()}>
            Refresh
          </Button>
        )}
        <span className="dim">{what}</span>
      </div>
      {answer.isError && <ErrorNote error={answer.error} />}
      {answer.isLoading && <Waiting />}
      {answer.data && <ResultTable result={answer.data} />}
    </>
  );
}
