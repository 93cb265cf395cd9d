import './catalog.css';
import { Button, Checkbox, Group, Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogsQuery, schemasQuery } from '../api/catalog';
import { runSql } from '../api/commands';
import { putFile } from '../api/dbfs';
import { keys } from '../api/keys';
import { sessionQuery } from '../api/session';
import { importObject, listFolder } from '../api/tree';
import { Caught } from '../parts/Caught';
import { Copy } from '../parts/Copy';
import { ErrorNote } from '../parts/ErrorNote';
import { useGo } from '../parts/Go';
import { childOf, freeName, sparkPath } from '../parts/paths';
import { places } from '../parts/places';
import { Waiting } from '../parts/Waiting';
import { SEPARATORS } from '../parts/separators';
import { ClusterPicker, useCluster, type ChosenCluster } from './ClusterPicker';
import { columnsOf, formatOf, guessed, nameProblem, PREVIEW, startSql, tableName, tableSql, uploadPath, viewSql, withZeros, WORKSPACE_LIMIT, type FileColumn, type Format, type Reading } from './fileTable';

/** One of the workspace, which clusters see where it is, or one that is still to be brought there. */
export type TableFile = { name: string; path: string } | { name: string; bytes: () => Promise<Uint8Array> };

interface Props {
  file: TableFile;
  catalog?: string;
  schema?: string;
  close: () => void;
}

