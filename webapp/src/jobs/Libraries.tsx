import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { Library } from '../api/jobs';
import { libraryText } from './checks';

const KINDS = [
  { value: 'pypi', label: 'PyPI' },
  { value: 'whl', label: 'Wheel' },
  { value: 'jar', label: 'JAR' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const HINTS: Record<Kind, string> = { pypi: 'simplejson==3.19.3', whl: 'dbfs:/libraries/mine-1.0-py3-none-any.whl', jar: 'dbfs:/libraries/mine.jar' };

const kindOf = (library: Library): Kind => KINDS.map(({ value }) => value).find((kind) => library[kind] !== undefined) ?? 'pypi';

function written(kind: Kind, text: string, old: Library): Library {
  return kind === 'pypi' ? { pypi: { ...old.pypi, package: text } } : { [kind]: text };
}

interface Props {
  libraries: Library[];
  set: (libraries: Library[]) => void;
  error: (index: number) => string | undefined;
}

/** What a task needs beside what its cluster has. */
export function Libraries({ libraries, set, error }: Props) {
  const replace = (index: number, library: Library) => set(libraries.map((old, at) => (at === index ? library : old)));
  return (
    <fieldset className="pairs libraries">
      <legend>Libraries</legend>
      {libraries.map((library, index) => {
        const kind = kindOf(library);
        return (
          <div key={index} className="line">
            <Select
              aria-label={`Kind of library ${index + 1}`}
              data={KINDS.map((each) => ({ ...each }))}
              value={kind}
              onChange={(next) => next && replace(index, written(next as Kind, libraryText(library), {}))}
              allowDeselect={false}
            />
            <TextInput
              aria-label={`Library ${index + 1}`}
              placeholder={HINTS[kind]}
              value={libraryText(library)}
              onChange={(event) => replace(index, written(kind, event.currentTarget.value, library))}
              error={error(index)}
              spellCheck={false}
            />
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove library ${index + 1}`} onClick={() => set(libraries.filter((_, at) => at !== index))}>
              <X size={14} />
            </ActionIcon>
          </div>
        );
      })}
      <Button size="compact-xs" variant="default" leftSection={<Plus size={12} />} onClick={() => set([...libraries, { pypi: { package: '' } }])}>
        Add library
      </Button>
    </fieldset>
  );
}
