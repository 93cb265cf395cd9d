import { Button, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useGo } from '../parts/Go';
import { commentTable, tableQuery, type Column as TableColumn, type Table as CatalogTable } from '../api/catalog';
import { quoted } from '../api/commands';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { Asked } from './Asked';
import { CatalogTrail } from './CatalogTrail';
import { CommentCell } from './CommentCell';
import { Drop } from './Drop';
import { Extent } from './Extent';
import { HistoryView } from './HistoryView';

const columnsOf = (table: CatalogTable): Column<TableColumn>[] => [
  { name: '#', width: 46, right: true, by: (column) => column.position, cell: (column) => column.position + 1 },
  { name: 'Column', by: (column) => column.name, cell: (column) => <code>{column.name}</code> },
  { name: 'Type', by: (column) => column.type_text, cell: (column) => <code>{column.type_text}</code> },
  { name: 'Nullable', width: 90, cell: (column) => (column.nullable ? 'yes' : 'no') },
  { name: 'Partition', width: 90, cell: (column) => (column.partition_index === undefined ? '' : column.partition_index + 1) },
  { name: 'Comment', cell: (column) => (table.table_type === 'VIEW' ? (column.comment ?? '') : <CommentCell table={table.full_name} column={column.name} comment={column.comment ?? ''} />) },
];

export function TableView({ name }: { name: string }) {
  const table = useQuery(tableQuery(name));
  return <Loaded query={table}>{(found) => <Details table={found} />}</Loaded>;
}

function Details({ table }: { table: CatalogTable }) {
  const [tab, setTab] = useTab('columns');
  const go = useGo();
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const comment = () =>
    ask({
      title: `Comment on ${table.name}`,
      action: 'Save',
      text: { label: 'What it holds', value: table.comment ?? '', mayBeEmpty: true },
      run: async (text) => {
        await commentTable(table.full_name, text);
        await queries.invalidateQueries({ queryKey: keys.table(table.full_name) });
      },
    });
  const delta = table.data_source_format === 'DELTA';
  return (
    <Page
      title={table.name}
      wide
      crumbs={<CatalogTrail names={[table.catalog_name, table.schema_name]} />}
      state={<small className="dim">{words(table.table_type)}</small>}
      actions={
        <>
          <Id value={table.full_name} />
          <Button size="xs" variant="default" onClick={comment}>
            Comment
          </Button>
          <Drop kind="tables" name={table.full_name} done={() => void go(places.catalog(table.catalog_name, table.schema_name))} />
        </>
      }
    >
      {table.comment && <p>{table.comment}</p>}
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="md">
          <Tabs.Tab value="columns">Columns</Tabs.Tab>
          <Tabs.Tab value="sample">Sample data</Tabs.Tab>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          {delta && <Tabs.Tab value="history">History</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="columns">
          <Table label="columns" rows={table.columns ?? []} columns={columnsOf(table)} id={(column) => column.name} text={(column) => `${column.name} ${column.comment ?? ''}`} />
        </Tabs.Panel>
        <Tabs.Panel value="sample">
          <Asked sql={`SELECT * FROM ${quoted(table.full_name)} LIMIT 100`} what="The first rows that Spark finds, 100 at most." />
        </Tabs.Panel>
        <Tabs.Panel value="details">
          <Facts table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryView name={table.full_name} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Facts({ table }: { table: CatalogTable }) {
  const facts: [string, ReactNode][] = [
    ['Full name', <Id key="name" value={table.full_name} />],
    ['Id', <Id key="id" value={table.table_id} />],
    ['Format', table.data_source_format],
    ['Location', table.storage_location && <Id value={table.storage_location} />],
    ['Holds', table.data_source_format === 'DELTA' && <Extent key="extent" name={table.full_name} />],
    ['Owner', table.owner],
    ['Created', <span key="created"><Age at={table.created_at} /> by {table.created_by}</span>],
    ['Changed', <span key="changed"><Age at={table.updated_at} /> by {table.updated_by}</span>],
    ['Definition', table.view_definition && <pre className="code">{table.view_definition}</pre>],
    ...Object.entries(table.properties ?? {}),
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
