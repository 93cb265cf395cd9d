import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { profilesQuery, rolesQuery } from '../api/iam';
import { putRoleIn, takeRoleOut } from '../api/iamChanges';
import type { Profile } from '../api/iamShapes';
import { addedProfilesQuery, removeProfile } from '../api/instanceProfiles';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { Loaded } from '../parts/Waiting';
import { AccountPage } from './AccountPage';
import { AddToWorkspace } from './AddToWorkspace';
import { At } from './cells';
import { Delete } from './Delete';
import { Facts } from './Facts';
import { Gone } from './Gone';
import { trusted } from './trust';
import { useChange } from './useChange';
import { useWho } from './who';

export function ProfilePage() {
  const { name = '' } = useParams({ strict: false });
  return (
    <AccountPage title={name} list={['instance-profiles', 'Instance profiles']}>
      <Of name={name} />
    </AccountPage>
  );
}

function Of({ name }: { name: string }) {
  const { as } = useWho();
  const profiles = useQuery(profilesQuery(as));
  return (
    <Loaded query={profiles}>
      {(all) => {
        const profile = all.find((each) => each.name === name);
        return profile ? <Shown profile={profile} /> : <Gone kind="instance profile" name={name} />;
      }}
    </Loaded>
  );
}

function Shown({ profile }: { profile: Profile }) {
  const added = useQuery(addedProfilesQuery);
  const there = added.data?.includes(profile.arn) ?? false;
  return (
    <>
      <div className="under-head">
        <Facts arn={profile.arn} more={[['Created', <At time={profile.created} />]]} />
        <div className="actions">
          <Delete doomed={{ kind: 'InstanceProfile', profile, added: there }} />
        </div>
      </div>
      <section aria-label="Role">
        <h2>Role</h2>
        {profile.role ? <HeldRole profile={profile} role={profile.role} /> : <PutIn profile={profile} />}
      </section>
      <section aria-label="Workspace">
        <h2>In this workspace</h2>
        <Loaded query={added}>{() => <InWorkspace profile={profile} there={there} />}</Loaded>
      </section>
    </>
  );
}

function HeldRole({ profile, role }: { profile: Profile; role: string }) {
  const { as } = useWho();
  const change = useChange();
  const { ask } = useDialogs();
  const takeOut = () =>
    ask({
      title: `Take ${role} out?`,
      body: <p>Clusters with this instance profile have no role any more: their keys are good until they end, and no others come.</p>,
      action: 'Take out',
      danger: true,
      run: () => change(takeRoleOut(as, profile.name, role)),
    });
  return (
    <p className="line">
      <Go place={places.iamRole(role)}>{role}</Go>
      <Button size="compact-xs" variant="default" onClick={takeOut}>
        Take out
      </Button>
    </p>
  );
}

function PutIn({ profile }: { profile: Profile }) {
  const { as, account_id: account } = useWho();
  const roles = useQuery(rolesQuery(as)).data ?? [];
  const change = useChange();
  const { fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const put = () => {
    if (chosen) void change(putRoleIn(as, profile.name, chosen)).catch(fail);
  };
  return (
    <div className="tools bottom">
      <Select
        label="Put a role in"
        description="Machines can have those that EC2 takes."
        placeholder="Role"
        searchable
        w={320}
        size="xs"
        data={roles.map((role) => ({ value: role.name, label: `${role.name} (${trusted(role.trust, account)})` }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button size="xs" disabled={!chosen} onClick={put}>
        Put in
      </Button>
    </div>
  );
}

function InWorkspace({ profile, there }: { profile: Profile; there: boolean }) {
  const change = useChange();
  const { ask } = useDialogs();
  if (!there) {
    return (
      <p className="line">
        <span className="dim">Not added: clusters of this workspace cannot have it.</span> <AddToWorkspace arn={profile.arn} />
      </p>
    );
  }
  const remove = () =>
    ask({
      title: `Remove ${profile.name} from this workspace?`,
      body: <p>Clusters cannot be given it any more, and its users here lose it. It stays in the account.</p>,
      action: 'Remove',
      danger: true,
      run: () => change(removeProfile(profile.arn)),
    });
  return (
    <p className="line">
      Added: clusters may have it.
      <Button size="compact-xs" variant="default" onClick={remove}>
        Remove from this workspace
      </Button>
    </p>
  );
}
