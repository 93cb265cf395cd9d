import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { objectByIdQuery } from '../api/tree';
import { placeOf } from '../parts/places';
import { Loaded } from '../parts/Waiting';

/** Addresses of old clients name an object by its number: leads to its page. */
export function ObjectPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const object = useQuery(objectByIdQuery(id));
  return <Loaded query={object}>{(found) => <Navigate {...(placeOf(found) as { to: string })} replace />}</Loaded>;
}
