import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ComponentType } from 'react';
import { sessionQuery } from '../api/session';
import { Page } from '../parts/Page';
import { useTab } from '../parts/urlState';
import { Waiting } from '../parts/Waiting';
import { About } from './About';
import { Appearance } from './Appearance';
import { Keyboard } from './Keyboard';
import { Password } from './Password';
import { Tokens } from './Tokens';

const Audit = lazy(() => import('./Audit').then((module) => ({ default: module.Audit })));
const Secrets = lazy(() => import('./Secrets').then((module) => ({ default: module.Secrets })));
const AllTokens = lazy(() => import('./AllTokens').then((module) => ({ default: module.AllTokens })));
const Rules = lazy(() => import('./Rules').then((module) => ({ default: module.Rules })));
const Workspaces = lazy(() => import('./Workspaces').then((module) => ({ default: module.Workspaces })));

/** Pages of their own within this one: who never opens them does not load them. */
const OTHERS: [string, string, ComponentType, 'anybody' | 'admin' | 'account'][] = [
  ['secrets', 'Secrets', Secrets, 'anybody'],
  ['all-tokens', "Everybody's tokens", AllTokens, 'admin'],
  ['rules', 'Rules', Rules, 'admin'],
  ['audit', 'Audit', Audit, 'admin'],
  ['workspaces', 'Workspaces', Workspaces, 'account'],
];

export function SettingsPage() {
  const [tab, setTab] = useTab('tokens');
  const session = useQuery(sessionQuery).data;
  const may = { anybody: true, admin: session?.admin ?? false, account: session?.account_admin ?? false };
  const others = OTHERS.filter(([, , , who]) => may[who]);
  return (
    <Page title="Settings">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tokens">Access tokens</Tabs.Tab>
          <Tabs.Tab value="password">Password</Tabs.Tab>
          <Tabs.Tab value="appearance">Appearance</Tabs.Tab>
          <Tabs.Tab value="keyboard">Keyboard</Tabs.Tab>
          {others.map(([value, label]) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="about">About</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tokens">
          <Tokens />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <Password />
        </Tabs.Panel>
        <Tabs.Panel value="appearance">
          <Appearance />
        </Tabs.Panel>
        <Tabs.Panel value="keyboard">
          <Keyboard />
        </Tabs.Panel>
        {others.map(([value, , Other]) => (
          <Tabs.Panel key={value} value={value}>
            <Suspense fallback={<Waiting />}>
              <Other />
            </Suspense>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="about">
          <About />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
