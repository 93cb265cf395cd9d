import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { actAs, actedAs, identitiesQuery, type AwsIdentity } from '../api/aws';
import { Empty } from './Empty';
import { Page } from './Page';
import { Loaded } from './Waiting';

interface Props {
  /** Of the page that is shown to whoever may act as nobody. */
  title: string;
  children: (who: AwsIdentity, chooser: ReactNode) => ReactNode;
}

/** A page that acts at AWS: as whom is chosen in its head, and kept by the browser. */
export function ActingAs({ title, children }: Props) {
  const identities = useQuery(identitiesQuery);
  const [as, setAs] = useState(actedAs);
  return (
    <Loaded query={identities}>
      {(all) => {
        const who = all.find((each) => each.as === as) ?? all[0];
        if (!who) return <Nobody title={title} />;
        const choose = (next: string | null) => {
          if (next === null) return;
          actAs(next);
          setAs(next);
        };
        return <>{children(who, <Chooser all={all} who={who} choose={choose} />)}</>;
      }}
    </Loaded>
  );
}

function Chooser({ all, who, choose }: { all: AwsIdentity[]; who: AwsIdentity; choose: (as: string | null) => void }) {
  const shown = ({ as, name, account_id: account }: AwsIdentity) => (as === 'root' ? `root of ${account}` : name);
  return (
    <span className="acting-as" title={who.arn}>
      <span className="dim" aria-hidden="true">
        Acting as
      </span>
      <Select size="xs" w={220} aria-label="Acting as" data={all.map((each) => ({ value: each.as, label: shown(each) }))} value={who.as} onChange={choose} allowDeselect={false} comboboxProps={{ width: 'max-content', position: 'bottom-end' }} />
    </span>
  );
}

const ADD = `databricks --profile slipway instance-profiles add \\
  arn:aws:iam::ACCOUNT:instance-profile/NAME
databricks --profile slipway users patch USER_ID --json '{
  "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  "Operations": [{"op": "add", "path": "roles",
    "value": [{"value": "arn:aws:iam::ACCOUNT:instance-profile/NAME"}]}]}'`;

/** Says what an admin has to do. */
function Nobody({ title }: { title: string }) {
  return (
    <Page title={title}>
      <Empty title="You may act as nobody at AWS yet" command={ADD}>
        Pages about AWS act as the role of an instance profile that you were given, and admins of the account as its root. Ask an admin of this
        workspace to add an instance profile to it, and to give it to you as a role:
      </Empty>
    </Page>
  );
}
