import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { policiesQuery } from '../api/iam';
import { createPolicy } from '../api/iamChanges';
import type { Policy } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { At } from './cells';
import { policies } from './policy/templates';
import { PolicyDialog } from './PolicyDialog';
import { useRefresh } from './useChange';
import { useWho } from './who';

const used = ({ attachments, boundaries }: Policy) => attachments + boundaries;

const COLUMNS: Column<Policy>[] = [
  { name: 'Policy', by: (each) => each.name, cell: (each) => <Go place={places.iamPolicy(each.arn)}>{each.name}</Go> },
  { name: 'Used by', by: used, right: true, width: 90, cell: (each) => (used(each) === 0 ? <span className="dim">0</span> : used(each)) },
  { name: 'Version', cell: (each) => each.version, width: 90 },
  { name: 'Changed', by: (each) => each.changed, cell: (each) => <At time={each.changed} /> },
];
const OF_AWS: Column<Policy>[] = COLUMNS.filter(({ name }) => name === 'Policy' || name === 'Used by');

/** Policies of the account, and those that AWS makes for everybody. */
export function Policies() {
  const { as } = useWho();
  const [scope, setScope] = useUrlState('of', 'account');
  const ofAws = scope === 'aws';
  const all = useQuery(policiesQuery(as, ofAws ? 'AWS' : 'Local'));
  const refresh = useRefresh();
  const go = useGo();
  const [making, setMaking] = useState(false);
  return (
    <>
      {making && (
        <PolicyDialog
          title="Create policy"
          kind="managed"
          name="Policy name"
          description
          templates="policy"
          start={policies.own()}
          label="Policy document"
          action="Create policy"
          close={() => setMaking(false)}
          run={async (policy) => {
            const arn = await createPolicy(as, policy);
            await go(places.iamPolicy(arn));
            void refresh();
          }}
        />
      )}
      <Loaded query={all}>
        {(rows) => (
          <Table
            key={scope}
            label={ofAws ? 'policies of AWS' : 'policies of the account'}
            rows={rows}
            columns={ofAws ? OF_AWS : COLUMNS}
            id={(each) => each.arn}
            text={(each) => `${each.name} ${each.path} ${each.description}`}
            open={(each) => void go(places.iamPolicy(each.arn))}
            tools={
              <>
                <SegmentedControl
                  size="xs"
                  aria-label="Whose policies"
                  data={[
                    { value: 'account', label: 'This account' },
                    { value: 'aws', label: 'AWS' },
                  ]}
                  value={scope}
                  onChange={setScope}
                />
                <Button size="xs" onClick={() => setMaking(true)}>
                  Create policy
                </Button>
              </>
            }
            empty={
              !ofAws && (
                <Empty title="There are no policies in this account yet" command="aws --profile slipway iam create-policy --policy-name photos --policy-document file://photos.json">
                  A policy with a name of its own is attached to many. Those of AWS are there already.
                </Empty>
              )
            }
          />
        )}
      </Loaded>
    </>
  );
}
