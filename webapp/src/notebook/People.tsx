import { useMemo } from 'react';
import { useSession } from './room';
import type { Person } from './session/protocol';

function initials(user: string): string {
  const [one = '', two = ''] = user.split('@')[0]?.split(/[^\p{L}\p{N}]+/u) ?? [];
  return ((one[0] ?? '') + (two[0] ?? one[1] ?? '')).toUpperCase();
}

/** Always the same for one person. */
export const hueOf = (user: string) => [...user].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);

/** Who else has the notebook open. */
export function People() {
  const people = useSession((view) => view.people);
  const client = useSession((view) => view.client);
  const others = useMemo(() => people.filter((person) => person.client !== client), [people, client]);
  if (others.length === 0) return null;
  return (
    <span className="nb-people" role="list" aria-label="Also here">
      {others.slice(0, 5).map((person) => (
        <Face key={person.client} person={person} />
      ))}
      {others.length > 5 && <small className="dim">+{others.length - 5}</small>}
    </span>
  );
}

export function Face({ person }: { person: Person }) {
  return (
    <span className="nb-face" role="listitem" title={person.user} aria-label={person.user} style={{ '--hue': hueOf(person.user) } as React.CSSProperties}>
      {initials(person.user)}
    </span>
  );
}

/** Who else writes in a cell. */
export function Guests({ id }: { id: string }) {
  const people = useSession((view) => view.people);
  const client = useSession((view) => view.client);
  const here = people.filter((person) => person.cell === id && person.client !== client);
  if (here.length === 0) return null;
  return (
    <div className="cell-guests" style={{ '--hue': hueOf(here[0]?.user ?? '') } as React.CSSProperties}>
      {here.map((person) => (
        <span key={person.client}>{person.user} is here</span>
      ))}
    </div>
  );
}
