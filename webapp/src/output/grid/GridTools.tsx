import { ActionIcon, Button, Checkbox, Menu, Popover, TextInput } from '@mantine/core';
import { ChevronDown, ChevronUp, Columns3, Download, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { save } from '../../parts/save';
import { csv, fileName, json, tsv } from '../copying';
import type { Match } from '../order';
import type { Column, Table } from '../table';
import type { TableView } from '../views';
import { useWholeResults } from '../whole';
import type { Place } from './selection';

interface Props {
  lead?: ReactNode;
  table: Table;
  label: string;
  view: TableView;
  change: (part: Partial<TableView>) => void;
  search: string;
  setSearch: (text: string) => void;
  found: Match[];
  active: Place;
  go: (place: Place) => void;
  copy: (headers: boolean) => void;
  /** What is shown, in its order. */
  all: () => { columns: Column[]; rows: unknown[][] };
}

const FORMATS = {
  csv: { name: 'CSV', type: 'text/csv', text: csv },
  tsv: { name: 'TSV', type: 'text/tab-separated-values', text: (columns: Column[], rows: unknown[][]) => `${tsv(columns, rows, true)}\n` },
  json: { name: 'JSON', type: 'application/json', text: json },
};

/** Search, columns, copying and downloads. */
export function GridTools(props: Props) {
  const { lead, label, copy, all } = props;
  const download = (format: keyof typeof FORMATS) => {
    const { columns, rows } = all();
    const { type, text } = FORMATS[format];
    save(new Blob([text(columns, rows)], { type }), fileName(label, format));
  };
  return (
    <div className="grid-tools">
      {lead}
      <span className="grid-space" />
      <SearchBox {...props} />
      <ColumnsMenu {...props} />
      <Menu>
        <Menu.Target>
          <ActionIcon size={26} variant="subtle" color="gray" aria-label="Copy or download" title="Copy or download">
            <Download size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setTimeout(() => copy(false))} rightSection={<kbd>Ctrl C</kbd>}>
            Copy selection
          </Menu.Item>
          <Menu.Item onClick={() => setTimeout(() => copy(true))} rightSection={<kbd>Ctrl Shift C</kbd>}>
            Copy with headers
          </Menu.Item>
          <Menu.Divider />
          {Object.entries(FORMATS).map(([format, { name }]) => (
            <Menu.Item key={format} onClick={() => download(format as keyof typeof FORMATS)}>
              Download {name}
            </Menu.Item>
          ))}
          <WholeItems {...props} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** The query runs again for these: they come unsorted and unfiltered. */
function WholeItems({ table, label }: Props) {
  const download = useWholeResults()?.download;
  const { result } = table;
  if (!download || !result) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>All rows, by running the query again</Menu.Label>
      <Menu.Item onClick={() => download(result, 'csv', fileName(label, 'csv'))}>Download all as CSV</Menu.Item>
      <Menu.Item onClick={() => download(result, 'json', fileName(label, 'json'))}>Download all as JSON</Menu.Item>
    </>
  );
}

const number = new Intl.NumberFormat('en');

/** Enter goes to the next cell that contains the text, Shift+Enter to the one before. */
function SearchBox({ search, setSearch, found, active, go, table }: Props) {
  const at = found.findIndex((match) => match.row === active.row && match.column === active.column);
  const after = (match: Match) => match.row > active.row || (match.row === active.row && match.column > active.column);
  function step(back: boolean) {
    const next = found.findIndex(after);
    const before = found.findLastIndex((match) => !after(match) && !(match.row === active.row && match.column === active.column));
    const to = back ? (found[before] ?? found.at(-1)) : (found[next] ?? found[0]);
    if (to) go(to);
  }
  return (
    <div className="grid-search">
      {search.trim() !== '' && (
        <>
          <small role="status" className="dim">
            {found.length === 0 ? 'no match' : at >= 0 ? `${number.format(at + 1)} of ${number.format(found.length)}` : `${number.format(found.length)} ${found.length === 1 ? 'match' : 'matches'}`}
          </small>
          <ActionIcon size={22} variant="subtle" color="gray" aria-label="Previous match" disabled={found.length === 0} onClick={() => step(true)}>
            <ChevronUp size={14} />
          </ActionIcon>
          <ActionIcon size={22} variant="subtle" color="gray" aria-label="Next match" disabled={found.length === 0} onClick={() => step(false)}>
            <ChevronDown size={14} />
          </ActionIcon>
        </>
      )}
      <TextInput
        aria-label="Search all cells"
        placeholder={`Search ${number.format(table.rows.length)} rows`}
        leftSection={<Search size={13} />}
        value={search}
        w={190}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey);
          if (event.key === 'Escape') setSearch('');
        }}
      />
    </div>
  );
}

function ColumnsMenu({ table, view, change }: Props) {
  const toggle = (id: string) => change({ hidden: view.hidden.includes(id) ? view.hidden.filter((each) => each !== id) : [...view.hidden, id] });
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus>
      <Popover.Target>
        <ActionIcon size={26} variant="subtle" color="gray" aria-label="Columns" title="Columns">
          <Columns3 size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="grid-columns" aria-label="Columns">
        <div className="grid-panel-actions">
          <Button size="compact-xs" variant="default" onClick={() => change({ hidden: [] })}>
            Show all
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => change({ hidden: table.columns.map(({ id }) => id) })}>
            Hide all
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => change({ hidden: [], pinned: [], widths: {}, filters: [], sort: undefined })}>
            Reset
          </Button>
        </div>
        <div className="grid-column-list">
          {table.columns.map(({ id, type }) => (
            <Checkbox
              key={id}
              size="xs"
              checked={!view.hidden.includes(id)}
              onChange={() => toggle(id)}
              label={
                <>
                  {id} <small className="dim">{type}</small>
                </>
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
