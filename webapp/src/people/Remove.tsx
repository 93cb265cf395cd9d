import { ActionIcon } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { deleteEntry, type EntryKind } from '../api/people';
import { useDialogs } from '../parts/Dialogs';
import { useChange } from './useChange';

const CONSEQUENCES: Record<EntryKind, string> = {
  Users: 'Their sessions and access tokens end at once; schedules of their jobs fail. What they own stays theirs.',
  Groups: 'Its members lose what they may do by it. A new group of this name will be another one.',
  ServicePrincipals: 'Its access tokens end at once; schedules of its jobs fail.',
};

/** Takes somebody out of the workspace, after a question. */
export function Remove({ kind, id, name }: { kind: EntryKind; id: string; name: string }) {
  const { ask, tell } = useDialogs();
  const change = useChange();
  const remove = () =>
    ask({
      title: `Remove ${name}?`,
      body: <p>{CONSEQUENCES[kind]}</p>,
      action: 'Remove',
      danger: true,
      run: async () => {
        await change(deleteEntry(kind, id));
        tell(`Removed ${name}.`);
      },
    });
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove ${name}`} title="Remove" onClick={remove}>
      <Trash2 size={14} />
    </ActionIcon>
  );
}
