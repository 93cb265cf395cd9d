import { Button, Menu, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { sessionQuery } from '../api/session';
import { Chooser } from '../parts/PathInput';
import { nameOf } from '../parts/paths';
import { formatOf } from './fileTable';
import type { TableFile } from './TableFromFile';
import './catalog.css';

const TableFromFile = lazy(() => import('./TableFromFile').then((module) => ({ default: module.TableFromFile })));

interface Props {
  catalog?: string;
  schema?: string;
  /** The page, with the button where it wants it. */
  children: (button: ReactNode) => ReactNode;
}

/** A page on which tables are made of files: those that are dropped on it, and those that are chosen. */
export function FromFile({ catalog, schema, children }: Props) {
  const user = useQuery(sessionQuery).data?.user_name ?? '';
  const [file, setFile] = useState<TableFile>();
  const [browsing, setBrowsing] = useState(false);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const take = (chosen: File | undefined) => {
    if (chosen) setFile({ name: chosen.name, bytes: async () => new Uint8Array(await chosen.arrayBuffer()) });
  };
  const button = (
    <>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="File for a table"
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Menu>
        <Menu.Target>
          <Button size="xs" rightSection={<ChevronDown size={14} />}>
            Create table from file
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => chooser.current?.click()}>From this computer</Menu.Item>
          <Menu.Item onClick={() => setBrowsing(true)}>From the workspace</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
  return (
    <section
      className={over ? 'drop-table over' : 'drop-table'}
      aria-label="Catalog"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      {children(button)}
      {browsing && (
        <Modal opened onClose={() => setBrowsing(false)} title="Choose a CSV, JSON or Parquet file" size={480}>
          <Chooser
            path={`/Users/${user}/`}
            fits={({ object_type: type, path }) => type === 'FILE' && formatOf(path) !== undefined}
            choose={(path) => {
              setBrowsing(false);
              setFile({ name: nameOf(path), path });
            }}
          />
        </Modal>
      )}
      {file && (
        <Suspense>
          <TableFromFile file={file} catalog={catalog} schema={schema} close={() => setFile(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
