import { Button } from '@mantine/core';
import { useState } from 'react';
import { useDialogs } from '../parts/Dialogs';
import { useGo } from '../parts/Go';
import { places } from '../parts/places';
import { deleteNow, nameOf, stepsFor, type Doomed } from './deletion';
import { useRefresh } from './useChange';
import { useWho } from './who';

const WORDS: Record<Doomed['kind'], { called: string; tab: string }> = {
  User: { called: 'user', tab: 'users' },
  Group: { called: 'group', tab: 'groups' },
  Role: { called: 'role', tab: 'roles' },
  Policy: { called: 'policy', tab: 'policies' },
  InstanceProfile: { called: 'instance profile', tab: 'instance-profiles' },
};

/** Deletes the thing that a page is about. What hangs on it is said first, and taken off: IAM deletes nothing else. */
export function Delete({ doomed }: { doomed: Doomed }) {
  const { as } = useWho();
  const { ask, tell, fail } = useDialogs();
  const refresh = useRefresh();
  const go = useGo();
  const [looking, setLooking] = useState(false);
  const name = nameOf(doomed);
  const { called, tab } = WORDS[doomed.kind];
  const begin = async () => {
    const steps = await stepsFor(as, doomed);
    ask({
      title: `Delete ${called} ${name}?`,
      body:
        steps.length === 0 ? (
          <p>Nothing hangs on it.</p>
        ) : (
          <>
            <p>First, in this order:</p>
            <ol>
              {steps.map(({ says }) => (
                <li key={says}>{says}</li>
              ))}
            </ol>
          </>
        ),
      action: 'Delete',
      danger: true,
      run: async () => {
        try {
          for (const { run } of steps) await run();
          await deleteNow(as, doomed);
        } catch (failure) {
          void refresh();
          throw failure;
        }
        tell(`Deleted ${called} ${name}.`);
        await go(places.access(tab));
        void refresh();
      },
    });
  };
  const look = () => {
    setLooking(true);
    void begin()
      .catch(fail)
      .finally(() => setLooking(false));
  };
  return (
    <Button size="xs" variant="default" loading={looking} onClick={look}>
      Delete {called}
    </Button>
  );
}
