import { Button, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  /** Keys that the policies ask for; not known yet, or not told. */
  asked: string[] | undefined;
  values: Record<string, string[]>;
  set: (values: Record<string, string[]>) => void;
}

/** What conditions ask about besides action and resource. */
export function ContextFields({ asked, values, set }: Props) {
  const [key, setKey] = useState('');
  const keys = [...new Set([...(asked ?? []), ...Object.keys(values)])];
  const add = () => {
    set({ ...values, [key.trim()]: [] });
    setKey('');
  };
  return (
    <fieldset className="context-keys">
      <legend>where</legend>
      <p className="dim">{words(asked)}</p>
      {keys.map((each) => (
        <TagsInput key={each} label={each} placeholder={(values[each] ?? []).length === 0 ? 'not told' : ''} size="xs" data={[]} splitChars={[]} value={values[each] ?? []} onChange={(next) => set({ ...values, [each]: next })} />
      ))}
      <div className="tools bottom">
        <TextInput label="Another key" placeholder="aws:SourceIp" size="xs" value={key} onChange={(event) => setKey(event.currentTarget.value)} />
        <Button size="xs" variant="default" disabled={key.trim() === '' || keys.includes(key.trim())} onClick={add}>
          Add
        </Button>
      </div>
    </fieldset>
  );
}

function words(asked: string[] | undefined): string {
  if (!asked) return 'What conditions may ask about besides.';
  return asked.length > 0 ? 'Conditions of its policies ask for these; what is left empty is not told.' : 'No condition of its policies asks for anything.';
}
