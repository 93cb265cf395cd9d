import { Modal, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Cpu, File, Folder, NotebookText, Search as Glass, Table2, Workflow, type LucideIcon } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useGo } from '../parts/Go';
import { searchQuery, type Hit } from '../api/find';
import { placeOf, places, type Place } from '../parts/places';
import { commandKey, useShortcut } from '../parts/keyboard';

const ICONS: Record<Hit['kind'], LucideIcon> = {
  cluster: Cpu,
  job: Workflow,
  directory: Folder,
  notebook: NotebookText,
  file: File,
  table: Table2,
};

const PAGES: [string, Place][] = [
  ['Compute', places.compute],
  ['Create a cluster', places.newCluster()],
  ['Workspace', places.folder('')],
  ['Jobs', places.jobs()],
  ['Runs', places.jobs('runs')],
  ['Catalog', places.catalog()],
  ['Access tokens', places.settings('tokens')],
];

function place(hit: Hit): Place {
  switch (hit.kind) {
    case 'cluster':
      return places.cluster(hit.id);
    case 'job':
      return places.job(hit.id);
    case 'table':
      return places.catalog(...hit.id.split('.'));
    default:
      return placeOf({ object_type: hit.kind, path: hit.id });
  }
}

/** Finds everything by name, from every page. */
export function Search() {
  const [opened, { open, close }] = useDisclosure();
  useShortcut('mod+k', open);
  return (
    <>
      <UnstyledButton className="search-button" onClick={open}>
        <Glass size={14} aria-hidden="true" /> Search
        <kbd>{commandKey} K</kbd>
      </UnstyledButton>
      <Modal opened={opened} onClose={close} withCloseButton={false} padding={0} size={560} yOffset="12vh" centered={false} attributes={{ content: { 'aria-label': 'Search everything' } }}>
        <SearchBox close={close} />
      </Modal>
    </>
  );
}

function SearchBox({ close }: { close: () => void }) {
  const go = useGo();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(text, 120);
  const hits = useQuery(searchQuery(asked));
  const pages = PAGES.filter(([name]) => name.toLowerCase().includes(text.toLowerCase())).map(([name, to]) => ({ name, to, detail: 'page', Icon: undefined }));
  const found = text.trim() === '' ? [] : (hits.data ?? []).map((hit) => ({ name: hit.name, to: place(hit), detail: hit.detail, Icon: ICONS[hit.kind] }));
  const rows = [...found, ...pages];
  const chosen = Math.min(at, rows.length - 1);

  function open(index: number) {
    const row = rows[index];
    if (!row) return;
    close();
    void go(row.to);
  }
  function key(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(rows.length - 1, chosen + step)));
    } else if (event.key === 'Enter') {
      open(chosen);
    }
  }
  return (
    <div className="search">
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="search-hits"
        aria-activedescendant={`hit-${chosen}`}
        aria-label="Search"
        placeholder="Notebooks, clusters, jobs, tables ..."
        value={text}
        data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div id="search-hits" role="listbox" aria-label="Found">
        {rows.map((row, index) => (
          <button
            key={`${row.name} ${row.detail} ${index}`}
            id={`hit-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => open(index)}
            onMouseMove={() => setAt(index)}
          >
            {row.Icon && <row.Icon size={14} aria-hidden="true" />}
            <span>{row.name}</span>
            <small>{row.detail}</small>
          </button>
        ))}
        {rows.length === 0 && <p className="dim">{hits.isFetching ? 'Searching ...' : 'Nothing has this in its name.'}</p>}
      </div>
    </div>
  );
}
