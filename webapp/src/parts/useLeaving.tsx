import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';

interface Leaving {
  /** To be shown on the page. */
  question: ReactNode;
  /** From now on nothing is lost. */
  allow: () => void;
}

/** Asks before the page is left while something on it is not saved. Another tab of the same page is no leaving. */
export function useLeaving(unsaved: boolean): Leaving {
  const allowed = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && !allowed.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved && !allowed.current,
    withResolver: true,
  });
  const question = blocker.status === 'blocked' && (
    <Modal opened onClose={blocker.reset} title="Leave without saving?" size={400}>
      <p>The changes on this page are not saved.</p>
      <Group justify="flex-end">
        <Button size="xs" variant="default" onClick={blocker.proceed}>
          Leave
        </Button>
        <Button size="xs" onClick={blocker.reset} data-autofocus>
          Stay
        </Button>
      </Group>
    </Modal>
  );
  return { question, allow: () => void (allowed.current = true) };
}
