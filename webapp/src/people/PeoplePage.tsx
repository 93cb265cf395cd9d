import { Tabs } from '@mantine/core';
import { Page } from '../parts/Page';
import { useTab } from '../parts/urlState';
import { Groups } from './Groups';
import { ServicePrincipals } from './ServicePrincipals';
import { Users } from './Users';

/** Who is in this workspace. Admins change it; everybody sees it. */
export function PeoplePage() {
  const [tab, setTab] = useTab('users');
  return (
    <Page title="People">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="groups">Groups</Tabs.Tab>
          <Tabs.Tab value="programs">Service principals</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users">
          <Users />
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <Groups />
        </Tabs.Panel>
        <Tabs.Panel value="programs">
          <ServicePrincipals />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
