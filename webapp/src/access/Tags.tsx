import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { tag, untag, type Bounded } from '../api/iamChanges';
import type { Tag } from '../api/iamShapes';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import { Table } from '../parts/Table';
import { useChange } from './useChange';
import { useWho } from './who';

/** Tags, which policies may ask for. */
export function Tags({ kind, name, tags }: { kind: Bounded; name: string; tags: Tag[] }) {
  const { as } = useWho();
  const change = useChange();
  const { fail } = useDialogs();
  const columns: Column<Tag>[] = [
    { name: 'Key', cell: (each) => each.key },
    { name: 'Value', cell: (each) => each.value },
    {
      name: 'Actions',
      right: true,
      width: 110,
      cell: (each) => (
        <Button size="compact-xs" variant="default" aria-label={`Remove tag ${each.key}`} onClick={() => void change(untag(as, kind, name, each.key)).catch(fail)}>
          Remove
        </Button>
      ),
    },
  ];
  return (
    <section aria-label="Tags">
      <h2>Tags</h2>
      <p className="dim">
        Policies ask for them by <code>aws:PrincipalTag/key</code> and <code>iam:ResourceTag/key</code>.
      </p>
      <NewTag kind={kind} name={name} />
      {tags.length > 0 && <Table label="tags" rows={tags} columns={columns} id={(each) => each.key} />}
    </section>
  );
}

function NewTag({ kind, name }: { kind: Bounded; name: string }) {
  const { as } = useWho();
  const change = useChange();
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState<unknown>();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    try {
      await change(tag(as, kind, name, { key: key.trim(), value: value.trim() }));
      setKey('');
      setValue('');
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      <form className="tools bottom" onSubmit={(event) => void add(event)}>
        <TextInput label="Key" size="xs" value={key} onChange={(event) => setKey(event.currentTarget.value)} />
        <TextInput label="Value" size="xs" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        <Button size="xs" type="submit" disabled={key.trim() === ''}>
          Add tag
        </Button>
      </form>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}
