import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { onReach, reachable, told } from '../api/reach';

const AGAIN = 2500;

/** Says on every page that the server does not answer, and brings everything up to date when it does again. */
export function Away() {
  const there = useSyncExternalStore(onReach, reachable);
  const queries = useQueryClient();
  useEffect(() => {
    if (there) return undefined;
    const timer = setInterval(() => void fetch('/ui-api/session').then(() => told(true), () => {}), AGAIN);
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries();
    };
  }, [there, queries]);
  if (there) return null;
  return (
    <div className="away" role="alert">
      <CloudOff size={15} aria-hidden="true" />
      <p>
        <b>No connection to the server.</b> What you see may be out of date. This page goes on by itself when the server answers again: <code>./slipway status</code>
      </p>
    </div>
  );
}
