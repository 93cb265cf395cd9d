import { Textarea } from '@mantine/core';
import { useState } from 'react';

interface Props<T> {
  label: string;
  value: T;
  set: (value: T) => void;
  /** Told whether the text is no JSON object at the moment. */
  setBroken?: (broken: boolean) => void;
}

/** An object as text that can be edited; what is written takes effect as soon as it is JSON. */
export function JsonText<T extends object>({ label, value, set, setBroken }: Props<T>) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [problem, setProblem] = useState('');
  function change(next: string) {
    setText(next);
    let found = '';
    try {
      const parsed = JSON.parse(next) as unknown;
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) set(parsed as T);
      else found = 'Write one JSON object.';
    } catch (failure) {
      found = failure instanceof Error ? failure.message : String(failure);
    }
    setProblem(found);
    setBroken?.(found !== '');
  }
  return (
    <Textarea
      aria-label={label}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      error={problem || undefined}
      autosize
      minRows={16}
      maxRows={40}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
    />
  );
}
