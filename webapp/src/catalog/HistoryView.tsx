import './catalog.css';
import { Button, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { quoted, runSql } from '../api/commands';
import { keys } from '../api/keys';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { Table } from '../parts/Table';
import { Waiting } from '../parts/Waiting';
import { Asked } from './Asked';
import { ClusterPicker, useCluster } from './ClusterPicker';
import { changesOf, restoreSql, versionSql, type Change } from './tableSql';

const number = new Intl.NumberFormat('en');

/** Every change of a Delta table; each version can be looked at and brought back. */
export function HistoryView({ name }: { name: string }) {
  const cluster = useCluster();
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const [seen, setSeen] = useState<number>();
  const sql = `DESCRIBE HISTORY ${quoted(name)}`;
  const history = useQuery({
    queryKey: ['sql', cluster.id, sql],
    queryFn: async ({ signal }) => changesOf(await runSql(cluster.id, sql, signal)),
    enabled: cluster.id !== '',
    retry: false,
  });
  const newest = history.data?.[0]?.version;
  const restore = ({ version }: Change) =>
    ask({
      title: `Restore version ${version} of ${name}?`,
      body: <p>The table has the rows and columns of that version again. This is a new version: the history stays, and what is there now can be restored the same way.</p>,
      action: 'Restore',
      run: async () => {
        await runSql(cluster.id, restoreSql(name, version));
        await Promise.all([queries.invalidateQueries({ queryKey: ['sql'] }), queries.invalidateQueries({ queryKey: keys.table(name) })]);
        tell(`${name} has the rows of version ${version} again.`);
      },
    });
  const columns: Column<Change>[] = [
    { name: 'Version', width: 80, right: true, by: ({ version }) => version, cell: ({ version }) => version },
    { name: 'When', width: 130, by: ({ at }) => at, cell: ({ at }) => <Age at={at} /> },
    { name: 'Who', by: ({ by }) => by, cell: ({ by }) => by || <span className="dim">unknown</span> },
    { name: 'Change', by: ({ operation }) => operation, cell: ({ operation }) => <code>{operation}</code> },
    { name: 'Details', cell: ({ parameters }) => parameters },
    { name: 'Rows written', width: 110, right: true, by: ({ rows }) => rows ?? -1, cell: ({ rows }) => (rows === undefined ? '' : number.format(rows)) },
    {
      name: 'Actions',
      right: true,
      width: 150,
      cell: (change) => (
        <span className="version-actions">
          <Button size="compact-xs" variant="default" aria-label={`Show version ${change.version}`} onClick={() => setSeen(change.version)}>
            Show
          </Button>
          {change.version !== newest && (
            <Button size="compact-xs" variant="default" aria-label={`Restore version ${change.version}`} onClick={() => restore(change)}>
              Restore
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="tools">
        <ClusterPicker cluster={cluster} />
        {cluster.id && (
          <Button size="xs" variant="default" loading={history.isFetching} onClick={() => void history.refetch()}>
            Refresh
          </Button>
        )}
      </div>
      {history.isError && <ErrorNote error={history.error} />}
      {history.isLoading && <Waiting />}
      {history.data && <Table label="versions" rows={history.data} columns={columns} id={({ version }) => version} />}
      {seen !== undefined && (
        <Modal opened onClose={() => setSeen(undefined)} title={`Version ${seen} of ${name}`} size={1000}>
          <Asked sql={versionSql(name, seen)} what="The first rows of this version, 100 at most." />
        </Modal>
      )}
    </>
  );
}
