import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { SPANS } from './auditSpan';

/** The filters of the page, as they stand in its address. */
export interface Chosen {
  span: string;
  actor: string;
  action: string;
  outcome: string;
  address: string;
  text: string;
}

const OUTCOMES = [
  { value: '', label: 'All' },
  { value: 'ok', label: 'Ok' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
  { value: 'unknown', label: 'No end' },
];
const TEXTS = [
  { key: 'actor', label: 'Who', placeholder: 'user name', width: 190 },
  { key: 'action', label: 'What', placeholder: 'clusters or clusters/create', width: 190 },
  { key: 'text', label: 'On what', placeholder: 'name, path or id', width: 170 },
  { key: 'address', label: 'From', placeholder: 'address', width: 130 },
] as const;

export function AuditFilters({ chosen, change }: { chosen: Chosen; change: (to: Partial<Chosen>) => void }) {
  // What is typed counts with Enter; what stands in the address was chosen elsewhere and replaces it.
  const [typed, setTyped] = useState<Partial<Chosen>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(typed);
    setTyped({});
  };
  const some = TEXTS.some(({ key }) => chosen[key] !== '') || chosen.outcome !== '';
  return (
    <form className="tools bottom" role="search" aria-label="Filter the audit log" onSubmit={submit}>
      <Select
        label="Time"
        w={120}
        data={Object.entries(SPANS).map(([value, { label }]) => ({ value, label }))}
        value={chosen.span}
        allowDeselect={false}
        onChange={(span) => change({ span: span ?? '24h' })}
      />
      {TEXTS.map(({ key, label, placeholder, width }) => (
        <TextInput
          key={key}
          label={label}
          placeholder={placeholder}
          w={width}
          value={typed[key] ?? chosen[key]}
          onChange={(event) => {
            const value = event.currentTarget.value;
            setTyped((old) => ({ ...old, [key]: value }));
          }}
          onBlur={() => {
            change(typed);
            setTyped({});
          }}
        />
      ))}
      <SegmentedControl size="xs" aria-label="Outcome" data={OUTCOMES} value={chosen.outcome} onChange={(outcome) => change({ outcome })} />
      <button type="submit" hidden />
      {some && (
        <Button size="xs" variant="default" onClick={() => change({ actor: '', action: '', outcome: '', address: '', text: '' })}>
          Clear
        </Button>
      )}
    </form>
  );
}
