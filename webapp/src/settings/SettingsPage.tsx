import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { sessionQuery } from '../api/session';
import { managedQuery } from '../api/workspaces';
import { Page } from '../parts/Page';
import { useTab } from '../parts/urlState';
import { Waiting } from '../parts/Waiting';
import { About } from './About';
import { Appearance } from './Appearance';
import { Keyboard } from './Keyboard';
import { Password } from './Password';
import { Tokens } from './Tokens';
import { Workspaces } from './Workspaces';

const Audit = lazy(() => import('./Audit').then((module) => ({ default: module.Audit })));

export function SettingsPage() {
  const [tab, setTab] = useTab('tokens');
  const admin = useQuery(sessionQuery).data?.admin ?? false;
  // Whom the account lets see its workspaces administers it.
  const account = useQuery(managedQuery).isSuccess;
  return (
    <Page title="Settings">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tokens">Access tokens</Tabs.Tab>
          <Tabs.Tab value="password">Password</Tabs.Tab>
          {account && <Tabs.Tab value="workspaces">Workspaces</Tabs.Tab>}
          <Tabs.Tab value="appearance">Appearance</Tabs.Tab>
          <Tabs.Tab value="keyboard">Keyboard</Tabs.Tab>
          {admin && <Tabs.Tab value="audit">Audit</Tabs.Tab>}
          <Tabs.Tab value="about">About</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tokens">
          <Tokens />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <Password />
        </Tabs.Panel>
        {account && (
          <Tabs.Panel value="workspaces">
            <Workspaces />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="appearance">
          <Appearance />
        </Tabs.Panel>
        <Tabs.Panel value="keyboard">
          <Keyboard />
        </Tabs.Panel>
        {admin && (
          <Tabs.Panel value="audit">
            <Suspense fallback={<Waiting />}>
              <Audit />
            </Suspense>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="about">
          <About />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
