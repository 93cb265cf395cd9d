import { ApiError, here, type Api } from '../../api/client';
import type { Socket, Wires } from './connection';

/** The socket of a notebook at the server that the page came from. */
export function wiresOf(objectId: number, path: string, api: Api): Wires {
  return {
    open: () => {
      const address = new URL(here(`/ui-api/notebooks/${objectId}/ws`), location.href);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      return new WebSocket(address) as Socket;
    },
    look: async () => {
      const found = await api.get<{ object_type: string }>('/api/2.0/workspace/get-status', { path }).catch((failure: unknown) => {
        // A server that is away or busy may come back.
        if (failure instanceof ApiError && failure.status >= 400 && failure.status < 500 && failure.status !== 429) throw failure;
      });
      if (found && found.object_type !== 'NOTEBOOK') throw new Error(`${path} is not a notebook any more.`);
    },
  };
}
