import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { ApiError } from '../api/client';

/** What went wrong, in the server's words, with what a support request needs. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div className="error-note" role="alert">
      <CircleX size={16} aria-hidden="true" />
      <div>
        <p>{error instanceof Error ? error.message : String(error)}</p>
        {known && (
          <small>
            {known.code}
            {known.requestId && ` · request ${known.requestId}`}
          </small>
        )}
      </div>
      {retry && (
        <Button size="compact-xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