const TYPES = ['STRING', 'INT', 'BIGINT', 'DOUBLE', 'DECIMAL(18,2)', 'BOOLEAN', 'DATE', 'TIMESTAMP'];
/** Makes a table of a file: what is in it, as Spark reads it, then names and types, then the table. */
export function TableFromFile(props: Props) {
  const { file } = props;
  const format = formatOf(file.name);
  const user = useQuery(sessionQuery).data?.user_name ?? '';
  const placed = useQuery({
    queryKey: ['table-file', file.name],
    queryFn: () => place(file, user),
    enabled: format !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  return (
    <Modal opened onClose={props.close} title={`Create a table from ${file.name}`} size={920}>
      <Caught what="This file">
        {!format && <p>Tables are made of .csv, .tsv, .txt, .json, .jsonl and .parquet files.</p>}
        {placed.isLoading && <Waiting />}
        {placed.isError && <ErrorNote error={placed.error} />}
        {format && placed.data && <Begin {...props} path={placed.data} format={format} />}
      </Caught>
    </Modal>
  );
}

/** Where Spark reads it. What comes from the reader's computer goes to their folder, or to DBFS if it is too large for that. */
async function place(file: TableFile, user: string): Promise<string> {
  if ('path' in file) return sparkPath(file.path);
  const bytes = await file.bytes();
  if (bytes.length > WORKSPACE_LIMIT) {
    await putFile(uploadPath(file.name), bytes);
    return `dbfs:${uploadPath(file.name)}`;
  }
  const folder = `/Users/${user}`;
  const there = new Set((await listFolder(folder)).map(({ path }) => path));
  const path = freeName(childOf(folder, file.name.replaceAll(/[/\\]/g, '_')), (each) => there.has(each));
  await importObject({ path, content: bytes, format: 'AUTO' });
  return sparkPath(path);
}

/** Reads the first lines, to see what the file is like. */
function Begin({ path, format, ...props }: Props & { path: string; format: Format }) {
  const cluster = useCluster();
  const start = useQuery({
    queryKey: ['table-file', path, 'start'],
    queryFn: async () => (format === 'parquet' ? '' : (await runSql(cluster.id, startSql(path))).rows.map(([line]) => String(line)).join('\n')),
    enabled: cluster.id !== '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  return (
    <>
      {cluster.id === '' && <ClusterPicker cluster={cluster} />}
      {start.isLoading && <Waiting />}
      {start.isError && <ErrorNote error={start.error} retry={() => void start.refetch()} />}
      {start.data !== undefined && <Read {...props} path={path} cluster={cluster} start={guessed(format, start.data)} beginning={start.data} />}
    </>
  );
}

function Read({ path, cluster, start, beginning, ...props }: Props & { path: string; cluster: ChosenCluster; start: Reading; beginning: string }) {
  const [reading, setReading] = useState(start);
  const problem = nameProblem(path, reading);
  const found = useQuery({
    queryKey: ['table-file', path, cluster.id, reading],
    queryFn: async () => {
      await runSql(cluster.id, viewSql(path, reading));
      const { columns: found, rows } = await runSql(cluster.id, PREVIEW);
      const columns = withZeros(columnsOf(found), beginning, reading);
      if (columns.every(({ type, found: as }) => type === as)) return { columns, rows };
      await runSql(cluster.id, viewSql(path, reading, columns));
      return { columns, rows: (await runSql(cluster.id, PREVIEW)).rows };
    },
    enabled: cluster.id !== '' && problem === '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  return (
    <>
      <div className="tools bottom">
        <ClusterPicker cluster={cluster} />
        {reading.format === 'csv' && (
          <>
            <Select aria-label="Separator" w={130} data={SEPARATORS} value={reading.separator} onChange={(separator) => setReading({ ...reading, separator: separator ?? ',' })} allowDeselect={false} />
            <Checkbox size="xs" label="First row contains column names" checked={reading.header} onChange={(event) => setReading({ ...reading, header: event.currentTarget.checked })} />
          </>
        )}
        {reading.format === 'json' && (
          <Checkbox size="xs" label="One JSON value across several lines" checked={reading.whole} onChange={(event) => setReading({ ...reading, whole: event.currentTarget.checked })} />
        )}
      </div>
      {problem && <p role="alert">{problem}</p>}
      {found.isLoading && <Waiting />}
      {found.isError && <ErrorNote error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Make key={JSON.stringify(reading)} {...props} path={path} reading={reading} clusterId={cluster.id} start={found.data.columns} rows={found.data.rows} />}
    </>
  );
}

interface MakeProps extends Props {
  path: string;
  reading: Reading;
  clusterId: string;
  start: FileColumn[];
  rows: unknown[][];
}

function Make({ file, catalog, schema, close, path, reading, clusterId, start, rows }: MakeProps) {
  const queries = useQueryClient();
  const go = useGo();
  const [columns, setColumns] = useState(start);
  const [target, setTarget] = useState({ catalog: catalog ?? 'main', schema: schema ?? 'default', table: tableName(file.name) });
  const [replace, setReplace] = useState(false);
  const catalogs = useQuery(catalogsQuery).data ?? [];
  const schemas = useQuery(schemasQuery(target.catalog)).data ?? [];
  const create = useMutation({
    mutationFn: async () => {
      if (reading.format === 'csv') await runSql(clusterId, viewSql(path, reading, columns));
      await runSql(clusterId, tableSql([target.catalog, target.schema, target.table], reading, columns, replace));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.tables(target.catalog, target.schema) });
      close();
      await go(places.catalog(target.catalog, target.schema, target.table));
    },
  });
  const change = (at: number, part: Partial<FileColumn>) => setColumns(columns.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <div className="tools bottom">
        <Select label="Catalog" w={170} data={named(catalogs, target.catalog)} value={target.catalog} onChange={(name) => name && setTarget({ ...target, catalog: name, schema: 'default' })} allowDeselect={false} searchable />
        <Select label="Schema" w={170} data={named(schemas, target.schema)} value={target.schema} onChange={(name) => name && setTarget({ ...target, schema: name })} allowDeselect={false} searchable />
        <TextInput label="Table" w={230} value={target.table} onChange={(event) => setTarget({ ...target, table: event.currentTarget.value })} />
        <Checkbox size="xs" label="Replace the table if it exists" checked={replace} onChange={(event) => setReplace(event.currentTarget.checked)} />
      </div>
      <div className="table-box file-preview" tabIndex={0} role="region" aria-label="First rows">
        <table className="list">
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={column.source + at}>
                  <TextInput aria-label={`Name of column ${at + 1}`} value={column.name} onChange={(event) => change(at, { name: event.currentTarget.value })} w={150} />
                  <Select aria-label={`Type of ${column.name}`} data={[...new Set([column.found, ...TYPES])]} value={column.type} onChange={(type) => type && change(at, { type })} allowDeselect={false} w={150} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 8).map((row, index) => (
              <tr key={index}>
                {columns.map((column, at) => (
                  <td key={column.source + at}>{shown(row[at])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim">
        Spark reads the file at <code>{path}</code> <Copy text={path} label="Copy the path for Spark" />
      </p>
      {create.isError && <ErrorNote error={create.error} />}
      <Group justify="flex-end" mt="sm">
        <Button size="xs" variant="default" onClick={close}>
          Cancel
        </Button>
        <Button size="xs" type="submit" loading={create.isPending} disabled={columns.length === 0 || target.table.trim() === '' || columns.some(({ name }) => name.trim() === '')}>
          Create table
        </Button>
      </Group>
    </form>
  );
}

/** Also the one that is chosen, while the list is on its way. */
const named = (all: { name: string }[], chosen: string) => [...new Set([...all.map(({ name }) => name), chosen])];

function shown(value: unknown) {
  if (value === null || value === undefined) return <i className="dim">null</i>;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
