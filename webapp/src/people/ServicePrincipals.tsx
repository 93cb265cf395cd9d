import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createEntry, servicePrincipalsQuery, type Entry } from '../api/people';
import type { Column } from '../parts/column';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Activity } from './Activity';
import { EntitlementsDialog } from './Entitlements';
import { GroupLinks } from './GroupLinks';
import { Remove } from './Remove';
import { RolesDialog } from './Roles';
import { useAdmin, useChange } from './useChange';

export function ServicePrincipals() {
  const programs = useQuery(servicePrincipalsQuery);
  const admin = useAdmin();
  const change = useChange();
  const { ask } = useDialogs();
  const [entitled, setEntitled] = useState<Entry>();
  const [ruled, setRuled] = useState<Entry>();
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
      width: 340,
      cell: (each) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="default" aria-label={`Permissions of ${each.displayName}`} onClick={() => setRuled(each)}>
            Permissions
          </Button>
          <Button size="compact-xs" variant="default" aria-label={`What ${each.displayName} may do`} onClick={() => setEntitled(each)}>
            Entitlements
          </Button>
          <Activity kind="ServicePrincipals" entry={each} name={each.displayName} />
          <Remove kind="ServicePrincipals" id={each.id} name={each.displayName} />
        </Group>
      ),
    });
  }
  return (
    <>
      {entitled && <EntitlementsDialog kind="ServicePrincipals" id={entitled.id} name={entitled.displayName} close={() => setEntitled(undefined)} />}
      {ruled && <RolesDialog ruled={{ folder: 'servicePrincipals', id: ruled.applicationId ?? '' }} name={ruled.displayName} close={() => setRuled(undefined)} />}
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
    </>
  );
}
