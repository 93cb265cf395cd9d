import { Button, Popover, Portal, Select, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, EyeOff, Pin, PinOff } from 'lucide-react';
import { useMemo, useState, type FormEvent } from 'react';
import type { Filter, Test } from '../order';
import { statistics } from '../statistics';
import { formatsOf } from '../formats';
import type { Kind, Table } from '../table';
import type { TableView } from '../views';

interface Props {
  grid: HTMLElement | null;
  table: Table;
  order: number[];
  column: string;
  view: TableView;
  change: (part: Partial<TableView>) => void;
  close: () => void;
}

const TESTS: { value: Test; label: string }[] = [
  { value: 'contains', label: 'contains' },
  { value: '=', label: '=' },
  { value: '<', label: '<' },
  { value: '>', label: '>' },
  { value: 'empty', label: 'is null' },
  { value: 'present', label: 'is not null' },
];

const count = new Intl.NumberFormat('en');

/** What can be done with one column: sort, pin, hide, filter; and what is in it. */
export function ColumnPanel({ grid, table, order, column: id, view, change, close }: Props) {
  const at = table.columns.findIndex((column) => column.id === id);
  const column = table.columns[at];
  const button = grid?.querySelector<HTMLElement>(`[data-column="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  const [where] = useState({ left: button?.left ?? 0, top: button?.bottom ?? 0 });
  if (!column) return null;
  const pinned = view.pinned.includes(id);
  const act = (part: Partial<TableView>) => {
    change(part);
    close();
  };
  return (
    <Popover opened withRoles={false} onChange={(open) => !open && close()} onClose={close} position="bottom-start" shadow="sm" trapFocus width={330} transitionProps={{ duration: 80 }}>
      {/* Outside of the cell: what a browser skips while it is out of sight is a frame of its own for fixed places. */}
      <Portal>
        <Popover.Target>
          <i className="grid-anchor" style={where} />
        </Popover.Target>
      </Portal>
      <Popover.Dropdown className="grid-panel" role="dialog" aria-label={`Column ${column.name}`}>
        <div className="grid-panel-actions">
          <Button size="compact-xs" variant="default" leftSection={<ArrowUp size={12} />} onClick={() => act({ sort: { column: id, down: false } })}>
            Ascending
          </Button>
          <Button size="compact-xs" variant="default" leftSection={<ArrowDown size={12} />} onClick={() => act({ sort: { column: id, down: true } })}>
            Descending
          </Button>
          <Button size="compact-xs" variant="default" leftSection={pinned ? <PinOff size={12} /> : <Pin size={12} />} onClick={() => act({ pinned: pinned ? view.pinned.filter((each) => each !== id) : [...view.pinned, id] })}>
            {pinned ? 'Unpin' : 'Pin left'}
          </Button>
          <Button size="compact-xs" variant="default" leftSection={<EyeOff size={12} />} onClick={() => act({ hidden: [...view.hidden, id] })}>
            Hide
          </Button>
        </div>
        <FilterForm column={id} numeric={column.kind === 'number' || column.kind === 'date'} filter={view.filters.find((filter) => filter.column === id)} set={(filter) => act({ filters: [...view.filters.filter((each) => each.column !== id), ...(filter ? [filter] : [])] })} />
        <FormatChoice kind={column.kind} format={view.formats[id] ?? ''} set={(format) => change({ formats: { ...view.formats, [id]: format } })} />
        <Facts table={table} order={order} at={at} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ column, numeric, filter, set }: { column: string; numeric: boolean; filter?: Filter; set: (filter?: Filter) => void }) {
  const [test, setTest] = useState<Test>(filter?.test ?? (numeric ? '=' : 'contains'));
  const [value, setValue] = useState(filter?.value ?? '');
  const bare = test === 'empty' || test === 'present';
  function submit(event: FormEvent) {
    event.preventDefault();
    set(bare || value !== '' ? { column, test, value: bare ? '' : value } : undefined);
  }
  return (
    <form className="grid-filter" onSubmit={submit}>
      <Select aria-label="Filter" data={TESTS} value={test} onChange={(next) => setTest(TESTS.find((each) => each.value === next)?.value ?? 'contains')} allowDeselect={false} w={bare ? 150 : 112} comboboxProps={{ withinPortal: false }} />
      {!bare && <TextInput aria-label="Value" className="grid-filter-value" placeholder="value" value={value} onChange={(event) => setValue(event.currentTarget.value)} data-autofocus />}
      <Button size="xs" type="submit">
        Filter
      </Button>
      {filter && (
        <Button size="xs" variant="default" onClick={() => set(undefined)}>
          Clear
        </Button>
      )}
    </form>
  );
}

function FormatChoice({ kind, format, set }: { kind: Kind; format: string; set: (format: string) => void }) {
  const choices = formatsOf(kind);
  if (choices.length === 0) return null;
  return (
    <Select
      className="grid-format"
      label="Shown as"
      data={choices}
      value={choices.some(({ value }) => value === format) ? format : ''}
      onChange={(next) => set(next ?? '')}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function Facts({ table, order, at }: { table: Table; order: number[]; at: number }) {
  const kind = table.columns[at]?.kind ?? 'text';
  const found = useMemo(() => statistics(order.map((row) => table.rows[row]?.[at]), kind), [table, order, at, kind]);
  const facts: [string, string | undefined][] = [
    ['Rows', count.format(found.count)],
    ['Null', `${count.format(found.nulls)}${found.count > 0 && found.nulls > 0 ? ` (${Math.round((100 * found.nulls) / found.count)} %)` : ''}`],
    ['Distinct', count.format(found.distinct)],
    ['Min', found.min],
    ['Max', found.max],
    ['Mean', found.mean === undefined ? undefined : String(Number(found.mean.toPrecision(6)))],
    ['Most frequent', found.top.length > 0 ? found.top.map(({ value, count: times }) => `${value || 'empty'} (${times})`).join(', ') : undefined],
  ];
  return (
    <dl className="grid-facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
