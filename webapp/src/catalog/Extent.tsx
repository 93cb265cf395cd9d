import { useQuery } from '@tanstack/react-query';
import { quoted, runSql } from '../api/commands';
import { bytes } from '../parts/time';
import { useCluster } from './ClusterPicker';
import { filesOf } from './tableSql';

const number = new Intl.NumberFormat('en');

/** How much a Delta table holds: its log knows, so that no file is read. */
export function Extent({ name }: { name: string }) {
  const cluster = useCluster();
  const found = useQuery({
    queryKey: ['sql', cluster.id, 'extent', name],
    queryFn: async ({ signal }) => {
      const count = await runSql(cluster.id, `SELECT count(*) FROM ${quoted(name)}`, signal);
      const files = filesOf(await runSql(cluster.id, `DESCRIBE DETAIL ${quoted(name)}`, signal));
      return { rows: Number(count.rows[0]?.[0]), files };
    },
    enabled: cluster.id !== '',
    retry: false,
  });
  if (cluster.id === '') return <span className="dim">known while a cluster runs</span>;
  if (found.isError) return <span className="dim">{found.error.message}</span>;
  if (!found.data) return <span className="dim">…</span>;
  const { rows, files } = found.data;
  return (
    <>
      {number.format(rows)} {rows === 1 ? 'row' : 'rows'}
      {files && `, ${bytes(files.bytes)} in ${number.format(files.files)} ${files.files === 1 ? 'file' : 'files'}`}
    </>
  );
}
