import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { onReach, reachable } from '../api/reach';
import { Fault } from '../parts/Caught';
import { Waiting } from '../parts/Waiting';
import { PageAway } from '../parts/lazyPage';

/** Where a page should be: it could not be loaded, or drawing it failed. The frame around it stays. */
export function PageFault({ error, reset }: { error: unknown; reset?: () => void }) {
  return error instanceof PageAway ? <Later /> : <Broken error={error} reset={reset} />;
}

/** The banner above says why. */
function Later() {
  useEffect(() => onReach(() => reachable() && location.reload()), []);
  return (
    <div className="page">
      <p className="dim">This page has not been loaded yet. It will appear when the server answers.</p>
      <Waiting />
    </div>
  );
}

function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div className="page">
      <Fault what="This page" error={error} retry={reset} />
      <p>
        <Button size="xs" variant="default" onClick={() => location.reload()}>
          Reload
        </Button>
      </p>
    </div>
  );
}
