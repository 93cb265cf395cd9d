/** The kinds of things that the server's stream of events tells about. */
export const KINDS = ['cluster', 'job', 'run', 'tree', 'catalog', 'schema', 'table', 'user', 'group', 'service_principal'] as const;
export type Kind = (typeof KINDS)[number];

/** An event of the stream: something changed, and whoever shows it asks what. */
export interface Change {
  kind: Kind;
  id: string;
  change: string;
  path?: string;
}
