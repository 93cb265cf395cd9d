import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createEntry, servicePrincipalsQuery, type Entry } from '../api/people';
import type { Column } from '../parts/column';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Activity } from './Activity';
import { GroupLinks } from './GroupLinks';
import { Remove } from './Remove';
import { useAdmin, useChange } from './useChange';

export function ServicePrincipals() {
  const programs = useQuery(servicePrincipalsQuery);
  const admin = useAdmin();
  const change = useChange();
  const { ask } = useDialogs();
  const create = () =>
    ask({
      title: 'New service principal',
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: (displayName) => change(createEntry('ServicePrincipals', { displayName })),
    });
  const columns: Column<Entry>[] = [
    { name: 'Name', by: (each) => each.displayName, cell: (each) => each.displayName },
    { name: 'Application id', cell: (each) => <Id value={each.applicationId ?? ''} /> },
    { name: 'Groups', cell: (each) => <GroupLinks entry={each} /> },
    { name: 'State', by: (each) => String(each.active), cell: (each) => (each.active ? 'active' : <span className="dim">not active</span>) },
  ];
  if (admin) {
    columns.push({
      name: 'Actions',
      right: true,
      width: 150,
      cell: (each) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Activity kind="ServicePrincipals" entry={each} name={each.displayName} />
          <Remove kind="ServicePrincipals" id={each.id} name={each.displayName} />
        </Group>
      ),
    });
  }
  return (
    <Loaded query={programs}>
      {(all) => (
        <Table
          label="service principals"
          rows={all}
          columns={columns}
          id={(each) => each.id}
          text={(each) => `${each.displayName} ${each.applicationId}`}
          tools={
            admin && (
              <Button size="xs" onClick={create}>
                Create service principal
              </Button>
            )
          }
          empty={
            <Empty title="There are no service principals yet" command="databricks --profile slipway service-principals create --json '{&quot;displayName&quot;:&quot;ci&quot;}'">
              A service principal is a program that acts by itself: a build, a schedule of another system.
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}
