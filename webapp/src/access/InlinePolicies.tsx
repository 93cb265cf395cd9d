import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { deleteInline, putInline } from '../api/iamChanges';
import type { Inline } from '../api/iamShapes';
import { useDialogs } from '../parts/Dialogs';
import type { Held } from './Attached';
import { DocumentText } from './DocumentText';
import type { PolicyKind } from './policy/grammar';
import { readable } from './policy/statements';
import { policies } from './policy/templates';
import { PolicyDialog } from './PolicyDialog';
import { useChange } from './useChange';
import { useWho } from './who';

const KINDS: Record<Held['kind'], PolicyKind> = { User: 'user', Group: 'group', Role: 'role' };

/** Policies that are a part of somebody. */
export function InlinePolicies({ of, inline }: { of: Held; inline: Inline[] }) {
  const { as } = useWho();
  const change = useChange();
  const [edited, setEdited] = useState<Inline | 'new'>();
  const old = edited === 'new' ? undefined : edited;
  return (
    <section aria-label="Inline policies">
      <h2>Inline policies</h2>
      {edited && (
        <PolicyDialog
          title={old ? `Edit ${old.name}` : 'Create inline policy'}
          kind={KINDS[of.kind]}
          name={old ? undefined : 'Policy name'}
          templates={old ? undefined : 'policy'}
          start={old ? readable(old.document, []).text : policies.own()}
          label="Policy document"
          action={old ? 'Save' : 'Create policy'}
          close={() => setEdited(undefined)}
          run={async ({ name, document }) => {
            const policy = old?.name ?? name;
            if (!old && inline.some((each) => each.name === policy)) throw new Error(`There is an inline policy ${policy} already: edit it, or choose another name.`);
            await change(putInline(as, of.kind, of.name, policy, document));
          }}
        />
      )}
      <div className="tools">
        <Button size="xs" variant="default" onClick={() => setEdited('new')}>
          Create inline policy
        </Button>
      </div>
      {inline.map((each) => (
        <One key={each.name} of={of} policy={each} edit={() => setEdited(each)} />
      ))}
    </section>
  );
}

function One({ of, policy: { name, document }, edit }: { of: Held; policy: Inline; edit: () => void }) {
  const { as } = useWho();
  const change = useChange();
  const { ask } = useDialogs();
  const remove = () =>
    ask({
      title: `Delete ${name}?`,
      body: <p>{of.name} loses at once what this policy allows, and may do what it denies.</p>,
      action: 'Delete',
      danger: true,
      run: () => change(deleteInline(as, of.kind, of.name, name)),
    });
  return (
    <details className="inline-policy" id={`policy-${name}`}>
      <summary>{name}</summary>
      <DocumentText text={document} label={`Policy ${name}`} />
      <Group gap={6}>
        <Button size="compact-xs" variant="default" aria-label={`Edit ${name}`} onClick={edit}>
          Edit
        </Button>
        <Button size="compact-xs" variant="default" aria-label={`Delete ${name}`} onClick={remove}>
          Delete
        </Button>
      </Group>
    </details>
  );
}
