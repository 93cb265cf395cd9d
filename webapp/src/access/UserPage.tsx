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
import { AccessKeys } from './AccessKeys';
import { AccountPage } from './AccountPage';
import { Attached } from './Attached';
import { Boundary } from './Boundary';
import { At, PolicyNames } from './cells';
import { Delete } from './Delete';
import { Facts } from './Facts';
import { Gone } from './Gone';
import { InlinePolicies } from './InlinePolicies';
import { Simulate } from './Simulate';
import { Tags } from './Tags';
import { useChange } from './useChange';
import { useWho } from './who';

export function UserPage() {
  const { name = '' } = useParams({ strict: false });
  return (
    <AccountPage title={name} list={['users', 'Users']}>
      <Of name={name} />
    </AccountPage>
  );
}

function Of({ name }: { name: string }) {
  const { as } = useWho();
  const users = useQuery(usersQuery(as));
  return (
    <Loaded query={users}>
      {(all) => {
        const user = all.find((each) => each.name === name);
        return user ? <Shown user={user} /> : <Gone kind="user" name={name} />;
      }}
    </Loaded>
  );
}

function Shown({ user }: { user: User }) {
  const [tab, setTab] = useTab('permissions');
  const of = { kind: 'User', name: user.name } as const;
  return (
    <>
      <div className="under-head">
        <Facts arn={user.arn} more={[['Created', <At time={user.created} />]]} />
        <div className="actions">
          <Simulate arn={user.arn} />
          <Delete doomed={{ kind: 'User', user }} />
        </div>
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="permissions">Permissions</Tabs.Tab>
          <Tabs.Tab value="keys">Access keys</Tabs.Tab>
          <Tabs.Tab value="groups">Groups</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="permissions">
          <Attached of={of} attached={user.attached} />
          <InlinePolicies of={of} inline={user.inline} />
          <Boundary {...of} boundary={user.boundary} />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <AccessKeys user={user.name} />
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <GroupsOf user={user} />
        </Tabs.Panel>
        <Tabs.Panel value="tags">
          <Tags {...of} tags={user.tags} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function GroupsOf({ user }: { user: User }) {
  const { as } = useWho();
  const groups = useQuery(groupsQuery(as)).data ?? [];
  const change = useChange();
  const { fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const add = () => {
    if (chosen) void change(addToGroup(as, user.name, chosen)).then(() => setChosen(null)).catch(fail);
  };
  const columns: Column<Group>[] = [
    { name: 'Group', cell: (each) => <Go place={places.iamGroup(each.name)}>{each.name}</Go> },
    { name: 'Its policies', cell: (each) => <PolicyNames {...each} /> },
    {
      name: 'Actions',
      right: true,
      width: 110,
      cell: (each) => (
        <Button size="compact-xs" variant="default" aria-label={`Leave ${each.name}`} onClick={() => void change(removeFromGroup(as, user.name, each.name)).catch(fail)}>
          Leave
        </Button>
      ),
    },
  ];
  return (
    <section aria-label="Groups">
      <div className="tools bottom">
        <Select label="Add to a group" placeholder="Group" searchable w={320} size="xs" data={groups.map((each) => each.name).filter((each) => !user.groups.includes(each))} value={chosen} onChange={setChosen} />
        <Button size="xs" disabled={!chosen} onClick={add}>
          Add
        </Button>
      </div>
      {user.groups.length > 0 ? (
        <Table label="groups of the user" rows={groups.filter((each) => user.groups.includes(each.name))} columns={columns} id={(each) => each.arn} />
      ) : (
        <p className="dim">{user.name} is in no group.</p>
      )}
    </section>
  );
}
