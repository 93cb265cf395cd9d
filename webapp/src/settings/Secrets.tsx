import { ActionIcon, Button, Group, PasswordInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { keys } from '../api/keys';
import { createScope, deleteScope, deleteSecret, putSecret, scopesQuery, secretsQuery, type Secret } from '../api/secrets';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { ErrorNote } from '../parts/ErrorNote';
import { Table } from '../parts/Table';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { SecretAcls } from './SecretAcls';

/** Scopes of secrets: what code needs and nobody should read. */
export function Secrets() {
  const scopes = useQuery(scopesQuery);
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const [scope, show] = useUrlState('scope', '');
  const changed = () => queries.invalidateQueries({ queryKey: keys.scopes });
  const create = () =>
    ask({
      title: 'New scope',
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (name) => {
        await createScope(name);
        await changed();
        show(name);
      },
    });
  const remove = () =>
    ask({
      title: `Delete scope ${scope}?`,
      body: <p>Its secrets are gone for good. Code and clusters that read them fail.</p>,
      action: 'Delete scope',
      danger: true,
      run: async () => {
        await deleteScope(scope);
        show('');
        await changed();
        tell(`Deleted ${scope}.`);
      },
    });
  return (
    <Loaded query={scopes}>
      {(all) => (
        <>
          <Group align="flex-end" mb="md">
            {all.length > 0 && (
              <Select label="Scope" searchable w={260} placeholder="Choose a scope" value={scope || null} onChange={(name) => show(name ?? '')} data={all.map(({ name }) => name)} />
            )}
            <Button size="xs" onClick={create}>
              Create scope
            </Button>
            {scope && (
              <Button size="xs" variant="default" onClick={remove}>
                Delete scope
              </Button>
            )}
          </Group>
          {all.length === 0 && (
            <Empty title="There are no scopes yet" command="databricks --profile slipway secrets create-scope jdbc">
              A scope holds secrets: passwords and keys that code reads by name and that no output shows.
            </Empty>
          )}
          {scope && <OneScope key={scope} scope={scope} />}
        </>
      )}
    </Loaded>
  );
}

function OneScope({ scope }: { scope: string }) {
  const secrets = useQuery(secretsQuery(scope));
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const remove = (key: string) =>
    ask({
      title: `Delete ${key}?`,
      body: <p>Its value is gone for good.</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deleteSecret(scope, key);
        await queries.invalidateQueries({ queryKey: keys.secrets(scope) });
      },
    });
  const columns: Column<Secret>[] = [
    { name: 'Key', by: (each) => each.key, cell: (each) => each.key },
    { name: 'Written', by: (each) => each.last_updated_timestamp, cell: (each) => <Age at={each.last_updated_timestamp} /> },
    { name: 'In Python', cell: (each) => <code>{`dbutils.secrets.get("${scope}", "${each.key}")`}</code> },
    {
      name: 'Actions',
      right: true,
      width: 90,
      cell: (each) => (
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Delete ${each.key}`} onClick={() => remove(each.key)}>
          <Trash2 size={14} />
        </ActionIcon>
      ),
    },
  ];
  return (
    <>
      <NewSecret scope={scope} />
      <Loaded query={secrets}>
        {(all) => <Table label="secrets" rows={all} columns={columns} id={(each) => each.key} text={(each) => each.key} empty={<p className="dim">This scope has no secrets yet.</p>} />}
      </Loaded>
      <SecretAcls scope={scope} />
    </>
  );
}

function NewSecret({ scope }: { scope: string }) {
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [error, fail] = useState<unknown>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    putSecret(scope, key, value)
      .then(() => {
        setKey('');
        setValue('');
        fail(undefined);
        return queries.invalidateQueries({ queryKey: keys.secrets(scope) });
      })
      .catch(fail);
  };
  return (
    <>
      <form className="tools bottom" onSubmit={submit}>
        <TextInput label="Key" value={key} onChange={(event) => setKey(event.currentTarget.value)} w={200} />
        <PasswordInput label="Value" value={value} onChange={(event) => setValue(event.currentTarget.value)} w={260} autoComplete="off" />
        <Button size="xs" type="submit" disabled={!key || !value}>
          Write secret
        </Button>
      </form>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}
