import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api } from '../api/client';
import { objectByIdQuery, objectQuery } from '../api/tree';
import { placeOf } from '../parts/places';
import { Loaded, Waiting } from '../parts/Waiting';
import { fromSplat } from '../parts/paths';

const NotebookPage = lazy(() => import('./NotebookPage').then((module) => ({ default: module.NotebookPage })));

/** Finds the notebook behind an address, and leaves everything else to its page. */
export function NotebookRoute() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const object = useQuery(objectQuery(path));
  return (
    <Loaded query={object}>
      {(found) =>
        found.object_type === 'NOTEBOOK' ? (
          <Suspense fallback={<Waiting />}>
            {object.isError && <Follow id={found.object_id} from={path} />}
            <NotebookPage key={path} path={path} objectId={found.object_id} api={api} />
          </Suspense>
        ) : (
          <Navigate {...(placeOf(found) as { to: string })} replace />
        )
      }
    </Loaded>
  );
}

/** Somebody has moved the notebook while it was open here: goes where it is now, after what was typed has been brought home. */
function Follow({ id, from }: { id: number; from: string }) {
  const found = useQuery(objectByIdQuery(String(id))).data;
  return found && found.path !== from ? <Navigate {...(placeOf(found) as { to: string })} replace /> : null;
}
