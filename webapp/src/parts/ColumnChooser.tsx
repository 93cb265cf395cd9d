import { Button, Checkbox, Popover } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';

const place = (label: string) => `slipway-columns-${label}`;

/** The columns of a list that are hidden in this browser. */
export function useHidden(label: string): [string[], (hidden: string[]) => void] {
  const [hidden, setHidden] = useState<string[]>(() => (localStorage.getItem(place(label)) ?? '').split('\n').filter(Boolean));
  const set = (next: string[]) => {
    localStorage.setItem(place(label), next.join('\n'));
    setHidden(next);
  };
  return [hidden, set];
}

interface Props {
  /** Those that may be hidden. */
  names: string[];
  hidden: string[];
  set: (hidden: string[]) => void;
}

export function ColumnChooser({ names, hidden, set }: Props) {
  return (
    <Popover position="bottom-start" shadow="sm" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={13} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className="columns">
          <legend>Shown</legend>
          {names.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={name}
              checked={!hidden.includes(name)}
              onChange={(event) => set(event.currentTarget.checked ? hidden.filter((each) => each !== name) : [...hidden, name])}
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
