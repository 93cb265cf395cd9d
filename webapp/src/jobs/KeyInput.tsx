import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { keyProblem } from './checks';

interface Props {
  label: string;
  value: string;
  others: string[];
  noun: string;
  set: (key: string) => void;
}

/** A key that others refer to: what is typed counts only once it is one that can be used. */
export function KeyInput({ label, value, others, noun, set }: Props) {
  const [text, setText] = useState(value);
  const problem = keyProblem(text, others, noun);
  return (
    <TextInput
      label={label}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        if (!keyProblem(next, others, noun)) set(next);
      }}
      onBlur={() => setText(value)}
      error={problem ? `${problem} Until then it stays ${value}.` : undefined}
      spellCheck={false}
    />
  );
}
