const lists = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');

function nameOf(type: string, name: string, account: string): string {
  if (name === '*') return 'everybody';
  if (type === 'Service') return name === 'ec2.amazonaws.com' ? 'EC2 (clusters)' : name.replace(/\.amazonaws\.com(\.cn)?$/, '');
  if (type === 'Federated') return name.slice(name.lastIndexOf('/') + 1);
  const [, , , , owner = name, thing = 'root'] = name.split(':');
  if (thing === 'root') return owner === account ? 'this account' : `account ${owner}`;
  const last = thing.slice(thing.lastIndexOf('/') + 1);
  const kind = thing.split('/')[0] ?? '';
  return `${kind === 'assumed-role' ? 'session' : kind} ${last}${owner === account ? '' : ` of ${owner}`}`;
}

/** Who may take a role, in one phrase; conditions may narrow it. */
export function trusted(document: string, account: string): string {
  try {
    const { Statement } = JSON.parse(document) as { Statement: unknown };
    const all = (Array.isArray(Statement) ? Statement : [Statement]) as Record<string, unknown>[];
    const allowing = all.filter((each) => each.Effect === 'Allow');
    const names = allowing.flatMap(({ Principal, NotPrincipal }) => {
      if (NotPrincipal !== undefined) return ['everybody but some'];
      if (Principal === '*') return ['everybody'];
      return Object.entries(Principal as object).flatMap(([type, value]) => lists(value).map((name) => nameOf(type, name, account)));
    });
    const conditions = allowing.some(({ Condition }) => Condition !== undefined) ? ', under conditions' : '';
    return names.length > 0 ? [...new Set(names)].join(', ') + conditions : 'nobody';
  } catch {
    return 'a document that cannot be read here';
  }
}
