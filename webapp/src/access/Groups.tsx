import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { groupsQuery, usersQuery } from '../api/iam';
import { createGroup } from '../api/iamChanges';
import type { Group } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { At, PolicyNames } from './cells';
import { useRefresh } from './useChange';
import { useWho } from './who';

export function Groups() {
  const { as } = useWho();
  const groups = useQuery(groupsQuery(as));
  const users = useQuery(usersQuery(as)).data ?? [];
  const { ask } = useDialogs();
  const refresh = useRefresh();
  const go = useGo();
  const size = ({ name }: Group) => users.filter((user) => user.groups.includes(name)).length;
  const columns: Column<Group>[] = [
    { name: 'Group', by: (each) => each.name, cell: (each) => <Go place={places.iamGroup(each.name)}>{each.name}</Go> },
    { name: 'Members', by: size, right: true, width: 100, cell: size },
    { name: 'Policies', by: (each) => each.attached.length + each.inline.length, cell: (each) => <PolicyNames {...each} /> },
    { name: 'Created', by: (each) => each.created, cell: (each) => <At time={each.created} /> },
  ];
  const create = () =>
    ask({
      title: 'Create group',
      action: 'Create',
      text: { label: 'Group name', value: '' },
      run: async (name) => {
        await createGroup(as, name);
        await go(places.iamGroup(name));
        await refresh();
      },
    });
  return (
    <Loaded query={groups}>
      {(all) => (
        <Table
          label="IAM groups"
          rows={all}
          columns={columns}
          id={(each) => each.arn}
          text={(each) => [each.name, each.path, ...each.attached.map(({ name }) => name)].join(' ')}
          open={(each) => void go(places.iamGroup(each.name))}
          tools={
            <Button size="xs" onClick={create}>
              Create group
            </Button>
          }
          empty={
            <Empty title="There are no groups in this account yet" command="aws --profile slipway iam create-group --group-name readers">
              A group gives its policies to all of its users.
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}
