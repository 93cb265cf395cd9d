import { Checkbox, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { entitle, groupsQuery, servicePrincipalsQuery, usersQuery, type Entry, type EntryKind } from '../api/people';
import { useDialogs } from '../parts/Dialogs';
import { entitled, ENTITLEMENTS } from './entitled';
import { useAdmin, useChange } from './useChange';

/** What somebody may do in the workspace. Admins change what they have by themselves; what comes by a group is changed there. */
export function Entitlements({ kind, entry }: { kind: EntryKind; entry: Entry }) {
  const groups = useQuery(groupsQuery).data ?? [];
  const admin = useAdmin();
  const change = useChange();
  const { fail } = useDialogs();
  return (
    <section aria-label="Entitlements">
      <h2>Entitlements</h2>
      {ENTITLEMENTS.map(({ word, label, means }) => {
        const { own, by } = entitled(entry, groups, word);
        return (
          <Checkbox
            key={word}
            size="xs"
            mb={6}
            label={label}
            description={by.length > 0 ? `${means}. Also by ${by.join(', ')}` : means}
            checked={own}
            disabled={!admin}
            onChange={(event) => void change(entitle(kind, entry.id, word, event.currentTarget.checked)).catch(fail)}
          />
        );
      })}
    </section>
  );
}

/** The same for one entry of a list, which is asked anew when it changes. */
export function EntitlementsDialog({ kind, id, name, close }: { kind: 'Users' | 'ServicePrincipals'; id: string; name: string; close: () => void }) {
  const all = useQuery(kind === 'Users' ? usersQuery : servicePrincipalsQuery).data ?? [];
  const entry = all.find((each) => each.id === id);
  return (
    <Modal opened onClose={close} title={`What ${name} may do`} size={460}>
      {entry && <Entitlements kind={kind} entry={entry} />}
      <p className="dim">Admins may do all of it.</p>
    </Modal>
  );
}
