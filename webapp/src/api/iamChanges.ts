import { textIn } from './awsXml';
import { iam, type Holder } from './iam';
import type { Tag } from './iamShapes';

const nameOf = (kind: string, name: string) => ({ [`${kind}Name`]: name });

export const createUser = (as: string, name: string) => iam(as, 'CreateUser', { UserName: name });
export const createGroup = (as: string, name: string) => iam(as, 'CreateGroup', { GroupName: name });
/** Its ARN. */
export async function createProfile(as: string, name: string): Promise<string> {
  return textIn(await iam(as, 'CreateInstanceProfile', { InstanceProfileName: name }), 'InstanceProfile', 'Arn');
}

export interface NewRole {
  name: string;
  description: string;
  trust: string;
}

export const createRole = (as: string, { name, description, trust }: NewRole) =>
  iam(as, 'CreateRole', { RoleName: name, Description: description || undefined, AssumeRolePolicyDocument: trust });

export interface NewPolicy {
  name: string;
  description: string;
  document: string;
}

/** Its ARN. */
export async function createPolicy(as: string, { name, description, document }: NewPolicy): Promise<string> {
  const made = await iam(as, 'CreatePolicy', { PolicyName: name, Description: description || undefined, PolicyDocument: document });
  return textIn(made, 'Policy', 'Arn');
}

/** Nothing may hang on it any more. */
export const deleteThing = (as: string, kind: Holder | 'InstanceProfile', name: string) => iam(as, `Delete${kind}`, nameOf(kind, name));
export const deletePolicy = (as: string, arn: string) => iam(as, 'DeletePolicy', { PolicyArn: arn });

export const attach = (as: string, kind: Holder, name: string, arn: string) => iam(as, `Attach${kind}Policy`, { ...nameOf(kind, name), PolicyArn: arn });
export const detach = (as: string, kind: Holder, name: string, arn: string) => iam(as, `Detach${kind}Policy`, { ...nameOf(kind, name), PolicyArn: arn });

export const putInline = (as: string, kind: Holder, name: string, policy: string, document: string) => iam(as, `Put${kind}Policy`, { ...nameOf(kind, name), PolicyName: policy, PolicyDocument: document });
export const deleteInline = (as: string, kind: Holder, name: string, policy: string) => iam(as, `Delete${kind}Policy`, { ...nameOf(kind, name), PolicyName: policy });

export const addToGroup = (as: string, user: string, group: string) => iam(as, 'AddUserToGroup', { UserName: user, GroupName: group });
export const removeFromGroup = (as: string, user: string, group: string) => iam(as, 'RemoveUserFromGroup', { UserName: user, GroupName: group });

export type Bounded = 'User' | 'Role';

export const putBoundary = (as: string, kind: Bounded, name: string, arn: string) => iam(as, `Put${kind}PermissionsBoundary`, { ...nameOf(kind, name), PermissionsBoundary: arn });
export const deleteBoundary = (as: string, kind: Bounded, name: string) => iam(as, `Delete${kind}PermissionsBoundary`, nameOf(kind, name));

export const tag = (as: string, kind: Bounded, name: string, { key, value }: Tag) => iam(as, `Tag${kind}`, { ...nameOf(kind, name), Tags: [{ Key: key, Value: value }] });
export const untag = (as: string, kind: Bounded, name: string, key: string) => iam(as, `Untag${kind}`, { ...nameOf(kind, name), TagKeys: [key] });

export interface NewKey {
  id: string;
  secret: string;
}

export async function createKey(as: string, user: string): Promise<NewKey> {
  const made = await iam(as, 'CreateAccessKey', { UserName: user });
  return { id: textIn(made, 'AccessKey', 'AccessKeyId'), secret: textIn(made, 'AccessKey', 'SecretAccessKey') };
}

export const setKeyActive = (as: string, user: string, id: string, active: boolean) => iam(as, 'UpdateAccessKey', { UserName: user, AccessKeyId: id, Status: active ? 'Active' : 'Inactive' });
export const deleteKey = (as: string, user: string, id: string) => iam(as, 'DeleteAccessKey', { UserName: user, AccessKeyId: id });

/** A user's password, by which nobody signs in here yet; it keeps the user from being deleted. */
export const getLogin = (as: string, user: string) => iam(as, 'GetLoginProfile', { UserName: user });
export const deleteLogin = (as: string, user: string) => iam(as, 'DeleteLoginProfile', { UserName: user });

export const putTrust = (as: string, role: string, document: string) => iam(as, 'UpdateAssumeRolePolicy', { RoleName: role, PolicyDocument: document });
export const updateRole = (as: string, role: string, description: string, longestSession: number) => iam(as, 'UpdateRole', { RoleName: role, Description: description, MaxSessionDuration: longestSession });

export const createVersion = (as: string, arn: string, document: string, standard: boolean) => iam(as, 'CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: document, SetAsDefault: standard });
export const setStandard = (as: string, arn: string, version: string) => iam(as, 'SetDefaultPolicyVersion', { PolicyArn: arn, VersionId: version });
export const deleteVersion = (as: string, arn: string, version: string) => iam(as, 'DeletePolicyVersion', { PolicyArn: arn, VersionId: version });

export const putRoleIn = (as: string, profile: string, role: string) => iam(as, 'AddRoleToInstanceProfile', { InstanceProfileName: profile, RoleName: role });
export const takeRoleOut = (as: string, profile: string, role: string) => iam(as, 'RemoveRoleFromInstanceProfile', { InstanceProfileName: profile, RoleName: role });
