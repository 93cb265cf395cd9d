import { Button } from '@mantine/core';
import { addProfile } from '../api/instanceProfiles';
import { useDialogs } from '../parts/Dialogs';
import { useChange } from './useChange';

/** Clusters of this workspace may have the instance profile from then on. */
export function AddToWorkspace({ arn }: { arn: string }) {
  const change = useChange();
  const { fail } = useDialogs();
  return (
    <Button size="compact-xs" variant="default" onClick={() => void change(addProfile(arn)).catch(fail)}>
      Add to this workspace
    </Button>
  );
}
