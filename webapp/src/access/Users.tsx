import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lastUseQuery, usersQuery } from '../api/iam';
import { createUser } from '../api/iamChanges';
import type { User } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { At, Links, PolicyNames } from './cells';
import { useRefresh } from './useChange';
import { useWho } from './who';

const COLUMNS: Column<User>[] = [
  { name: 'User', by: (each) => each.name, cell: (each) => <Go place={places.iamUser(each.name)}>{each.name}</Go> },
  { name: 'Groups', by: (each) => each.groups.length, cell: (each) => <Links names={each.groups} place={places.iamGroup} /> },
  { name: 'Policies', by: (each) => each.attached.length + each.inline.length, cell: (each) => <PolicyNames {...each} /> },
  { name: 'Keys last used', cell: (each) => <LastUse name={each.name} /> },
  { name: 'Created', by: (each) => each.created, cell: (each) => <At time={each.created} /> },
];

export function Users() {
  const { as } = useWho();
  const users = useQuery(usersQuery(as));
  const { ask } = useDialogs();
  const refresh = useRefresh();
  const go = useGo();
  const create = () =>
    ask({
      title: 'Create user',
      body: <p>A program or person with access keys. Whoever works here signs in with their own name instead.</p>,
      action: 'Create',
      text: { label: 'User name', value: '' },
      run: async (name) => {
        await createUser(as, name);
        await go(places.iamUser(name));
        await refresh();
      },
    });
  return (
    <Loaded query={users}>
      {(all) => (
        <Table
          label="IAM users"
          rows={all}
          columns={COLUMNS}
          id={(each) => each.arn}
          text={(each) => [each.name, each.path, ...each.groups, ...each.attached.map(({ name }) => name)].join(' ')}
          open={(each) => void go(places.iamUser(each.name))}
          tools={
            <Button size="xs" onClick={create}>
              Create user
            </Button>
          }
          empty={
            <Empty title="There are no users in this account yet" command="aws --profile slipway iam create-user --user-name backup">
              A user has access keys for programs that run elsewhere. Clusters need none: they have roles.
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}

/** Asked for by each row that is to be seen. */
function LastUse({ name }: { name: string }) {
  const { as } = useWho();
  const use = useQuery({ ...lastUseQuery(as, name), staleTime: 60_000 });
  if (use.isError) return <span className="dim" title={use.error.message}>not told</span>;
  if (!use.data) return null;
  return use.data.keys === 0 ? <span className="dim">no keys</span> : <At time={use.data.at} />;
}
