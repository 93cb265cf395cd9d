import { ActionIcon, Button, Modal, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { groupsQuery, servicePrincipalsQuery, usersQuery } from '../api/people';
import { grant, grantOnly, holdersQuery, levelsQuery, type Grant, type Holder, type Level, type Shared } from '../api/permissions';
import { ErrorNote } from './ErrorNote';
import { levelWords } from './levels';
import { Loaded } from './Waiting';

type Named = Omit<Grant, 'permission_level'>;

const namesOf = ({ user_name, group_name, service_principal_name }: Holder): Named =>
  user_name ? { user_name } : group_name ? { group_name } : { service_principal_name };
const keyOf = (named: Named) => named.user_name ?? named.group_name ?? named.service_principal_name ?? '';
const direct = (holder: Holder) => holder.all_permissions.find(({ inherited }) => !inherited);

/** Where somebody has a level from, if not from the thing itself. */
const source = (from = '') => (from === '' || from.endsWith('/') ? 'as an admin' : 'from a folder above');

export function ShareDialog({ thing, name, close }: { thing: Shared; name: string; close: () => void }) {
  const holders = useQuery(holdersQuery(thing));
  const levels = useQuery(levelsQuery(thing)).data ?? [];
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();

  const change = async (request: Promise<unknown>) => {
    setError(undefined);
    try {
      await request;
      await queries.invalidateQueries({ queryKey: keys.holders(thing.type, thing.id) });
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    }
  };
  const remove = (gone: Holder, all: Holder[]) =>
    change(
      grantOnly(
        thing,
        all.flatMap((holder) => {
          const held = direct(holder);
          return held && holder !== gone ? [{ ...namesOf(holder), permission_level: held.permission_level }] : [];
        }),
      ),
    );
  return (
    <Modal opened onClose={close} title={`Share ${name}`} size={620}>
      {error !== undefined && <ErrorNote error={error} />}
      <Loaded query={holders}>
        {(all) => (
          <>
            <Add thing={thing} levels={levels} there={new Set(all.filter(direct).map((holder) => keyOf(namesOf(holder))))} change={change} />
            <table className="share" aria-label="who has access">
              <tbody>
                {all.map((holder) => (
                  <Row
                    key={keyOf(namesOf(holder))}
                    holder={holder}
                    levels={levels}
                    choose={(level) => void change(grant(thing, { ...namesOf(holder), permission_level: level }))}
                    remove={() => void remove(holder, all)}
                  />
                ))}
              </tbody>
            </table>
          </>
        )}
      </Loaded>
    </Modal>
  );
}

function Row({ holder, levels, choose, remove }: { holder: Holder; levels: Level[]; choose: (level: string) => void; remove: () => void }) {
  const named = namesOf(holder);
  const held = direct(holder);
  const called = holder.user_name ?? holder.group_name ?? holder.display_name;
  return (
    <tr>
      <td>
        {called} {!named.user_name && <small className="dim">{named.group_name ? 'group' : 'service principal'}</small>}
      </td>
      <td>
        {held && held.permission_level !== 'IS_OWNER' ? (
          <Select
            size="xs"
            aria-label={`What ${called} can do`}
            allowDeselect={false}
            data={choices(levels, named)}
            value={held.permission_level}
            onChange={(level) => level && choose(level)}
          />
        ) : (
          held && levelWords(held.permission_level)
        )}
        {holder.all_permissions
          .filter(({ inherited }) => inherited)
          .map((each) => (
            <small key={`${each.permission_level} ${each.inherited_from_object?.[0]}`} className="dim">
              {levelWords(each.permission_level)} {source(each.inherited_from_object?.[0])}
            </small>
          ))}
      </td>
      <td>
        {held && held.permission_level !== 'IS_OWNER' && (
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Take access from ${called}`} title="Take access away" onClick={remove}>
            <Trash2 size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

/** Groups own nothing. */
const choices = (levels: Level[], named: Named) =>
  levels.filter(({ permission_level: level }) => level !== 'IS_OWNER' || !named.group_name).map(({ permission_level: level }) => ({ value: level, label: levelWords(level) }));

function Add({ thing, levels, there, change }: { thing: Shared; levels: Level[]; there: Set<string>; change: (request: Promise<unknown>) => Promise<boolean> }) {
  const users = useQuery(usersQuery).data ?? [];
  const groups = useQuery(groupsQuery).data ?? [];
  const programs = useQuery(servicePrincipalsQuery).data ?? [];
  const [whom, setWhom] = useState<string | null>(null);
  const [chosen, setLevel] = useState<string | null>(null);
  const level = chosen ?? levels[0]?.permission_level ?? '';
  const named: Record<string, Named> = Object.fromEntries([
    ...users.map((user) => [`user ${user.id}`, { user_name: user.userName }]),
    ...groups.map((group) => [`group ${group.id}`, { group_name: group.displayName }]),
    ...programs.map((program) => [`program ${program.id}`, { service_principal_name: program.applicationId }]),
  ]);
  const items = (kind: string, all: { id: string; label: string }[]) => all.map(({ id, label }) => ({ value: `${kind} ${id}`, label })).filter(({ value }) => !there.has(keyOf(named[value] ?? {})));
  const chose = whom ? named[whom] : undefined;
  const add = async () => {
    if (chose && (await change(grant(thing, { ...chose, permission_level: level })))) setWhom(null);
  };
  return (
    <div className="tools bottom">
      <Select
        label="Give access to"
        placeholder="User, group or service principal"
        searchable
        w={280}
        size="xs"
        data={[
          { group: 'Users', items: items('user', users.map(({ id, userName }) => ({ id, label: userName ?? '' }))) },
          { group: 'Groups', items: items('group', groups.filter(({ displayName }) => displayName !== 'admins').map(({ id, displayName }) => ({ id, label: displayName }))) },
          { group: 'Service principals', items: items('program', programs.map(({ id, displayName }) => ({ id, label: displayName }))) },
        ]}
        value={whom}
        onChange={setWhom}
      />
      <Select
        label="They can"
        size="xs"
        w={170}
        allowDeselect={false}
        data={choices(levels, chose ?? {}).filter(({ value }) => value !== 'IS_OWNER')}
        value={level}
        onChange={setLevel}
      />
      <Button size="xs" disabled={!chose} onClick={() => void add()}>
        Add
      </Button>
      {levels.length > 0 && <small className="dim">{levels.find(({ permission_level: each }) => each === level)?.description}</small>}
    </div>
  );
}
