import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { createWorkspace, deleteWorkspace, managedQuery, type Managed } from '../api/workspaces';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Assigned } from './Assigned';

/** The one that addresses mean which name none; it stays. */
const FIRST = 1001;

/** All workspaces of the account, for its admins. */
export function Workspaces() {
  const workspaces = useQuery(managedQuery);
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const [shown, show] = useState<Managed>();
  const changed = () => queries.invalidateQueries({ queryKey: keys.workspaces });
  const create = () =>
    ask({
      title: 'New workspace',
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (name) => {
        await createWorkspace(name);
        await changed();
        tell(`Created ${name}. Choose it at the top of the page to be there.`);
      },
    });
  const remove = (each: Managed) =>
    ask({
      title: `Delete ${each.workspace_name}?`,
      body: <p>Its clusters end, its jobs are deleted, and nobody can open it any more. Tables of the catalogs stay.</p>,
      action: 'Delete workspace',
      danger: true,
      run: async () => {
        await deleteWorkspace(each.workspace_id);
        await changed();
        tell(`Deleted ${each.workspace_name}.`);
      },
    });
  const columns: Column<Managed>[] = [
    { name: 'Name', by: (each) => each.workspace_name, cell: (each) => each.workspace_name },
    { name: 'Id', cell: (each) => <Id value={String(each.workspace_id)} /> },
    { name: 'Host name', by: (each) => each.deployment_name, cell: (each) => <code>{each.deployment_name}</code> },
    { name: 'Created', by: (each) => each.creation_time, cell: (each) => (each.creation_time > 0 ? <Age at={each.creation_time} /> : '') },
    {
      name: 'Actions',
      right: true,
      width: 180,
      cell: (each) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="default" onClick={() => show(each)} aria-label={`Who is in ${each.workspace_name}`}>
            Who is in it
          </Button>
          {each.workspace_id !== FIRST && (
            <Button size="compact-xs" variant="default" onClick={() => remove(each)} aria-label={`Delete ${each.workspace_name}`}>
              Delete
            </Button>
          )}
        </Group>
      ),
    },
  ];
  return (
    <>
      <Loaded query={workspaces}>
        {(all) => (
          <Table
            label="workspaces"
            rows={all}
            columns={columns}
            id={(each) => String(each.workspace_id)}
            text={(each) => each.workspace_name}
            tools={
              <Button size="xs" onClick={create}>
                Create workspace
              </Button>
            }
          />
        )}
      </Loaded>
      {shown && <Assigned workspace={shown} close={() => show(undefined)} />}
    </>
  );
}
