import { Button, Select, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { groupsQuery, usersQuery } from '../api/iam';
import { addToGroup, removeFromGroup } from '../api/iamChanges';
import type { Group, User } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { AccountPage } from './AccountPage';
import { Attached } from './Attached';
import { At } from './cells';
import { Delete } from './Delete';
import { Facts } from './Facts';
import { Gone } from './Gone';
import { InlinePolicies } from './InlinePolicies';
import { Simulate } from './Simulate';
import { useChange } from './useChange';
import { useWho } from './who';

export function GroupPage() {
  const { name = '' } = useParams({ strict: false });
  return (
    <AccountPage title={name} list={['groups', 'Groups']}>
      <Of name={name} />
    </AccountPage>
  );
}

function Of({ name }: { name: string }) {
  const { as } = useWho();
  const groups = useQuery(groupsQuery(as));
  const users = useQuery(usersQuery(as));
  return (
    <Loaded query={groups}>
      {(all) => {
        const group = all.find((each) => each.name === name);
        if (!group) return <Gone kind="group" name={name} />;
        return <Loaded query={users}>{(everybody) => <Shown group={group} users={everybody} />}</Loaded>;
      }}
    </Loaded>
  );
}

function Shown({ group, users }: { group: Group; users: User[] }) {
  const [tab, setTab] = useTab('members');
  const of = { kind: 'Group', name: group.name } as const;
  const members = users.filter(({ groups }) => groups.includes(group.name));
  return (
    <>
      <div className="under-head">
        <Facts arn={group.arn} more={[['Created', <At time={group.created} />]]} />
        <div className="actions">
          <Simulate arn={group.arn} />
          <Delete doomed={{ kind: 'Group', group, members: members.map(({ name }) => name) }} />
        </div>
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="members">Members</Tabs.Tab>
          <Tabs.Tab value="permissions">Permissions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <Members group={group} members={members} others={users.filter((each) => !members.includes(each))} />
        </Tabs.Panel>
        <Tabs.Panel value="permissions">
          <Attached of={of} attached={group.attached} />
          <InlinePolicies of={of} inline={group.inline} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Members({ group, members, others }: { group: Group; members: User[]; others: User[] }) {
  const { as } = useWho();
  const change = useChange();
  const { fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const add = () => {
    if (chosen) void change(addToGroup(as, chosen, group.name)).then(() => setChosen(null)).catch(fail);
  };
  const columns: Column<User>[] = [
    { name: 'User', cell: ({ name }) => <Go place={places.iamUser(name)}>{name}</Go> },
    { name: 'Created', cell: (each) => <At time={each.created} /> },
    {
      name: 'Actions',
      right: true,
      width: 110,
      cell: ({ name }) => (
        <Button size="compact-xs" variant="default" aria-label={`Take ${name} out`} onClick={() => void change(removeFromGroup(as, name, group.name)).catch(fail)}>
          Take out
        </Button>
      ),
    },
  ];
  return (
    <section aria-label="Members">
      <div className="tools bottom">
        <Select label="Add a user" placeholder="User" searchable w={320} size="xs" data={others.map(({ name }) => name)} value={chosen} onChange={setChosen} />
        <Button size="xs" disabled={!chosen} onClick={add}>
          Add
        </Button>
      </div>
      {members.length > 0 ? <Table label="members" rows={members} columns={columns} id={(each) => each.arn} /> : <p className="dim">Nobody is in {group.name}.</p>}
    </section>
  );
}
