import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Change } from '../api/changes';
import { here, shownWorkspace } from '../api/client';
import { staleAfter } from './areas';

const CHANNEL = 'slipway-changes';

/**
 * Makes stale what the server says has changed. Browsers keep six connections to a server, so only one tab listens and tells the
 * others; where tabs cannot agree on one (no Web Locks), each listens.
 */
export function useChanges(signedIn: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!signedIn) return undefined;
    const name = `${CHANNEL}-${shownWorkspace()}`;
    const channel = new BroadcastChannel(name);
    const stop = new AbortController();
    const apply = (change: Change) => {
      staleAfter(change).forEach((queryKey) => void queries.invalidateQueries({ queryKey }));
    };
    channel.onmessage = (event: MessageEvent<Change>) => apply(event.data);

    const listen = () =>
      new Promise<void>((resolve) => {
        const stream = new EventSource(here('/ui-api/events'));
        stream.onmessage = (event: MessageEvent<string>) => {
          const change = JSON.parse(event.data) as Change;
          apply(change);
          channel.postMessage(change);
        };
        stop.signal.addEventListener('abort', () => {
          stream.close();
          resolve();
        });
      });
    if ('locks' in navigator) {
      navigator.locks.request(name, { signal: stop.signal }, listen).catch(() => {});
    } else {
      void listen();
    }
    return () => {
      stop.abort();
      channel.close();
    };
  }, [queries, signedIn]);
}
