import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSignedOut } from '../api/client';
import { keys } from '../api/keys';
import { sessionQuery } from '../api/session';
import { ErrorNote } from '../parts/ErrorNote';
import { Away } from './Away';
import { Header } from './Header';
import { Rail } from './Rail';
import { Shortcuts } from './Shortcuts';
import { useChanges } from './changes';

/** The frame of every page; shows the sign-in page instead while nobody is signed in. */
export function Shell() {
  const queries = useQueryClient();
  const session = useQuery(sessionQuery);
  const { pathname, href } = useLocation();

  useEffect(() => onSignedOut(() => queries.setQueryData(keys.session, null)), [queries]);
  useChanges(Boolean(session.data));

  if (session.isPending) return null;
  if (session.isError) {
    return (
      <main className="sign-in">
        <ErrorNote error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  }
  if (pathname === '/sign-in') return <Outlet />;
  if (!session.data) return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header session={session.data} />
      <Rail />
      <main id="main" className="main" tabIndex={-1}>
        <Away />
        <Outlet />
      </main>
      <Shortcuts />
    </div>
  );
}
