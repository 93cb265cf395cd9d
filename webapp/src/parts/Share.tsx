import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Shared } from '../api/permissions';

const ShareDialog = lazy(() => import('./ShareDialog').then((module) => ({ default: module.ShareDialog })));

/** The button that opens who may do what with a thing. */
export function ShareButton({ thing, name }: { thing: Shared; name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Share
      </Button>
      {open && <Share thing={thing} name={name} close={() => setOpen(false)} />}
    </>
  );
}

/** Who may do what with a thing; its script comes when it is first opened. */
export const Share = (props: { thing: Shared; name: string; close: () => void }) => (
  <Suspense>
    <ShareDialog {...props} />
  </Suspense>
);
