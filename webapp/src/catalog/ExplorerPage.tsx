import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Database, Eye, FolderClosed, Table2 } from 'lucide-react';
import { catalogsQuery, schemasQuery, tablesQuery, type Securable, type Table } from '../api/catalog';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { Tree, type Branch } from '../parts/Tree';
import { CatalogsView } from './CatalogsView';
import { SchemasView } from './SchemasView';
import { TablesView } from './TablesView';
import { TableView } from './TableView';

const tableBranch = (table: Table): Branch => ({
  id: table.full_name,
  label: (
    <Go place={places.catalog(table.catalog_name, table.schema_name, table.name)}>
      {table.table_type === 'VIEW' ? <Eye size={14} aria-hidden="true" /> : <Table2 size={14} aria-hidden="true" />} {table.name}
    </Go>
  ),
});

const schemaBranch = (catalog: string, schema: Securable): Branch => ({
  id: `${catalog}.${schema.name}`,
  label: (
    <Go place={places.catalog(catalog, schema.name)}>
      <FolderClosed size={14} aria-hidden="true" /> {schema.name}
    </Go>
  ),
  useBelow: () => (useQuery(tablesQuery(catalog, schema.name)).data ?? []).map(tableBranch),
});

const catalogBranch = (catalog: Securable): Branch => ({
  id: catalog.name,
  label: (
    <Go place={places.catalog(catalog.name)}>
      <Database size={14} aria-hidden="true" /> {catalog.name}
    </Go>
  ),
  useBelow: () => (useQuery(schemasQuery(catalog.name)).data ?? []).map((schema) => schemaBranch(catalog.name, schema)),
});

/** Catalogs, schemas and tables: the tree left, the chosen thing right. */
export function ExplorerPage() {
  const { catalog, schema, table } = useParams({ strict: false }) as { catalog?: string; schema?: string; table?: string };
  const branches = (useQuery(catalogsQuery).data ?? []).map(catalogBranch);
  const current = [catalog, schema, table].filter(Boolean).join('.');
  return (
    <div className="split">
      <nav className="side" aria-label="Catalogs">
        <Tree branches={branches} current={current} inside={(id) => current === id || current.startsWith(`${id}.`)} />
      </nav>
      <div>
        {catalog && schema && table && <TableView key={current} name={current} />}
        {catalog && schema && !table && <TablesView catalog={catalog} schema={schema} />}
        {catalog && !schema && <SchemasView catalog={catalog} />}
        {!catalog && <CatalogsView />}
      </div>
    </div>
  );
}
