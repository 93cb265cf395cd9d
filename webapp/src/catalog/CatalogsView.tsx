import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Go } from '../parts/Go';
import { catalogsQuery, createCatalog, type Securable } from '../api/catalog';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Drop } from './Drop';
import { FromFile } from './FromFile';

const COLUMNS: Column<Securable>[] = [
  { name: 'Catalog', by: (each) => each.name, cell: (each) => <Go place={places.catalog(each.name)}>{each.name}</Go> },
  { name: 'Comment', cell: (each) => each.comment ?? '' },
  { name: 'Owner', by: (each) => each.owner, cell: (each) => each.owner },
  { name: 'Created', by: (each) => each.created_at, cell: (each) => <Age at={each.created_at} /> },
  { name: 'Actions', right: true, width: 70, cell: (each) => <Drop kind="catalogs" name={each.name} /> },
];

export function CatalogsView() {
  const catalogs = useQuery(catalogsQuery);
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const create = () =>
    ask({
      title: 'New catalog',
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (name) => {
        await createCatalog(name, '');
        await queries.invalidateQueries({ queryKey: keys.catalogs });
      },
    });
  return (
    <FromFile>
      {(fromFile) => (
        <Page
          title="Catalog"
          wide
          actions={
            <>
              {fromFile}
              <Button size="xs" variant="default" onClick={create}>
                Create catalog
              </Button>
            </>
          }
        >
          <Loaded query={catalogs}>{(all) => <Table label="catalogs" rows={all} columns={COLUMNS} id={(each) => each.name} text={(each) => each.name} />}</Loaded>
        </Page>
      )}
    </FromFile>
  );
}
