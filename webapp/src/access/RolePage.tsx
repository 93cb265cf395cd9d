import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { rolesQuery } from '../api/iam';
import type { Role } from '../api/iamShapes';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { AccountPage } from './AccountPage';
import { Attached } from './Attached';
import { Boundary } from './Boundary';
import { At } from './cells';
import { Delete } from './Delete';
import { Facts } from './Facts';
import { Gone } from './Gone';
import { InlinePolicies } from './InlinePolicies';
import { RoleProfiles } from './RoleProfiles';
import { RoleSettings } from './RoleSettings';
import { Simulate } from './Simulate';
import { Tags } from './Tags';
import { trusted } from './trust';
import { TrustPolicy } from './TrustPolicy';
import { useWho } from './who';

export function RolePage() {
  const { name = '' } = useParams({ strict: false });
  return (
    <AccountPage title={name} list={['roles', 'Roles']}>
      <Of name={name} />
    </AccountPage>
  );
}

function Of({ name }: { name: string }) {
  const { as } = useWho();
  const roles = useQuery(rolesQuery(as));
  return (
    <Loaded query={roles}>
      {(all) => {
        const role = all.find((each) => each.name === name);
        return role ? <Shown role={role} /> : <Gone kind="role" name={name} />;
      }}
    </Loaded>
  );
}

function Shown({ role }: { role: Role }) {
  const { account_id: account } = useWho();
  const [tab, setTab] = useTab('permissions');
  const of = { kind: 'Role', name: role.name } as const;
  return (
    <>
      <div className="under-head">
        <Facts
          arn={role.arn}
          more={[
            ['Taken by', trusted(role.trust, account)],
            ['Last used', <At time={role.used} />],
          ]}
        />
        <div className="actions">
          <Simulate arn={role.arn} />
          <Delete doomed={{ kind: 'Role', role }} />
        </div>
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="permissions">Permissions</Tabs.Tab>
          <Tabs.Tab value="trust">Trust policy</Tabs.Tab>
          <Tabs.Tab value="instance-profiles">Instance profiles</Tabs.Tab>
          <Tabs.Tab value="settings">Session and description</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="permissions">
          <Attached of={of} attached={role.attached} />
          <InlinePolicies of={of} inline={role.inline} />
          <Boundary {...of} boundary={role.boundary} />
        </Tabs.Panel>
        <Tabs.Panel value="trust">
          <TrustPolicy role={role} />
        </Tabs.Panel>
        <Tabs.Panel value="instance-profiles">
          <RoleProfiles role={role} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <RoleSettings name={role.name} />
        </Tabs.Panel>
        <Tabs.Panel value="tags">
          <Tags {...of} tags={role.tags} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
