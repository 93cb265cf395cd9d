import { Button } from '@mantine/core';
import { useState } from 'react';
import { putTrust } from '../api/iamChanges';
import type { Role } from '../api/iamShapes';
import { useDialogs } from '../parts/Dialogs';
import type { Text } from '../parts/editor';
import { ErrorNote } from '../parts/ErrorNote';
import { useLeaving } from '../parts/useLeaving';
import { readable } from './policy/statements';
import { LazyPolicyEditor } from './LazyPolicyEditor';
import { TemplateChoice } from './TemplateChoice';
import { useChange } from './useChange';
import { useWho } from './who';

/** Says who may take a role. */
export function TrustPolicy({ role }: { role: Role }) {
  const { as } = useWho();
  const change = useChange();
  const { tell } = useDialogs();
  const [begun, setBegun] = useState<Text>(() => readable(role.trust, []));
  const [saved, setSaved] = useState(begun.text);
  const [text, setText] = useState(begun.text);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { question } = useLeaving(text !== saved);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await change(putTrust(as, role.name, text));
      setSaved(text);
      tell('Saved the trust policy.');
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const write = (next: string) => {
    setBegun({ text: next });
    setText(next);
  };
  return (
    <section aria-label="Trust policy" className="policy-form">
      {question}
      <TemplateChoice of="trust" write={write} />
      <LazyPolicyEditor kind="trust" value={begun} label="Trust policy" change={setText} />
      {error !== undefined && <ErrorNote error={error} />}
      <div className="tools">
        <Button size="xs" loading={busy} disabled={text === saved} onClick={() => void save()}>
          Save
        </Button>
        <Button size="xs" variant="default" disabled={text === saved} onClick={() => write(saved)}>
          Undo all
        </Button>
      </div>
    </section>
  );
}
