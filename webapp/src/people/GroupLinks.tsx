import type { Entry } from '../api/people';
import { Go } from '../parts/Go';
import { places } from '../parts/places';

/** The groups in which somebody is, by name; those through other groups are dim. Everybody is in `users`. */
export function GroupLinks({ entry }: { entry: Entry }) {
  const groups = (entry.groups ?? []).filter(({ display }) => display !== 'users').sort((a, b) => a.display.localeCompare(b.display));
  return groups.map(({ value, display, type }, index) => (
    <span key={value} className={type === 'indirect' ? 'dim' : undefined} title={type === 'indirect' ? 'through another group' : undefined}>
      {index > 0 && ', '}
      <Go place={places.group(value)}>{display}</Go>
    </span>
  ));
}
