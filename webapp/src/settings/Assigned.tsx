import { ActionIcon, Button, Group, Modal, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { accountQuery, assign, assignmentsQuery, unassign, type AccountEntry, type Assignment, type Level, type Managed } from '../api/workspaces';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';

const LEVELS = [
  { value: 'USER', label: 'User' },
  { value: 'ADMIN', label: 'Admin' },
];

const nameOf = (entry: AccountEntry) => entry.userName ?? entry.displayName ?? entry.id;

/** Who of the account is in a workspace, and as what. */
export function Assigned({ workspace, close }: { workspace: Managed; close: () => void }) {
  const id = workspace.workspace_id;
  const assigned = useQuery(assignmentsQuery(id));
  const account = useQuery(accountQuery);
  const queries = useQueryClient();
  const [chosen, choose] = useState<string | null>(null);
  const [failure, fail] = useState<Error>();
  const change = (done: Promise<unknown>) =>
    done
      .then(() => fail(undefined), (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))))
      .then(() => queries.invalidateQueries({ queryKey: keys.assignments(id) }));
  const there = new Set((assigned.data ?? []).map((each) => String(each.principal.principal_id)));
  return (
    <Modal opened onClose={close} title={`Who is in ${workspace.workspace_name}`} size="lg">
      <Group align="flex-end" mb="sm">
        <Select
          label="Add somebody of the account"
          placeholder="User, group or service principal"
          searchable
          w={320}
          value={chosen}
          onChange={choose}
          data={(account.data ?? []).filter((entry) => !there.has(entry.id)).map((entry) => ({ value: entry.id, label: nameOf(entry) }))}
        />
        <Button size="xs" disabled={!chosen} onClick={() => chosen && void change(assign(id, chosen, 'USER')).then(() => choose(null))}>
          Add
        </Button>
      </Group>
      {failure && <ErrorNote error={failure} />}
      <Loaded query={assigned}>{(all) => <People all={all} change={change} id={id} />}</Loaded>
    </Modal>
  );
}

function People({ all, id, change }: { all: Assignment[]; id: number; change: (done: Promise<unknown>) => Promise<void> }) {
  return (
    <table className="list">
      <tbody>
        {all.map(({ principal, permissions }) => (
          <tr key={principal.principal_id}>
            <td>{principal.user_name ?? principal.display_name}</td>
            <td>
              <Select
                aria-label={`What ${principal.display_name} is there`}
                data={LEVELS}
                value={permissions[0]}
                allowDeselect={false}
                w={110}
                size="xs"
                onChange={(level) => void change(assign(id, String(principal.principal_id), level as Level))}
              />
            </td>
            <td>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Take ${principal.display_name} out`}
                onClick={() => void change(unassign(id, String(principal.principal_id)))}
              >
                <Trash2 size={14} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
