import { membersIn, textIn } from './awsXml';

/** What of IAM the pages show, read from its answers (IAM API reference; lists are elements `member`). */
export interface Attached {
  name: string;
  arn: string;
}

export interface Inline {
  name: string;
  document: string;
}

export interface Tag {
  key: string;
  value: string;
}

interface Thing {
  name: string;
  path: string;
  id: string;
  arn: string;
  created: string;
}

export interface Group extends Thing {
  attached: Attached[];
  inline: Inline[];
}

/** Who may have tags and a boundary. */
interface Bounded extends Group {
  tags: Tag[];
  /** ARN of a policy. */
  boundary?: string;
}

export interface User extends Bounded {
  groups: string[];
}

export interface Role extends Bounded {
  trust: string;
  /** Names of its instance profiles. */
  profiles: string[];
  used?: string;
}

/** What only the role itself tells. */
export interface RoleDetail {
  description: string;
  /** In seconds. */
  longestSession: number;
}

export interface Policy extends Thing {
  description: string;
  attachments: number;
  boundaries: number;
  version: string;
  changed: string;
  /** Of AWS: it cannot be changed. */
  ofAws: boolean;
}

export interface Version {
  id: string;
  created: string;
  standard: boolean;
}

export interface Profile extends Thing {
  role?: string;
}

export interface AccessKey {
  id: string;
  active: boolean;
  created: string;
}

export interface KeyUse {
  at?: string;
  service: string;
  region: string;
}

const maybe = (node: Element | undefined, ...names: string[]): string | undefined => textIn(node, ...names) || undefined;
export const texts = (node: Element | undefined, ...names: string[]): string[] => membersIn(node, ...names).map((each) => each.textContent ?? '');

/** Documents travel encoded. */
export const documentIn = (node: Element | undefined, ...names: string[]) => decodeURIComponent(textIn(node, ...names));

const thing = (node: Element, kind: string): Thing => ({
  name: textIn(node, `${kind}Name`),
  path: textIn(node, 'Path'),
  id: textIn(node, `${kind}Id`),
  arn: textIn(node, 'Arn'),
  created: textIn(node, 'CreateDate'),
});

const policiesOf = (node: Element, kind: string) => ({
  attached: membersIn(node, 'AttachedManagedPolicies').map((each) => ({ name: textIn(each, 'PolicyName'), arn: textIn(each, 'PolicyArn') })),
  inline: membersIn(node, `${kind}PolicyList`).map((each) => ({ name: textIn(each, 'PolicyName'), document: documentIn(each, 'PolicyDocument') })),
});

const bounds = (node: Element) => ({
  tags: membersIn(node, 'Tags').map((each) => ({ key: textIn(each, 'Key'), value: textIn(each, 'Value') })),
  boundary: maybe(node, 'PermissionsBoundary', 'PermissionsBoundaryArn'),
});

export const user = (node: Element): User => ({ ...thing(node, 'User'), ...policiesOf(node, 'User'), ...bounds(node), groups: texts(node, 'GroupList') });
export const group = (node: Element): Group => ({ ...thing(node, 'Group'), ...policiesOf(node, 'Group') });

export const role = (node: Element): Role => ({
  ...thing(node, 'Role'),
  ...policiesOf(node, 'Role'),
  ...bounds(node),
  trust: documentIn(node, 'AssumeRolePolicyDocument'),
  profiles: membersIn(node, 'InstanceProfileList').map((each) => textIn(each, 'InstanceProfileName')),
  used: maybe(node, 'RoleLastUsed', 'LastUsedDate'),
});

export const roleDetail = (node: Element | undefined): RoleDetail => ({ description: textIn(node, 'Description'), longestSession: Number(textIn(node, 'MaxSessionDuration') || 3600) });

export const policy = (node: Element): Policy => ({
  ...thing(node, 'Policy'),
  description: textIn(node, 'Description'),
  attachments: Number(textIn(node, 'AttachmentCount')),
  boundaries: Number(textIn(node, 'PermissionsBoundaryUsageCount')),
  version: textIn(node, 'DefaultVersionId'),
  changed: textIn(node, 'UpdateDate'),
  ofAws: textIn(node, 'Arn').includes(':iam::aws:'),
});

export const version = (node: Element): Version => ({ id: textIn(node, 'VersionId'), created: textIn(node, 'CreateDate'), standard: textIn(node, 'IsDefaultVersion') === 'true' });

export const profile = (node: Element): Profile => {
  const [held] = membersIn(node, 'Roles');
  return { ...thing(node, 'InstanceProfile'), role: maybe(held, 'RoleName') };
};

export const accessKey = (node: Element): AccessKey => ({ id: textIn(node, 'AccessKeyId'), active: textIn(node, 'Status') === 'Active', created: textIn(node, 'CreateDate') });

export const keyUse = (node: Element | undefined): KeyUse => ({ at: maybe(node, 'LastUsedDate'), service: textIn(node, 'ServiceName'), region: textIn(node, 'Region') });
