import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { profilesQuery } from '../api/iam';
import { createProfile, putRoleIn } from '../api/iamChanges';
import type { Profile, Role } from '../api/iamShapes';
import { addedProfilesQuery, addProfile } from '../api/instanceProfiles';
import type { Column } from '../parts/column';
import { ErrorNote } from '../parts/ErrorNote';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { AddToWorkspace } from './AddToWorkspace';
import { useChange } from './useChange';
import { useWho } from './who';

/** The instance profiles by which machines get the keys of a role. */
export function RoleProfiles({ role }: { role: Role }) {
  const { as } = useWho();
  const profiles = useQuery(profilesQuery(as));
  const added = useQuery(addedProfilesQuery).data ?? [];
  const columns: Column<Profile>[] = [
    { name: 'Instance profile', cell: ({ name }) => <Go place={places.instanceProfile(name)}>{name}</Go> },
    { name: 'In this workspace', cell: ({ arn }) => (added.includes(arn) ? 'added' : <AddToWorkspace arn={arn} />) },
  ];
  return (
    <section aria-label="Instance profiles">
      <Loaded query={profiles}>
        {(all) => {
          const own = all.filter((each) => each.role === role.name);
          return own.length > 0 ? <Table label="instance profiles of the role" rows={own} columns={columns} id={({ arn }) => arn} /> : <Make role={role} />;
        }}
      </Loaded>
    </section>
  );
}

/** One after the other: what was made stays where a later step is refused, and is shown. */
function Make({ role }: { role: Role }) {
  const { as } = useWho();
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const make = async () => {
    const arn = await createProfile(as, role.name);
    await putRoleIn(as, role.name, role.name);
    await addProfile(arn);
  };
  const begin = () => {
    setBusy(true);
    setError(undefined);
    void change(make())
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <p>Clusters have a role by an instance profile. One click makes the instance profile {role.name}, puts the role in, and adds it to this workspace.</p>
      <Button size="xs" loading={busy} onClick={begin}>
        Make instance profile and add it to this workspace
      </Button>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}
