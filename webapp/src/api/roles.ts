import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import { accountId } from './workspaces';

export const ROLES = ['roles/servicePrincipal.user', 'roles/servicePrincipal.manager', 'roles/group.manager'] as const;
export type Role = (typeof ROLES)[number];

export interface GrantRule {
  role: Role;
  /** For instance `users/ann@example.com`. */
  principals?: string[];
}

/** Who has which role on something. */
export interface RuleSet {
  name: string;
  etag: string;
  grant_rules?: GrantRule[];
}

/** What has roles: a service principal by its application id, or a group by its number. */
export interface Ruled {
  folder: 'servicePrincipals' | 'groups';
  id: string;
}

const RULE_SETS = '/api/2.0/preview/accounts/access-control/rule-sets';
const nameOf = async ({ folder, id }: Ruled) => `accounts/${await accountId()}/${folder}/${id}/ruleSets/default`;

export const ruleSetQuery = (ruled: Ruled) =>
  queryOptions({
    queryKey: keys.rules(ruled.folder, ruled.id),
    queryFn: async () => api.get<RuleSet>(RULE_SETS, { name: await nameOf(ruled), etag: '' }),
    retry: false,
  });

/** One principal with one role. */
export interface Holding {
  principal: string;
  role: Role;
}

export const holdings = ({ grant_rules: rules = [] }: RuleSet): Holding[] => rules.flatMap(({ role, principals = [] }) => principals.map((principal) => ({ principal, role })));

/** Refused if somebody else has changed it since it was read. */
export const replaceRules = ({ name, etag }: RuleSet, all: Holding[]) =>
  api.put<RuleSet>(RULE_SETS, {
    name,
    rule_set: {
      name,
      etag,
      grant_rules: ROLES.map((role) => ({ role, principals: all.filter((each) => each.role === role).map(({ principal }) => principal) })).filter(({ principals }) => principals.length > 0),
    },
  });
