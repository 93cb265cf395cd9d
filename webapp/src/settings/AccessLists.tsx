import { Button, Group, Select, Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keys } from '../api/keys';
import { accessListsQuery, createAccessList, deleteAccessList, enableAccessList, type AccessList } from '../api/rules';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';

const TYPES = [
  { value: 'ALLOW', label: 'Allow' },
  { value: 'BLOCK', label: 'Block' },
];

/** From where the workspace may be reached. */
export function AccessLists() {
  const lists = useQuery(accessListsQuery);
  const queries = useQueryClient();
  const { fail } = useDialogs();
  const change = (done: Promise<unknown>) => done.then(() => queries.invalidateQueries({ queryKey: keys.accessLists })).catch(fail);
  const columns: Column<AccessList>[] = [
    { name: 'Label', by: (list) => list.label, cell: (list) => list.label },
    { name: 'Type', by: (list) => list.list_type, cell: (list) => TYPES.find(({ value }) => value === list.list_type)?.label },
    { name: 'Addresses', cell: (list) => <code>{list.ip_addresses.join(', ')}</code> },
    {
      name: 'Acts',
      width: 70,
      cell: (list) => <Switch aria-label={`${list.label} acts`} checked={list.enabled} onChange={(event) => void change(enableAccessList(list.list_id, event.currentTarget.checked))} />,
    },
    {
      name: 'Actions',
      right: true,
      width: 90,
      cell: (list) => (
        <Button size="compact-xs" variant="default" aria-label={`Delete ${list.label}`} onClick={() => void change(deleteAccessList(list.list_id))}>
          Delete
        </Button>
      ),
    },
  ];
  return (
    <section>
      <h2>Addresses</h2>
      <NewList add={(label, type, addresses) => change(createAccessList(label, type, addresses))} />
      <Loaded query={lists}>
        {(all) => (
          <Table
            label="address lists"
            rows={all}
            columns={columns}
            id={(list) => list.list_id}
            empty={<p className="dim">There are no lists: the workspace can be reached from every address that reaches the server.</p>}
          />
        )}
      </Loaded>
    </section>
  );
}

function NewList({ add }: { add: (label: string, type: AccessList['list_type'], addresses: string[]) => Promise<unknown> }) {
  const [label, setLabel] = useState('');
  const [type, setType] = useState<string>('ALLOW');
  const [text, setText] = useState('');
  const addresses = text.split(/[\s,]+/).filter((each) => each !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add(label, type as AccessList['list_type'], addresses).then(() => {
      setLabel('');
      setText('');
    });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mb="sm">
        <TextInput label="Label" value={label} onChange={(event) => setLabel(event.currentTarget.value)} w={160} />
        <Select label="Type" data={TYPES} value={type} onChange={(next) => setType(next ?? 'ALLOW')} allowDeselect={false} w={100} />
        <TextInput label="Addresses and ranges" placeholder="192.0.2.0/24, 2001:db8::/32" value={text} onChange={(event) => setText(event.currentTarget.value)} w={320} />
        <Button size="xs" type="submit" disabled={!label.trim() || addresses.length === 0}>
          Add list
        </Button>
      </Group>
    </form>
  );
}
