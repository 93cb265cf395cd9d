import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rolesQuery } from '../api/iam';
import { createRole } from '../api/iamChanges';
import type { Role } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { At, PolicyNames } from './cells';
import { trusts } from './policy/templates';
import { PolicyDialog } from './PolicyDialog';
import { trusted } from './trust';
import { useRefresh } from './useChange';
import { useWho } from './who';

export function Roles() {
  const { as, account_id: account } = useWho();
  const roles = useQuery(rolesQuery(as));
  const refresh = useRefresh();
  const go = useGo();
  const [making, setMaking] = useState(false);
  const trust = (role: Role) => trusted(role.trust, account);
  const columns: Column<Role>[] = [
    { name: 'Role', by: (each) => each.name, cell: (each) => <Go place={places.iamRole(each.name)}>{each.name}</Go> },
    { name: 'Taken by', by: trust, cell: trust },
    { name: 'Policies', by: (each) => each.attached.length + each.inline.length, cell: (each) => <PolicyNames {...each} /> },
    { name: 'Instance profiles', by: (each) => each.profiles.length, cell: (each) => each.profiles.join(', ') },
    { name: 'Last used', by: (each) => each.used ?? '', cell: (each) => <At time={each.used} /> },
  ];
  return (
    <>
      {making && (
        <PolicyDialog
          title="Create role"
          kind="trust"
          name="Role name"
          description
          templates="trust"
          template="clusters"
          start={trusts.clusters()}
          label="Trust policy"
          action="Create role"
          close={() => setMaking(false)}
          run={async ({ document, ...role }) => {
            await createRole(as, { ...role, trust: document });
            await go(places.iamRole(role.name));
            void refresh();
          }}
        />
      )}
      <Loaded query={roles}>
        {(all) => (
          <Table
            label="IAM roles"
            rows={all}
            columns={columns}
            id={(each) => each.arn}
            text={(each) => [each.name, each.path, trust(each), ...each.attached.map(({ name }) => name)].join(' ')}
            open={(each) => void go(places.iamRole(each.name))}
            tools={
              <Button size="xs" onClick={() => setMaking(true)}>
                Create role
              </Button>
            }
            empty={
              <Empty title="There are no roles in this account yet" command="aws --profile slipway iam create-role --role-name reader --assume-role-policy-document file://machines.json">
                A role has no keys of its own: clusters, or whoever its trust policy names, take it for a while.
              </Empty>
            }
          />
        )}
      </Loaded>
    </>
  );
}
