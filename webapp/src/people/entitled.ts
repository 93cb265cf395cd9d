import type { Entry } from '../api/people';

/** What can be given to somebody in a workspace; the words are those of SCIM. */
export const ENTITLEMENTS = [
  { word: 'workspace-access', label: 'Workspace access', means: 'Use the workspace: its pages and its APIs' },
  { word: 'databricks-sql-access', label: 'SQL access', means: 'Counts as workspace access: there are no SQL warehouses yet' },
  { word: 'allow-cluster-create', label: 'Create clusters', means: 'Make clusters, and jobs with clusters of their own' },
  { word: 'allow-instance-pool-create', label: 'Create instance pools', means: 'Kept for clients: there are no instance pools' },
] as const;

const has = (entry: Entry, word: string) => (entry.entitlements ?? []).some(({ value }) => value === word);

/** Whether somebody has it by themselves, and the groups by which they have it anyway. */
export function entitled(entry: Entry, groups: Entry[], word: string): { own: boolean; by: string[] } {
  const above = new Set((entry.groups ?? []).map(({ value }) => value));
  return { own: has(entry, word), by: groups.filter((group) => above.has(group.id) && has(group, word)).map(({ displayName }) => displayName) };
}
