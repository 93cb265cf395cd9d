import { useMemo } from 'react';
import { hueOf } from './hue';
import { useRoom, useSession } from './room';
import type { Person } from './session/protocol';

function initials(user: string): string {
  const [one = '', two = ''] = user.split('@')[0]?.split(/[^\p{L}\p{N}]+/u) ?? [];
  return ((one[0] ?? '') + (two[0] ?? one[1] ?? '')).toUpperCase();
}

/** Who else has the notebook open. */
export function People() {
  const { author } = useRoom().session;
  const people = useSession((view) => view.people);
  const others = useMemo(() => people.filter((person) => person.client !== author), [people, author]);
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

/** Who else is in a cell whose text is not open here, so that no carets can be seen. */
export function Guests({ id }: { id: string }) {
  const { author } = useRoom().session;
  const people = useSession((view) => view.people);
  const here = people.filter((person) => person.cell === id && person.client !== author);
  if (here.length === 0) return null;
  return (
    <div className="cell-guests" style={{ '--hue': hueOf(here[0]?.user ?? '') } as React.CSSProperties}>
      {here.map((person) => (
        <span key={person.client}>{person.user} is here</span>
      ))}
    </div>
  );
}
