import { ApiError } from '../api/client';
import { accessKeysOf, usesOf, versionsOf, type Holder } from '../api/iam';
import { deleteBoundary, deleteInline, deleteKey, deleteLogin, deletePolicy, deleteThing, deleteVersion, detach, getLogin, removeFromGroup, takeRoleOut } from '../api/iamChanges';
import type { Group, Profile, Role, User } from '../api/iamShapes';
import { removeProfile } from '../api/instanceProfiles';

/** Something that hangs on a thing, and is taken off before it can go. */
export interface Step {
  says: string;
  run: () => Promise<unknown>;
}

/** What is deleted. */
export type Doomed =
  | { kind: 'User'; user: User }
  | { kind: 'Group'; group: Group; members: string[] }
  | { kind: 'Role'; role: Role }
  | { kind: 'Policy'; arn: string; name: string }
  | { kind: 'InstanceProfile'; profile: Profile; added: boolean };

function policiesOf(as: string, kind: Holder, { name, attached, inline }: Group): Step[] {
  return [
    ...attached.map((each) => ({ says: `the policy ${each.name} is detached`, run: () => detach(as, kind, name, each.arn) })),
    ...inline.map((each) => ({ says: `the inline policy ${each.name} is deleted`, run: () => deleteInline(as, kind, name, each.name) })),
  ];
}

async function keysAndLogin(as: string, { name }: User): Promise<Step[]> {
  const keys = await accessKeysOf(as, name);
  const login = await getLogin(as, name).then(
    () => true,
    (failure: unknown) => {
      if (failure instanceof ApiError && failure.code === 'NoSuchEntity') return false;
      throw failure;
    },
  );
  return [
    ...keys.map(({ id, active }) => ({ says: `the access key ${id}${active ? ', which is active,' : ''} is deleted`, run: () => deleteKey(as, name, id) })),
    ...(login ? [{ says: 'the password is deleted', run: () => deleteLogin(as, name) }] : []),
  ];
}

async function ofPolicy(as: string, arn: string): Promise<Step[]> {
  const uses = (await usesOf(as, arn)).map(({ kind, name, boundary }) => {
    const who = `${kind.toLowerCase()} ${name}`;
    if (!boundary || kind === 'Group') return { says: `${who} loses the policy`, run: () => detach(as, kind, name, arn) };
    return { says: `${who} loses its boundary, and may then do all that its policies allow`, run: () => deleteBoundary(as, kind, name) };
  });
  const older = (await versionsOf(as, arn)).filter(({ standard }) => !standard).map(({ id }) => ({ says: `version ${id} is deleted`, run: () => deleteVersion(as, arn, id) }));
  return [...uses, ...older];
}

/** What hangs on a thing now. */
export async function stepsFor(as: string, doomed: Doomed): Promise<Step[]> {
  switch (doomed.kind) {
    case 'User': {
      const { user } = doomed;
      const groups = user.groups.map((group) => ({ says: `the user leaves group ${group}`, run: () => removeFromGroup(as, user.name, group) }));
      return [...(await keysAndLogin(as, user)), ...groups, ...policiesOf(as, 'User', user)];
    }
    case 'Group': {
      const { group, members } = doomed;
      return [...members.map((user) => ({ says: `user ${user} leaves the group`, run: () => removeFromGroup(as, user, group.name) })), ...policiesOf(as, 'Group', group)];
    }
    case 'Role': {
      const { role } = doomed;
      const profiles = role.profiles.map((profile) => ({ says: `it is taken out of instance profile ${profile}: clusters with that have no role any more`, run: () => takeRoleOut(as, profile, role.name) }));
      return [...profiles, ...policiesOf(as, 'Role', role)];
    }
    case 'Policy':
      return ofPolicy(as, doomed.arn);
    case 'InstanceProfile': {
      const { profile, added } = doomed;
      const { role } = profile;
      return [
        ...(added ? [{ says: 'clusters of this workspace may not have it any more', run: () => removeProfile(profile.arn) }] : []),
        ...(role ? [{ says: `role ${role} is taken out of it`, run: () => takeRoleOut(as, profile.name, role) }] : []),
      ];
    }
  }
}

export function nameOf(doomed: Doomed): string {
  switch (doomed.kind) {
    case 'User':
      return doomed.user.name;
    case 'Group':
      return doomed.group.name;
    case 'Role':
      return doomed.role.name;
    case 'Policy':
      return doomed.name;
    case 'InstanceProfile':
      return doomed.profile.name;
  }
}

export const deleteNow = (as: string, doomed: Doomed) => (doomed.kind === 'Policy' ? deletePolicy(as, doomed.arn) : deleteThing(as, doomed.kind, nameOf(doomed)));
