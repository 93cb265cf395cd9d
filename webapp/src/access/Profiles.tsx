import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { profilesQuery } from '../api/iam';
import { createProfile } from '../api/iamChanges';
import type { Profile } from '../api/iamShapes';
import { addedProfilesQuery } from '../api/instanceProfiles';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { At } from './cells';
import { useRefresh } from './useChange';
import { useWho } from './who';

export function Profiles() {
  const { as } = useWho();
  const profiles = useQuery(profilesQuery(as));
  const added = useQuery(addedProfilesQuery).data ?? [];
  const { ask } = useDialogs();
  const refresh = useRefresh();
  const go = useGo();
  const state = ({ arn }: Profile) => (added.includes(arn) ? 'added' : 'not added');
  const columns: Column<Profile>[] = [
    { name: 'Instance profile', by: (each) => each.name, cell: (each) => <Go place={places.instanceProfile(each.name)}>{each.name}</Go> },
    { name: 'Role', by: (each) => each.role ?? '', cell: (each) => (each.role ? <Go place={places.iamRole(each.role)}>{each.role}</Go> : <span className="dim">none</span>) },
    { name: 'In this workspace', by: state, cell: (each) => <span className={state(each) === 'added' ? undefined : 'dim'}>{state(each)}</span> },
    { name: 'Created', by: (each) => each.created, cell: (each) => <At time={each.created} /> },
  ];
  const create = () =>
    ask({
      title: 'Create instance profile',
      body: <p>On the page of a role one button makes it, puts the role in and adds it to the workspace.</p>,
      action: 'Create',
      text: { label: 'Instance profile name', value: '' },
      run: async (name) => {
        await createProfile(as, name);
        await go(places.instanceProfile(name));
        await refresh();
      },
    });
  return (
    <Loaded query={profiles}>
      {(all) => (
        <Table
          label="instance profiles"
          rows={all}
          columns={columns}
          id={(each) => each.arn}
          text={(each) => `${each.name} ${each.role ?? ''}`}
          open={(each) => void go(places.instanceProfile(each.name))}
          tools={
            <Button size="xs" onClick={create}>
              Create instance profile
            </Button>
          }
          empty={
            <Empty title="There are no instance profiles in this account yet" command="aws --profile slipway iam create-instance-profile --instance-profile-name reader">
              By an instance profile the machines of a cluster get the keys of a role.
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}
