import { Button, Select, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { documentQuery, policyQuery, usesQuery, versionsQuery, type Use } from '../api/iam';
import { createVersion, deleteVersion, setStandard } from '../api/iamChanges';
import type { Policy, Version } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { Table } from '../parts/Table';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { AccountPage } from './AccountPage';
import { At, HOLDER_PLACES } from './cells';
import { Delete } from './Delete';
import { DocumentText } from './DocumentText';
import { Facts } from './Facts';
import { readable } from './policy/statements';
import { PolicyDialog } from './PolicyDialog';
import { useChange } from './useChange';
import { useWho } from './who';

export function PolicyPage() {
  const { _splat: arn = '' } = useParams({ strict: false });
  return (
    <AccountPage title={arn.slice(arn.lastIndexOf('/') + 1)} list={['policies', 'Policies']}>
      <Of arn={arn} />
    </AccountPage>
  );
}

function Of({ arn }: { arn: string }) {
  const { as } = useWho();
  const policy = useQuery(policyQuery(as, arn));
  return <Loaded query={policy}>{(found) => <Shown policy={found} />}</Loaded>;
}

function Shown({ policy }: { policy: Policy }) {
  const [tab, setTab] = useTab('document');
  return (
    <>
      <div className="under-head">
        <Facts
          arn={policy.arn}
          more={[
            ['Of', policy.ofAws ? 'AWS: it cannot be changed' : 'this account'],
            ['Changed', <At time={policy.changed} />],
          ]}
        />
        {!policy.ofAws && (
          <div className="actions">
            <Delete doomed={{ kind: 'Policy', arn: policy.arn, name: policy.name }} />
          </div>
        )}
      </div>
      {policy.description && <p>{policy.description}</p>}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="document">Document</Tabs.Tab>
          {!policy.ofAws && <Tabs.Tab value="versions">Versions</Tabs.Tab>}
          <Tabs.Tab value="uses">Used by</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="document">
          <Documents policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions arn={policy.arn} />
        </Tabs.Panel>
        <Tabs.Panel value="uses">
          <Uses arn={policy.arn} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** The document of the version that is chosen; a change of it is a new version. */
function Documents({ policy }: { policy: Policy }) {
  const { as } = useWho();
  const change = useChange();
  const versions = useQuery(versionsQuery(as, policy.arn)).data ?? [];
  const [chosen, setChosen] = useState<string>();
  const [editing, setEditing] = useState(false);
  const id = chosen ?? policy.version;
  const document = useQuery(documentQuery(as, policy.arn, id));
  const named = ({ id: each, standard }: Version) => ({ value: each, label: standard ? `${each} (default)` : each });
  return (
    <Loaded query={document}>
      {(text) => (
        <>
          {editing && (
            <PolicyDialog
              title={`New version of ${policy.name}`}
              kind="managed"
              start={readable(text, []).text}
              label="Policy document"
              action="Create version"
              box="Make it the default: whoever has the policy has this version at once"
              close={() => setEditing(false)}
              run={async ({ document: written, box }) => {
                await change(createVersion(as, policy.arn, written, box));
                setChosen(undefined);
              }}
            />
          )}
          <div className="tools">
            {versions.length > 1 && <Select aria-label="Version" size="xs" w={150} allowDeselect={false} data={versions.map(named)} value={id} onChange={(next) => setChosen(next ?? undefined)} />}
            {!policy.ofAws && (
              <Button size="xs" variant="default" onClick={() => setEditing(true)}>
                Edit
              </Button>
            )}
          </div>
          <DocumentText text={text} label={`Version ${id}`} />
        </>
      )}
    </Loaded>
  );
}

function Versions({ arn }: { arn: string }) {
  const { as } = useWho();
  const versions = useQuery(versionsQuery(as, arn));
  const change = useChange();
  const { ask, fail } = useDialogs();
  const remove = (id: string) =>
    ask({ title: `Delete version ${id}?`, body: <p>It cannot be made the default again.</p>, action: 'Delete', danger: true, run: () => change(deleteVersion(as, arn, id)) });
  const columns: Column<Version>[] = [
    { name: 'Version', cell: ({ id, standard }) => (standard ? `${id} (default)` : id) },
    { name: 'Created', cell: (each) => <At time={each.created} /> },
    {
      name: 'Actions',
      right: true,
      width: 210,
      cell: ({ id, standard }) =>
        !standard && (
          <>
            <Button size="compact-xs" variant="default" aria-label={`Make ${id} the default`} onClick={() => void change(setStandard(as, arn, id)).catch(fail)}>
              Make default
            </Button>{' '}
            <Button size="compact-xs" variant="default" aria-label={`Delete ${id}`} onClick={() => remove(id)}>
              Delete
            </Button>
          </>
        ),
    },
  ];
  return (
    <>
      <p className="dim">There are five at most. The default is what counts.</p>
      <Loaded query={versions}>{(all) => <Table label="versions" rows={all} columns={columns} id={({ id }) => id} />}</Loaded>
    </>
  );
}

const USE_COLUMNS: Column<Use>[] = [
  { name: 'Name', cell: ({ kind, name }) => <Go place={HOLDER_PLACES[kind](name)}>{name}</Go> },
  { name: 'Kind', cell: ({ kind }) => kind.toLowerCase() },
  { name: 'As', cell: ({ boundary }) => (boundary ? 'permissions boundary' : 'policy') },
];

function Uses({ arn }: { arn: string }) {
  const { as } = useWho();
  const uses = useQuery(usesQuery(as, arn));
  return (
    <Loaded query={uses}>
      {(all) => (all.length > 0 ? <Table label="uses" rows={all} columns={USE_COLUMNS} id={({ kind, name, boundary }) => `${kind} ${name} ${boundary}`} /> : <p className="dim">Nobody has it.</p>)}
    </Loaded>
  );
}
