import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createEntry, groupsQuery, type Entry } from '../api/people';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { GroupLinks } from './GroupLinks';
import { Remove } from './Remove';
import { useAdmin, useChange } from './useChange';

const OF_THE_SYSTEM = ['admins', 'users'];

export function Groups() {
  const groups = useQuery(groupsQuery);
  const admin = useAdmin();
  const change = useChange();
  const go = useGo();
  const { ask } = useDialogs();
  const create = () =>
    ask({
      title: 'New group',
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (displayName) => {
        const made = await change(createEntry('Groups', { displayName }));
        await go(places.group(made.id));
      },
    });
  const columns: Column<Entry>[] = [
    { name: 'Group', by: (group) => group.displayName, cell: (group) => <Go place={places.group(group.id)}>{group.displayName}</Go> },
    { name: 'Members', right: true, width: 90, by: (group) => group.members?.length ?? 0, cell: (group) => group.members?.length ?? 0 },
    { name: 'In groups', cell: (group) => <GroupLinks entry={group} /> },
  ];
  if (admin) {
    columns.push({
      name: 'Actions',
      right: true,
      width: 70,
      cell: (group) => !OF_THE_SYSTEM.includes(group.displayName) && <Remove kind="Groups" id={group.id} name={group.displayName} />,
    });
  }
  return (
    <Loaded query={groups}>
      {(all) => (
        <Table
          label="groups"
          rows={all}
          columns={columns}
          id={(group) => group.id}
          text={(group) => group.displayName}
          open={(group) => void go(places.group(group.id))}
          tools={
            admin && (
              <Button size="xs" onClick={create}>
                Create group
              </Button>
            )
          }
        />
      )}
    </Loaded>
  );
}
