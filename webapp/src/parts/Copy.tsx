import { ActionIcon } from '@mantine/core';
import { Check, Copy as CopyIcon } from 'lucide-react';
import { useState } from 'react';

/** Copies a text; says so by a tick. */
export function Copy({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  }
  return (
    <ActionIcon size="xs" variant="subtle" color="gray" aria-label={label} title={label} onClick={() => void copy()}>
      {done ? <Check size={13} /> : <CopyIcon size={13} />}
    </ActionIcon>
  );
}

/** An id that people paste into terminals. */
export function Id({ value }: { value: string | number }) {
  return (
    <span className="id">
      <code>{value}</code>
      <Copy text={String(value)} label={`Copy ${value}`} />
    </span>
  );
}
