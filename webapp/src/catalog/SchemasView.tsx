import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Go } from '../parts/Go';
import { createSchema, schemasQuery, type Securable } from '../api/catalog';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Page } from '../parts/Page';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { CatalogTrail } from './CatalogTrail';
import { Drop } from './Drop';
import { FromFile } from './FromFile';

export function SchemasView({ catalog }: { catalog: string }) {
  const schemas = useQuery(schemasQuery(catalog));
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const columns: Column<Securable>[] = [
    { name: 'Schema', by: (each) => each.name, cell: (each) => <Go place={places.catalog(catalog, each.name)}>{each.name}</Go> },
    { name: 'Comment', cell: (each) => each.comment ?? '' },
    { name: 'Owner', by: (each) => each.owner, cell: (each) => each.owner },
    { name: 'Created', by: (each) => each.created_at, cell: (each) => <Age at={each.created_at} /> },
    { name: 'Actions', right: true, width: 70, cell: (each) => <Drop kind="schemas" name={each.full_name} /> },
  ];
  const create = () =>
    ask({
      title: `New schema in ${catalog}`,
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (name) => {
        await createSchema(catalog, name, '');
        await queries.invalidateQueries({ queryKey: keys.schemas(catalog) });
      },
    });
  return (
    <FromFile catalog={catalog}>
      {(fromFile) => (
        <Page
          title={catalog}
          crumbs={<CatalogTrail names={[]} />}
          wide
          actions={
            <>
              {fromFile}
              <Button size="xs" variant="default" onClick={create}>
                Create schema
              </Button>
            </>
          }
        >
          <Loaded query={schemas}>
            {(all) => (
              <Table
                label="schemas"
                rows={all}
                columns={columns}
                id={(each) => each.name}
                text={(each) => each.name}
                empty={<Empty title="This catalog has no schemas" command={`CREATE SCHEMA ${catalog}.sales`}>Create one, or in SQL:</Empty>}
              />
            )}
          </Loaded>
        </Page>
      )}
    </FromFile>
  );
}
