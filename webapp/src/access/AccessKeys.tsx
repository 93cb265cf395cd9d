import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keysOf } from '../api/aws';
import { accessKeysQuery, keyUseQuery } from '../api/iam';
import { createKey, deleteKey, setKeyActive, type NewKey } from '../api/iamChanges';
import type { AccessKey } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { Copy, Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Snippets } from '../parts/Snippets';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { At } from './cells';
import { useChange } from './useChange';
import { useWho } from './who';

/** Keys with which programs act as a user. */
export function AccessKeys({ user }: { user: string }) {
  const { as } = useWho();
  const all = useQuery(accessKeysQuery(as, user));
  const change = useChange();
  const { fail } = useDialogs();
  const [made, setMade] = useState<NewKey & { region: string }>();
  const create = async () => {
    const key = await change(createKey(as, user));
    setMade({ ...key, region: (await keysOf(as)).keys.region });
  };
  const columns: Column<AccessKey>[] = [
    { name: 'Access key', cell: (key) => <Id value={key.id} /> },
    { name: 'State', cell: (key) => (key.active ? 'active' : <span className="dim">inactive</span>), width: 90 },
    { name: 'Last used', cell: (key) => <Use id={key.id} /> },
    { name: 'Created', cell: (key) => <At time={key.created} /> },
    { name: 'Actions', right: true, width: 190, cell: (key) => <Actions user={user} of={key} /> },
  ];
  return (
    <section aria-label="Access keys">
      <div className="tools">
        <Button size="xs" onClick={() => void create().catch(fail)}>
          Create access key
        </Button>
      </div>
      {made && <Made user={user} made={made} />}
      <Loaded query={all}>
        {(rows) =>
          rows.length > 0 ? <Table label="access keys" rows={rows} columns={columns} id={(key) => key.id} /> : <p className="dim">No keys yet: nobody can act as {user}.</p>
        }
      </Loaded>
    </section>
  );
}

function Made({ user, made: { id, secret, region } }: { user: string; made: NewKey & { region: string } }) {
  return (
    <div className="secret" role="status">
      <p>Copy the secret now: it is not shown again.</p>
      <dl className="facts">
        <dt>Access key</dt>
        <dd>
          <code>{id}</code> <Copy text={id} label="Copy the access key" />
        </dd>
        <dt>Secret access key</dt>
        <dd>
          <code data-secret>{secret}</code> <Copy text={secret} label="Copy the secret access key" />
        </dd>
      </dl>
      <Snippets
        items={[
          ['~/.aws/credentials', `[${user}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}`],
          ['~/.aws/config', `[profile ${user}]\nregion = ${region}\nendpoint_url = ${location.origin}`],
          ['Try it', `aws --profile ${user} sts get-caller-identity`],
        ]}
      />
    </div>
  );
}

function Use({ id }: { id: string }) {
  const { as } = useWho();
  const use = useQuery(keyUseQuery(as, id));
  if (use.isError) return <span className="dim" title={use.error.message}>not told</span>;
  if (!use.data) return null;
  return (
    <>
      <At time={use.data.at} />
      {use.data.at && <span className="dim"> {use.data.service}</span>}
    </>
  );
}

function Actions({ user, of: { id, active } }: { user: string; of: AccessKey }) {
  const { as } = useWho();
  const change = useChange();
  const { ask, fail } = useDialogs();
  const turn = () => {
    if (!active) {
      void change(setKeyActive(as, user, id, true)).catch(fail);
      return;
    }
    ask({
      title: `Inactivate ${id}?`,
      body: <p>Programs that use it are refused until you activate it again.</p>,
      action: 'Inactivate',
      danger: true,
      run: () => change(setKeyActive(as, user, id, false)),
    });
  };
  const remove = () =>
    ask({
      title: `Delete ${id}?`,
      body: <p>Programs that use it are refused from now on. Inactivate it first if you are not sure that none does.</p>,
      action: 'Delete',
      danger: true,
      run: () => change(deleteKey(as, user, id)),
    });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="default" aria-label={`${active ? 'Inactivate' : 'Activate'} ${id}`} onClick={turn}>
        {active ? 'Inactivate' : 'Activate'}
      </Button>
      <Button size="compact-xs" variant="default" aria-label={`Delete ${id}`} onClick={remove}>
        Delete
      </Button>
    </Group>
  );
}
