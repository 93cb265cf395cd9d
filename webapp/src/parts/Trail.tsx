import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Go } from './Go';
import { places } from './places';
import { parentOf, steps } from './paths';

/** The folders above something. */
export function Trail({ path }: { path: string }) {
  return (
    <>
      <Link to="/workspace">Workspace</Link>
      {steps(path === '/' ? '' : parentOf(path)).map(([name, place]) => (
        <Fragment key={place}>
          {' / '}
          <Go place={places.folder(place)}>{name}</Go>
        </Fragment>
      ))}
    </>
  );
}
