import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { policiesQuery, type Holder } from '../api/iam';
import { attach, detach } from '../api/iamChanges';
import type { Attached as Policy } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { useChange } from './useChange';
import { useWho } from './who';

export interface Held {
  kind: Holder;
  name: string;
}

/** Policies with names of their own that somebody has. */
export function Attached({ of, attached }: { of: Held; attached: Policy[] }) {
  const { as } = useWho();
  const change = useChange();
  const { fail } = useDialogs();
  const columns: Column<Policy>[] = [
    { name: 'Policy', cell: ({ name, arn }) => <Go place={places.iamPolicy(arn)}>{name}</Go> },
    { name: 'Of', cell: ({ arn }) => (arn.includes(':iam::aws:') ? 'AWS' : 'this account'), width: 140 },
    {
      name: 'Actions',
      right: true,
      width: 110,
      cell: ({ name, arn }) => (
        <Button size="compact-xs" variant="default" aria-label={`Detach ${name}`} onClick={() => void change(detach(as, of.kind, of.name, arn)).catch(fail)}>
          Detach
        </Button>
      ),
    },
  ];
  return (
    <section aria-label="Attached policies">
      <h2>Attached policies</h2>
      <Attach of={of} there={attached} />
      {attached.length > 0 && <Table label="attached policies" rows={attached} columns={columns} id={({ arn }) => arn} />}
    </section>
  );
}

function Attach({ of, there }: { of: Held; there: Policy[] }) {
  const { as } = useWho();
  const change = useChange();
  const { fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const arns = new Set(there.map(({ arn }) => arn));
  const choice = (all: Policy[] = []) => all.filter(({ arn }) => !arns.has(arn)).map(({ arn, name }) => ({ value: arn, label: name }));
  const own = useQuery(policiesQuery(as, 'Local'));
  const ofAws = useQuery(policiesQuery(as, 'AWS'));
  const add = () => {
    if (!chosen) return;
    void change(attach(as, of.kind, of.name, chosen))
      .then(() => setChosen(null))
      .catch(fail);
  };
  return (
    <div className="tools bottom">
      <Select
        label="Attach a policy"
        placeholder="Of this account or of AWS"
        searchable
        nothingFoundMessage="There is no such policy."
        w={320}
        size="xs"
        data={[
          { group: 'This account', items: choice(own.data) },
          { group: 'AWS', items: choice(ofAws.data) },
        ]}
        value={chosen}
        onChange={setChosen}
      />
      <Button size="xs" disabled={!chosen} onClick={add}>
        Attach
      </Button>
    </div>
  );
}
