import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isObject, withoutNulls } from './shape';

interface Props<T> {
  label: string;
  value: T;
  set: (value: T) => void;
  /** Told whether what is written cannot be taken at the moment. */
  setBroken?: (broken: boolean) => void;
  /** Why the forms beside the text could not show an object; empty if they can. */
  check?: (value: object) => string;
}

/** Tabs beside a text that cannot be taken: what is written there would be lost behind them. */
export const closedWhile = (broken: boolean) => (broken ? { disabled: true, title: 'Correct the JSON first' } : {});

/** An object that a text means, without what is null; or why it cannot be taken. */
export function readJson(text: string, check: (value: object) => string = () => ''): { value?: object; problem: string } {
  try {
    const value = withoutNulls(JSON.parse(text) as unknown);
    if (!isObject(value)) return { problem: 'Write one JSON object.' };
    const problem = check(value);
    return problem ? { problem } : { value, problem };
  } catch (failure) {
    return { problem: failure instanceof Error ? failure.message : String(failure) };
  }
}

/** An object as text that can be edited; what is written takes effect as soon as it is JSON that the forms can show. */
export function JsonText<T extends object>({ label, value, set, setBroken, check }: Props<T>) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [problem, setProblem] = useState('');
  // The tab is left by the address only, while the text cannot be taken.
  useEffect(() => () => setBroken?.(false), [setBroken]);
  function change(next: string) {
    setText(next);
    const read = readJson(next, check);
    setProblem(read.problem);
    setBroken?.(read.problem !== '');
    if (read.value) set(read.value as T);
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
