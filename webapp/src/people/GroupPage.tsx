import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { addMember, groupsQuery, removeMember, servicePrincipalsQuery, usersQuery, type Entry, type Held } from '../api/people';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { Page } from '../parts/Page';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Entitlements } from './Entitlements';
import { RolesDialog } from './Roles';
import { useAdmin, useChange } from './useChange';

const KINDS: Record<string, string> = { Users: 'user', Groups: 'group', ServicePrincipals: 'service principal' };
const kindOf = (member: Held) => KINDS[member.$ref.split('/')[0] ?? ''] ?? '';

export function GroupPage() {
  const { id } = useParams({ strict: false });
  const groups = useQuery(groupsQuery);
  return (
    <Loaded query={groups}>
      {(all) => {
        const group = all.find((each) => each.id === id);
        return (
          <Page title={group?.displayName ?? 'This group is gone'} crumbs={<Go place={places.people('groups')}>Groups</Go>} actions={group && <Permissions group={group} />}>
            {group && <Members group={group} />}
            {group && group.displayName !== 'admins' && <Entitlements kind="Groups" entry={group} />}
          </Page>
        );
      }}
    </Loaded>
  );
}

/** Who manages the group. Those of the system are what they are. */
function Permissions({ group }: { group: Entry }) {
  const [open, setOpen] = useState(false);
  if (!useAdmin() || group.displayName === 'admins' || group.displayName === 'users') return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Permissions
      </Button>
      {open && <RolesDialog ruled={{ folder: 'groups', id: group.id }} name={group.displayName} close={() => setOpen(false)} />}
    </>
  );
}

function Members({ group }: { group: Entry }) {
  const change = useChange();
  const { fail } = useDialogs();
  // Everybody is in users, and stays in it.
  const changes = useAdmin() && group.displayName !== 'users';
  const columns: Column<Held>[] = [
    { name: 'Member', by: (member) => member.display, cell: (member) => (kindOf(member) === 'group' ? <Go place={places.group(member.value)}>{member.display}</Go> : member.display) },
    { name: 'Kind', by: kindOf, cell: kindOf },
  ];
  if (changes) {
    columns.push({
      name: 'Actions',
      right: true,
      width: 100,
      cell: (member) => (
        <Button size="compact-xs" variant="default" aria-label={`Take ${member.display} out`} onClick={() => void change(removeMember(group.id, member.value)).catch(fail)}>
          Take out
        </Button>
      ),
    });
  }
  return (
    <>
      {changes && <AddMember group={group} />}
      <Table label="members" rows={group.members ?? []} columns={columns} id={(member) => member.value} text={(member) => member.display} />
    </>
  );
}

function AddMember({ group }: { group: Entry }) {
  const change = useChange();
  const { fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const users = useQuery(usersQuery).data ?? [];
  const groups = useQuery(groupsQuery).data ?? [];
  const programs = useQuery(servicePrincipalsQuery).data ?? [];
  const there = new Set([group.id, ...(group.members ?? []).map(({ value }) => value)]);
  const choice = (all: Entry[]) => all.filter(({ id }) => !there.has(id)).map((each) => ({ value: each.id, label: each.userName ?? each.displayName }));
  const add = () => {
    if (!chosen) return;
    void change(addMember(group.id, chosen))
      .then(() => setChosen(null))
      .catch(fail);
  };
  return (
    <div className="tools bottom">
      <Select
        label="Add a member"
        placeholder="User, group or service principal"
        searchable
        w={320}
        size="xs"
        data={[
          { group: 'Users', items: choice(users) },
          { group: 'Groups', items: choice(groups.filter(({ displayName }) => displayName !== 'admins' && displayName !== 'users')) },
          { group: 'Service principals', items: choice(programs) },
        ]}
        value={chosen}
        onChange={setChosen}
      />
      <Button size="xs" disabled={!chosen} onClick={add}>
        Add
      </Button>
    </div>
  );
}
