import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { deleteSecretAcl, putSecretAcl, secretAclsQuery, type SecretRight } from '../api/secrets';
import { useDialogs } from '../parts/Dialogs';

const RIGHTS = [
  { value: 'READ', label: 'Read' },
  { value: 'WRITE', label: 'Write' },
  { value: 'MANAGE', label: 'Manage' },
];

/** Who may read, write or manage a scope; nothing for those who may not know. */
export function SecretAcls({ scope }: { scope: string }) {
  const acls = useQuery(secretAclsQuery(scope));
  const queries = useQueryClient();
  const { fail } = useDialogs();
  const [who, setWho] = useState('');
  const [right, setRight] = useState<string>('READ');
  if (!acls.data) return null;
  const change = (done: Promise<unknown>) => void done.then(() => queries.invalidateQueries({ queryKey: keys.secretAcls(scope) })).catch(fail);
  return (
    <section>
      <h2>Who may use it</h2>
      <Group align="flex-end" mb="sm">
        <TextInput label="User, group or application id" value={who} onChange={(event) => setWho(event.currentTarget.value)} w={260} />
        <Select label="May" data={RIGHTS} value={right} onChange={(next) => setRight(next ?? 'READ')} allowDeselect={false} w={110} />
        <Button
          size="xs"
          disabled={!who.trim()}
          onClick={() => {
            change(putSecretAcl(scope, who.trim(), right as SecretRight));
            setWho('');
          }}
        >
          Give
        </Button>
      </Group>
      <table className="list" aria-label="Who may use the scope">
        <tbody>
          {acls.data.map(({ principal, permission }) => (
            <tr key={principal}>
              <td>{principal}</td>
              <td>{RIGHTS.find(({ value }) => value === permission)?.label}</td>
              <td>
                <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Take it from ${principal}`} onClick={() => change(deleteSecretAcl(scope, principal))}>
                  <Trash2 size={14} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim">Admins of the workspace manage every scope.</p>
    </section>
  );
}
