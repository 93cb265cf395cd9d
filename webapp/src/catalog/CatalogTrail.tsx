import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Go } from '../parts/Go';
import { places } from '../parts/places';

/** What a securable lies in. */
export function CatalogTrail({ names }: { names: string[] }) {
  return (
    <>
      <Link to="/explore/data">Catalog</Link>
      {names.map((name, index) => (
        <Fragment key={name}>
          {' / '}
          <Go place={places.catalog(...names.slice(0, index + 1))}>{name}</Go>
        </Fragment>
      ))}
    </>
  );
}
