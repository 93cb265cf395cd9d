import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';

type Pair = readonly [string, string];

interface Props {
  label: string;
  hint?: string;
  start: Record<string, string>;
  set: (pairs: Record<string, string>) => void;
  /** Told whether a value has no name, or two have the same. */
  setWrong?: (wrong: boolean) => void;
  /** What one of them is called: `parameter`. */
  noun: string;
}

/** Names and values. Lines without a name are not taken; of two with the same name, the later one is. */
export function Pairs({ label, hint, start, set, setWrong, noun }: Props) {
  const [pairs, setPairs] = useState<Pair[]>(Object.entries(start));
  const change = (next: Pair[]) => {
    setPairs(next);
    setWrong?.(next.some((_, index) => problem(next, index) !== undefined));
    set(Object.fromEntries(next.map(([name, value]) => [name.trim(), value] as const).filter(([name]) => name !== '')));
  };
  const replace = (index: number, pair: Pair) => change(pairs.map((old, at) => (at === index ? pair : old)));
  return (
    <fieldset className="pairs">
      <legend>{label}</legend>
      {hint && <p className="dim">{hint}</p>}
      {pairs.map(([name, value], index) => (
        <div key={index} className="line">
          <TextInput
            aria-label={`Name of ${noun} ${index + 1}`}
            placeholder="name"
            value={name}
            error={problem(pairs, index)}
            onChange={(event) => replace(index, [event.currentTarget.value, value])}
          />
          <TextInput aria-label={`Value of ${noun} ${index + 1}`} placeholder="value" value={value} onChange={(event) => replace(index, [name, event.currentTarget.value])} />
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove ${noun} ${name || index + 1}`} onClick={() => change(pairs.filter((_, at) => at !== index))}>
            <X size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="default" leftSection={<Plus size={12} />} onClick={() => setPairs([...pairs, ['', '']])}>
        Add {noun}
      </Button>
    </fieldset>
  );
}

function problem(pairs: Pair[], index: number): string | undefined {
  const [name, value] = pairs[index] ?? ['', ''];
  if (name.trim() === '') return value === '' ? undefined : 'Give it a name';
  return pairs.findIndex(([other]) => other.trim() === name.trim()) < index ? 'This name is used twice' : undefined;
}
