import { Age } from '../parts/Age';
import { Go } from '../parts/Go';
import { places, type Place } from '../parts/places';
import type { Attached, Inline } from '../api/iamShapes';

/** A moment as IAM tells it. */
export function At({ time, never = 'never' }: { time: string | undefined; never?: string }) {
  return time ? <Age at={Date.parse(time)} /> : <span className="dim">{never}</span>;
}

/** Policies of somebody: those with a name of their own lead to their pages, others are dim. */
export function PolicyNames({ attached, inline }: { attached: Attached[]; inline: Inline[] }) {
  if (attached.length + inline.length === 0) return <span className="dim">none</span>;
  return (
    <>
      {attached.map(({ name, arn }, index) => (
        <span key={arn}>
          {index > 0 && ', '}
          <Go place={places.iamPolicy(arn)}>{name}</Go>
        </span>
      ))}
      {inline.map(({ name }, index) => (
        <span key={name} className="dim" title="inline">
          {index + attached.length > 0 && ', '}
          {name}
        </span>
      ))}
    </>
  );
}

/** Links to things, told apart by commas. */
export function Links({ names, place, none = 'none' }: { names: string[]; place: (name: string) => Place; none?: string }) {
  if (names.length === 0) return <span className="dim">{none}</span>;
  return (
    <>
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Go place={place(name)}>{name}</Go>
        </span>
      ))}
    </>
  );
}

export const HOLDER_PLACES = { User: places.iamUser, Group: places.iamGroup, Role: places.iamRole };
