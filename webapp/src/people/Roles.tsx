import { ActionIcon, Button, Modal, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { groupsQuery, servicePrincipalsQuery, usersQuery } from '../api/people';
import { holdings, replaceRules, ruleSetQuery, type Holding, type Role, type Ruled, type RuleSet } from '../api/roles';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';

const WORDS: Record<Role, { label: string; means: string }> = {
  'roles/servicePrincipal.user': { label: 'User', means: 'Has jobs run as it' },
  'roles/servicePrincipal.manager': { label: 'Manager', means: 'Changes it, makes its secrets and gives roles on it; does not have jobs run as it' },
  'roles/group.manager': { label: 'Manager', means: 'Changes its name and members, deletes it and gives roles on it' },
};

const rolesOn = ({ folder }: Ruled): Role[] => (folder === 'groups' ? ['roles/group.manager'] : ['roles/servicePrincipal.user', 'roles/servicePrincipal.manager']);
const same = (one: Holding, other: Holding) => one.principal === other.principal && one.role === other.role;

/** Who has which role on a service principal or a group. */
export function RolesDialog({ ruled, name, close }: { ruled: Ruled; name: string; close: () => void }) {
  const rules = useQuery(ruleSetQuery(ruled));
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const write = async (set: RuleSet, all: Holding[]) => {
    setError(undefined);
    try {
      await replaceRules(set, all);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      await queries.invalidateQueries({ queryKey: keys.rules(ruled.folder, ruled.id) });
    }
  };
  return (
    <Modal opened onClose={close} title={`Permissions of ${name}`} size={620}>
      {error !== undefined && <ErrorNote error={error} />}
      <Loaded query={rules}>
        {(set) => (
          <>
            <Give ruled={ruled} there={holdings(set)} give={(holding) => write(set, [...holdings(set), holding])} />
            <Holders all={holdings(set)} take={(gone) => void write(set, holdings(set).filter((each) => !same(each, gone)))} />
            <p className="dim">Admins of the account manage all service principals and groups.</p>
          </>
        )}
      </Loaded>
    </Modal>
  );
}

function Holders({ all, take }: { all: Holding[]; take: (gone: Holding) => void }) {
  const programs = useQuery(servicePrincipalsQuery).data ?? [];
  const called = (principal: string) => {
    const [folder = '', ...rest] = principal.split('/');
    const name = rest.join('/');
    if (folder === 'users') return { name, kind: '' };
    if (folder === 'groups') return { name, kind: 'group' };
    return { name: programs.find(({ applicationId }) => applicationId === name)?.displayName ?? name, kind: 'service principal' };
  };
  if (all.length === 0) return <p>Nobody has a role yet.</p>;
  return (
    <table className="share" aria-label="who has a role">
      <tbody>
        {all.map((holding) => {
          const { name, kind } = called(holding.principal);
          const { label } = WORDS[holding.role];
          return (
            <tr key={`${holding.role} ${holding.principal}`}>
              <td>
                {name} {kind && <small className="dim">{kind}</small>}
              </td>
              <td>{label}</td>
              <td>
                <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Take ${label.toLowerCase()} from ${name}`} title="Take the role away" onClick={() => take(holding)}>
                  <Trash2 size={14} />
                </ActionIcon>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Give({ ruled, there, give }: { ruled: Ruled; there: Holding[]; give: (holding: Holding) => Promise<boolean> }) {
  const users = useQuery(usersQuery).data ?? [];
  const groups = useQuery(groupsQuery).data ?? [];
  const programs = useQuery(servicePrincipalsQuery).data ?? [];
  const [principal, setPrincipal] = useState<string | null>(null);
  const roles = rolesOn(ruled);
  const [role, setRole] = useState<Role>(roles[0] ?? 'roles/group.manager');
  const known = principal !== null && there.some((each) => same(each, { principal, role }));
  const add = async () => {
    if (principal && (await give({ principal, role }))) setPrincipal(null);
  };
  return (
    <div className="tools bottom">
      <Select
        label="Give a role to"
        placeholder="User, group or service principal"
        searchable
        w={280}
        size="xs"
        data={[
          { group: 'Users', items: users.map(({ userName = '' }) => ({ value: `users/${userName}`, label: userName })) },
          { group: 'Groups', items: groups.filter(({ id }) => Number(id) > 3).map(({ displayName }) => ({ value: `groups/${displayName}`, label: displayName })) },
          { group: 'Service principals', items: programs.map(({ applicationId = '', displayName }) => ({ value: `servicePrincipals/${applicationId}`, label: displayName })) },
        ]}
        value={principal}
        onChange={setPrincipal}
      />
      <Select label="Role" size="xs" w={150} allowDeselect={false} data={roles.map((each) => ({ value: each, label: WORDS[each].label }))} value={role} onChange={(next) => next && setRole(next as Role)} />
      <Button size="xs" disabled={!principal || known} onClick={() => void add()}>
        Give
      </Button>
      <small className="dim">{WORDS[role].means}</small>
    </div>
  );
}
