import { queryOptions } from '@tanstack/react-query';
import { query } from './aws';
import { membersIn, oneIn, textIn } from './awsXml';
import { accessKey, documentIn, group, keyUse, policy, profile, role, roleDetail, user, version, type Policy } from './iamShapes';
import { keys } from './keys';

/** Values of a request; a list is sent as `Name.member.1` and so on (query protocol of AWS). */
export interface Values {
  [name: string]: string | number | boolean | undefined | readonly (string | Values)[];
}

export function flat(values: Values, before = ''): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (typeof value !== 'object') all[before + name] = String(value);
    else
      value.forEach((each, index) => {
        const place = `${before}${name}.member.${index + 1}`;
        if (typeof each === 'string') all[place] = each;
        else Object.assign(all, flat(each, `${place}.`));
      });
  }
  return all;
}

/** What IAM answers to an action of somebody: the element of its result, if it has one. */
export async function iam(as: string, action: string, values: Values = {}): Promise<Element | undefined> {
  return oneIn(await query(as, 'iam', action, flat(values)), `${action}Response`, `${action}Result`);
}

/** All pages of a list. */
export async function pages<T>(as: string, action: string, values: Values, items: (page: Element | undefined) => T[]): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  do {
    const page = await iam(as, action, { ...values, MaxItems: 1000, Marker: marker });
    all.push(...items(page));
    marker = textIn(page, 'IsTruncated') === 'true' ? textIn(page, 'Marker') : undefined;
  } while (marker);
  return all;
}

/** Everything of IAM in the query cache. */
export const everything = (as: string) => keys.aws(as, 'iam');

const details =
  <T>(filter: string, list: string, read: (node: Element) => T) =>
  (as: string) =>
    queryOptions({
      queryKey: keys.aws(as, 'iam', 'details', filter),
      queryFn: () => pages(as, 'GetAccountAuthorizationDetails', { Filter: [filter] }, (page) => membersIn(page, list).map(read)),
    });

export const usersQuery = details('User', 'UserDetailList', user);
export const groupsQuery = details('Group', 'GroupDetailList', group);
export const rolesQuery = details('Role', 'RoleDetailList', role);

/** Policies of the account, or those of AWS. */
export const policiesQuery = (as: string, scope: 'Local' | 'AWS') =>
  queryOptions({
    queryKey: keys.aws(as, 'iam', 'policies', scope),
    queryFn: () => pages(as, 'ListPolicies', { Scope: scope }, (page) => membersIn(page, 'Policies').map(policy)),
  });

export const profilesQuery = (as: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'iam', 'profiles'),
    queryFn: () => pages(as, 'ListInstanceProfiles', {}, (page) => membersIn(page, 'InstanceProfiles').map(profile)),
  });

/** What the lists leave out of a role. */
export const roleQuery = (as: string, name: string) =>
  queryOptions({ queryKey: keys.aws(as, 'iam', 'role', name), queryFn: async () => roleDetail(oneIn(await iam(as, 'GetRole', { RoleName: name }), 'Role')) });

export const policyQuery = (as: string, arn: string) => queryOptions({ queryKey: keys.aws(as, 'iam', 'policy', arn), queryFn: () => policyOf(as, arn) });

async function policyOf(as: string, arn: string): Promise<Policy> {
  const found = oneIn(await iam(as, 'GetPolicy', { PolicyArn: arn }), 'Policy');
  if (!found) throw new Error(`IAM told nothing of ${arn}.`);
  return policy(found);
}

export const versionsOf = (as: string, arn: string) => pages(as, 'ListPolicyVersions', { PolicyArn: arn }, (page) => membersIn(page, 'Versions').map(version));
export const versionsQuery = (as: string, arn: string) => queryOptions({ queryKey: keys.aws(as, 'iam', 'versions', arn), queryFn: () => versionsOf(as, arn) });

const documentOf = async (as: string, arn: string, id: string) => documentIn(await iam(as, 'GetPolicyVersion', { PolicyArn: arn, VersionId: id }), 'PolicyVersion', 'Document');

export const documentQuery = (as: string, arn: string, id: string) =>
  queryOptions({ queryKey: keys.aws(as, 'iam', 'document', arn, id), queryFn: () => documentOf(as, arn, id), enabled: id !== '' });

/** The document of a policy as it counts now. */
export const standardOf = async (as: string, arn: string) => documentOf(as, arn, (await policyOf(as, arn)).version);

export type Holder = 'User' | 'Group' | 'Role';

/** Somebody who has a policy, or has it as the boundary. */
export interface Use {
  kind: Holder;
  name: string;
  boundary: boolean;
}

const HOLDERS: Holder[] = ['User', 'Group', 'Role'];

export async function usesOf(as: string, arn: string): Promise<Use[]> {
  const ask = (usage: string, boundary: boolean) =>
    pages(as, 'ListEntitiesForPolicy', { PolicyArn: arn, PolicyUsageFilter: usage }, (page) =>
      HOLDERS.flatMap((kind) => membersIn(page, `Policy${kind}s`).map((each) => ({ kind, name: textIn(each, `${kind}Name`), boundary }))),
    );
  return [...(await ask('PermissionsPolicy', false)), ...(await ask('PermissionsBoundary', true))];
}

export const usesQuery = (as: string, arn: string) => queryOptions({ queryKey: keys.aws(as, 'iam', 'uses', arn), queryFn: () => usesOf(as, arn) });

export const accessKeysOf = (as: string, userName: string) =>
  pages(as, 'ListAccessKeys', { UserName: userName }, (page) => membersIn(page, 'AccessKeyMetadata').map(accessKey));
export const accessKeysQuery = (as: string, userName: string) => queryOptions({ queryKey: keys.aws(as, 'iam', 'keys', userName), queryFn: () => accessKeysOf(as, userName) });

const lastUseOf = async (as: string, id: string) => keyUse(oneIn(await iam(as, 'GetAccessKeyLastUsed', { AccessKeyId: id }), 'AccessKeyLastUsed'));
export const keyUseQuery = (as: string, id: string) => queryOptions({ queryKey: keys.aws(as, 'iam', 'key-use', id), queryFn: () => lastUseOf(as, id) });

/** When any key of a user was used last. */
export const lastUseQuery = (as: string, userName: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'iam', 'last-use', userName),
    queryFn: async () => {
      const uses = await Promise.all((await accessKeysOf(as, userName)).map(({ id }) => lastUseOf(as, id)));
      return { keys: uses.length, at: uses.flatMap(({ at }) => at ?? []).sort().at(-1) };
    },
  });
