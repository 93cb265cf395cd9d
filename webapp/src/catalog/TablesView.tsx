import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '../parts/Go';
import { tablesQuery, type Table as CatalogTable } from '../api/catalog';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { Empty } from '../parts/Empty';
import { Page } from '../parts/Page';
import { words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { CatalogTrail } from './CatalogTrail';
import { CreateTable } from './CreateTable';
import { Drop } from './Drop';
import { FromFile } from './FromFile';

const COLUMNS: Column<CatalogTable>[] = [
  {
    name: 'Table',
    by: (each) => each.name,
    cell: (each) => <Go place={places.catalog(each.catalog_name, each.schema_name, each.name)}>{each.name}</Go>,
  },
  { name: 'Kind', width: 110, by: (each) => each.table_type, cell: (each) => words(each.table_type) },
  { name: 'Format', width: 90, by: (each) => each.data_source_format ?? '', cell: (each) => each.data_source_format ?? '' },
  { name: 'Columns', width: 80, right: true, by: (each) => each.columns?.length ?? 0, cell: (each) => each.columns?.length ?? 0 },
  { name: 'Comment', cell: (each) => each.comment ?? '' },
  { name: 'Owner', by: (each) => each.owner, cell: (each) => each.owner },
  { name: 'Changed', by: (each) => each.updated_at, cell: (each) => <Age at={each.updated_at} /> },
  { name: 'Actions', right: true, width: 70, cell: (each) => <Drop kind="tables" name={each.full_name} /> },
];

export function TablesView({ catalog, schema }: { catalog: string; schema: string }) {
  const tables = useQuery(tablesQuery(catalog, schema));
  const [creating, setCreating] = useState(false);
  return (
    <FromFile catalog={catalog} schema={schema}>
      {(fromFile) => (
        <Page
          title={schema}
          crumbs={<CatalogTrail names={[catalog]} />}
          wide
          actions={
            <>
              {fromFile}
              <Button size="xs" variant="default" onClick={() => setCreating(true)}>
                Create table by SQL
              </Button>
            </>
          }
        >
          <Loaded query={tables}>
            {(all) => (
              <Table
                label="tables"
                rows={all}
                columns={COLUMNS}
                id={(each) => each.name}
                text={(each) => `${each.name} ${each.comment ?? ''}`}
                empty={
                  <Empty title="This schema has no tables" command={`df.write.saveAsTable("${catalog}.${schema}.orders")`}>
                    Drop a CSV, JSON or Parquet file here, create one by SQL, or in a Python notebook:
                  </Empty>
                }
              />
            )}
          </Loaded>
          {creating && <CreateTable catalog={catalog} schema={schema} close={() => setCreating(false)} />}
        </Page>
      )}
    </FromFile>
  );
}
