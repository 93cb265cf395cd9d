import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createEntry, invite, usersQuery, type Entry } from '../api/people';
import type { Column } from '../parts/column';
import { Copy } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { Activity } from './Activity';
import { EntitlementsDialog } from './Entitlements';
import { GroupLinks } from './GroupLinks';
import { Remove } from './Remove';
import { useAdmin, useChange } from './useChange';

interface Link {
  name: string;
  address: string;
}

export function Users() {
  const users = useQuery(usersQuery);
  const admin = useAdmin();
  const change = useChange();
  const { ask, fail } = useDialogs();
  const [link, setLink] = useState<Link>();
  const [entitled, setEntitled] = useState<Entry>();

  const offer = async (user: Entry) => {
    const code = await invite(user.id);
    setLink({ name: user.userName ?? '', address: `${location.origin}/sign-in#invitation=${code}` });
  };
  const inviteSomebody = () =>
    ask({
      title: 'Invite a user',
      body: <p>You get a link to send. It works once, within a week: whoever opens it chooses the password.</p>,
      action: 'Invite',
      text: { label: 'E-mail address', value: '' },
      run: async (userName) => offer(await change(createEntry('Users', { userName }))),
    });

  const columns: Column<Entry>[] = [
    { name: 'User', by: (user) => user.userName ?? '', cell: (user) => user.userName },
    { name: 'Name', by: (user) => user.displayName, cell: (user) => (user.displayName === user.userName ? '' : user.displayName) },
    { name: 'Groups', cell: (user) => <GroupLinks entry={user} /> },
    { name: 'State', by: (user) => String(user.active), cell: (user) => (user.active ? 'active' : <span className="dim">not active</span>) },
  ];
  if (admin) {
    columns.push({
      name: 'Actions',
      right: true,
      width: 350,
      cell: (user) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="default" disabled={!user.active} aria-label={`New link for ${user.userName}`} onClick={() => void offer(user).catch(fail)}>
            Password link
          </Button>
          <Button size="compact-xs" variant="default" aria-label={`What ${user.userName} may do`} onClick={() => setEntitled(user)}>
            Entitlements
          </Button>
          <Activity kind="Users" entry={user} name={user.userName ?? ''} />
          <Remove kind="Users" id={user.id} name={user.userName ?? ''} />
        </Group>
      ),
    });
  }
  return (
    <>
      {link && (
        <div className="secret" role="status">
          <p>Send this link to {link.name}. It works once, within a week, and is not shown again.</p>
          <code>{link.address}</code> <Copy text={link.address} label="Copy the link" />
        </div>
      )}
      {entitled && <EntitlementsDialog kind="Users" id={entitled.id} name={entitled.userName ?? ''} close={() => setEntitled(undefined)} />}
      <Loaded query={users}>
        {(all) => (
          <Table
            label="users"
            rows={all}
            columns={columns}
            id={(user) => user.id}
            text={(user) => `${user.userName} ${user.displayName}`}
            tools={
              admin && (
                <Button size="xs" onClick={inviteSomebody}>
                  Invite user
                </Button>
              )
            }
          />
        )}
      </Loaded>
    </>
  );
}
