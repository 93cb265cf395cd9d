import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { sessionQuery } from '../api/session';
import { folderQuery } from '../api/tree';
import { places } from '../parts/places';
import { Loaded } from '../parts/Waiting';

/** Where the workspace opens: the user's own folder, else the top. */
export function MyFolder() {
  const own = `/Users/${useQuery(sessionQuery).data?.user_name ?? ''}`;
  const users = useQuery(folderQuery('/Users'));
  return <Loaded query={users}>{(all) => <Navigate {...(places.folder(all.some(({ path }) => path === own) ? own : '/') as { to: string })} replace />}</Loaded>;
}
