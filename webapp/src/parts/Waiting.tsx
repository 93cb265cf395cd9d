import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Caught } from './Caught';
import { ErrorNote } from './ErrorNote';

/** Grey bars, but only when there is really something to wait for. */
export function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="waiting" role="status" aria-label="Loading">
      <i />
      <i />
      <i />
    </div>
  );
}

/** What a query has found, or that it is under way, or why it failed. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <Caught what="This part of the page" of={query.data}>
        <Rendered data={query.data}>{children}</Rendered>
      </Caught>
    );
  }
  if (query.isError) return <Missing error={query.error} retry={() => void query.refetch()} />;
  return <Waiting />;
}

const ABOVE: Record<string, [string, string]> = {
  jobs: ['/jobs', 'Jobs & runs'],
  compute: ['/compute', 'Compute'],
  explore: ['/explore/data', 'Catalog'],
  workspace: ['/my-folder', 'Workspace'],
  notebook: ['/my-folder', 'Workspace'],
  file: ['/my-folder', 'Workspace'],
};

/** What went wrong, and the way to what is around it. */
function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  const above = ABOVE[location.pathname.split('/')[1] ?? ''];
  return (
    <>
      <ErrorNote error={error} retry={retry} />
      {above && (
        <p className="way-up">
          <a href={above[0]}>{above[1]}</a>
        </p>
      )}
    </>
  );
}

/** Drawn below the boundary that stands around it. */
function Rendered<T>({ data, children }: { data: T; children: (data: T) => ReactNode }) {
  return <>{children(data)}</>;
}
