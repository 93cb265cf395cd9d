import { Button } from '@mantine/core';
import { setActive, type Entry, type EntryKind } from '../api/people';
import { useDialogs } from '../parts/Dialogs';
import { useChange } from './useChange';

/** Who is not active stays in the list and can do nothing. */
export function Activity({ kind, entry, name }: { kind: EntryKind; entry: Entry; name: string }) {
  const { ask, fail } = useDialogs();
  const change = useChange();
  const active = entry.active ?? true;
  const turn = () => {
    if (!active) {
      void change(setActive(kind, entry.id, true)).catch(fail);
      return;
    }
    ask({
      title: `Deactivate ${name}?`,
      body: <p>Sessions end, tokens and schedules do not work until you activate {name} again.</p>,
      action: 'Deactivate',
      danger: true,
      run: () => change(setActive(kind, entry.id, false)),
    });
  };
  return (
    <Button size="compact-xs" variant="default" aria-label={`${active ? 'Deactivate' : 'Activate'} ${name}`} onClick={turn}>
      {active ? 'Deactivate' : 'Activate'}
    </Button>
  );
}
