import { Tabs } from '@mantine/core';
import { useTab } from '../parts/urlState';
import { AccountPage } from './AccountPage';
import { Groups } from './Groups';
import { Policies } from './Policies';
import { Profiles } from './Profiles';
import { Roles } from './Roles';
import { Simulator } from './Simulator';
import { Users } from './Users';

/** Who may do what in the AWS account. */
export function AccessPage() {
  const [tab, setTab] = useTab('users');
  return (
    <AccountPage title="Access">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="groups">Groups</Tabs.Tab>
          <Tabs.Tab value="roles">Roles</Tabs.Tab>
          <Tabs.Tab value="policies">Policies</Tabs.Tab>
          <Tabs.Tab value="instance-profiles">Instance profiles</Tabs.Tab>
          <Tabs.Tab value="simulator">Policy simulator</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users">
          <Users />
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <Groups />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <Roles />
        </Tabs.Panel>
        <Tabs.Panel value="policies">
          <Policies />
        </Tabs.Panel>
        <Tabs.Panel value="instance-profiles">
          <Profiles />
        </Tabs.Panel>
        <Tabs.Panel value="simulator">
          <Simulator />
        </Tabs.Panel>
      </Tabs>
    </AccountPage>
  );
}
