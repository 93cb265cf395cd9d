import { Button } from '@mantine/core';
import { Fault } from '../parts/Caught';

/** Where a page should be: it could not be loaded, or drawing it failed. The frame around it stays. */
export function PageFault({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div className="page">
      <Fault what="This page" error={error} retry={reset} />
      <p>
        <Button size="xs" variant="default" onClick={() => location.reload()}>
          Load the application anew
        </Button>
      </p>
    </div>
  );
}
