import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { policiesQuery } from '../api/iam';
import { deleteBoundary, putBoundary, type Bounded } from '../api/iamChanges';
import { useDialogs } from '../parts/Dialogs';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { useChange } from './useChange';
import { useWho } from './who';

interface Props {
  kind: Bounded;
  name: string;
  /** ARN of a policy. */
  boundary: string | undefined;
}

/** The policy beyond which nothing is allowed, whatever others allow. */
export function Boundary({ kind, name, boundary }: Props) {
  const { as } = useWho();
  const change = useChange();
  const { ask, fail } = useDialogs();
  const [chosen, setChosen] = useState<string | null>(null);
  const own = useQuery(policiesQuery(as, 'Local')).data ?? [];
  const ofAws = useQuery(policiesQuery(as, 'AWS')).data ?? [];
  const choice = (all: { arn: string; name: string }[]) => all.filter(({ arn }) => arn !== boundary).map((each) => ({ value: each.arn, label: each.name }));
  const set = () => {
    if (chosen) void change(putBoundary(as, kind, name, chosen)).then(() => setChosen(null)).catch(fail);
  };
  const remove = () =>
    ask({
      title: `Remove the boundary of ${name}?`,
      body: <p>{name} may then do all that its policies allow.</p>,
      action: 'Remove',
      danger: true,
      run: () => change(deleteBoundary(as, kind, name)),
    });
  return (
    <section aria-label="Permissions boundary">
      <h2>Permissions boundary</h2>
      {boundary ? (
        <p className="line">
          <Go place={places.iamPolicy(boundary)}>{boundary.slice(boundary.lastIndexOf('/') + 1)}</Go>
          <Button size="compact-xs" variant="default" onClick={remove}>
            Remove boundary
          </Button>
        </p>
      ) : (
        <p className="dim">None: {name} may do all that its policies allow.</p>
      )}
      <div className="tools bottom">
        <Select
          label={boundary ? 'Another boundary' : 'Set a boundary'}
          placeholder="Policy"
          searchable
          w={320}
          size="xs"
          data={[
            { group: 'This account', items: choice(own) },
            { group: 'AWS', items: choice(ofAws) },
          ]}
          value={chosen}
          onChange={setChosen}
        />
        <Button size="xs" disabled={!chosen} onClick={set}>
          Set boundary
        </Button>
      </div>
    </section>
  );
}
