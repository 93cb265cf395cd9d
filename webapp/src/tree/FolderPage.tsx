import './tree.css';
import { Button, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Go, useGo } from '../parts/Go';
import { keys } from '../api/keys';
import { sessionQuery } from '../api/session';
import { folderQuery, importObject, mkdirs, type WorkspaceObject } from '../api/tree';
import { placeOf, places } from '../parts/places';
import { Age } from '../parts/Age';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Page } from '../parts/Page';
import { words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';
import { arrivals, decide, objectPath, store, takenAmong, unpackedAll, type Arrival, type Incoming } from './arrivals';
import { FolderTree } from './FolderTree';
import { ObjectIcon } from '../parts/ObjectIcon';
import { ObjectMenu } from './ObjectMenu';
import { Taken, type Choice } from './Taken';
import { NEW_NOTEBOOKS, useNewNotebook } from '../parts/newNotebook';
import { childOf, fromSplat, nameOf } from '../parts/paths';
import { Trail } from '../parts/Trail';

const COLUMNS: Column<WorkspaceObject>[] = [
  {
    name: 'Name',
    // Folders before what is in them.
    by: (object) => `${object.object_type === 'DIRECTORY' ? 0 : 1} ${nameOf(object.path).toLowerCase()}`,
    cell: (object) => (
      <span className="cell-name">
        <ObjectIcon object={object} />
        <Go place={placeOf(object)}>{nameOf(object.path)}</Go>
      </span>
    ),
  },
  { name: 'Kind', width: 160, by: (object) => object.object_type, cell: (object) => (object.language ? `${words(object.language)} notebook` : words(object.object_type)) },
  { name: 'Size', width: 100, right: true, by: (object) => object.size ?? -1, cell: (object) => (object.size === undefined ? '' : bytes(object.size)) },
  { name: 'Changed', width: 140, by: (object) => object.modified_at ?? 0, cell: (object) => (object.object_type === 'DIRECTORY' ? '' : <Age at={object.modified_at} />) },
  { name: 'Actions', width: 70, right: true, cell: (object) => <ObjectMenu object={object} /> },
];

/** One folder of the workspace beside the tree of all. Files that are dropped here are imported. */
export function FolderPage() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const go = useGo();
  const user = useQuery(sessionQuery).data?.user_name ?? '';
  const objects = useQuery(folderQuery(path));
  const drop = useDrop(path);
  return (
    <div className="split">
      <FolderTree path={path} home={`/Users/${user}`} />
      <section className={drop.over ? 'drop over' : 'drop'} aria-label="Folder" {...drop.handlers}>
        <Page title={path === '/' ? 'Workspace' : nameOf(path)} crumbs={<Trail path={path} />} actions={<Create folder={path} bringFiles={drop.take} />} wide>
          {drop.question}
          <Loaded query={objects}>
            {(rows) => (
              <Table
                label="objects"
                rows={foldersFirst(rows)}
                columns={COLUMNS}
                id={(object) => object.path}
                text={(object) => nameOf(object.path)}
                open={(object) => void go(placeOf(object))}
                empty={
                  <Empty title="This folder is empty" command={`databricks --profile slipway workspace import-dir ./notebooks "${path}"`}>
                    Create a notebook, or drop .py, .sql, .scala, .r, .ipynb or .zip files, or a whole folder, here. In a terminal:
                  </Empty>
                }
              />
            )}
          </Loaded>
        </Page>
      </section>
    </div>
  );
}

const byName = new Intl.Collator(undefined, { numeric: true });

const foldersFirst = (objects: WorkspaceObject[]) =>
  [...objects].sort((a, b) => Number(b.object_type === 'DIRECTORY') - Number(a.object_type === 'DIRECTORY') || byName.compare(nameOf(a.path), nameOf(b.path)));

/** Files from the desktop. */
function useDrop(folder: string) {
  const queries = useQueryClient();
  const { tell, fail } = useDialogs();
  const [over, setOver] = useState(false);
  const [asked, setAsked] = useState<{ files: Incoming[]; taken: Set<string> }>();
  async function put(files: Incoming[], taken: Set<string>, choice: Choice) {
    setAsked(undefined);
    try {
      const count = await store(decide(files, taken, choice));
      const left = files.length - count;
      tell(`Imported ${count} ${count === 1 ? 'file' : 'files'}${left > 0 ? `, skipped ${left}` : ''}.`);
    } catch (failure) {
      fail(failure);
    }
    await queries.invalidateQueries({ queryKey: keys.tree });
  }
  async function take(files: Promise<Arrival[]>) {
    try {
      const all = await unpackedAll(await files);
      const taken = await takenAmong(all);
      if (all.some((each) => taken.has(objectPath(each)))) setAsked({ files: all, taken });
      else await put(all, taken, 'skip');
    } catch (failure) {
      fail(failure);
    }
  }
  const question = asked && (
    <Taken
      names={asked.files.filter((each) => asked.taken.has(objectPath(each))).map(({ path }) => nameOf(path))}
      choose={(choice) => void put(asked.files, asked.taken, choice)}
      close={() => setAsked(undefined)}
    />
  );
  const handlers = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      void take(arrivals(event.dataTransfer.items, folder));
    },
  };
  return { over, handlers, take, question };
}

function Create({ folder, bringFiles }: { folder: string; bringFiles: (files: Promise<Arrival[]>) => Promise<void> }) {
  const queries = useQueryClient();
  const go = useGo();
  const { ask } = useDialogs();
  const notebook = useNewNotebook();
  const chooser = useRef<HTMLInputElement>(null);
  const make = (title: string, value: string, run: (path: string) => Promise<unknown>) =>
    ask({
      title: `New ${title}`,
      action: 'Create',
      text: { label: 'Name', value },
      run: async (name) => {
        await run(childOf(folder, name));
        await queries.invalidateQueries({ queryKey: keys.tree });
      },
    });
  const chosen = (files: FileList | null) => {
    if (files?.length) void bringFiles(Promise.resolve([...files].map((file) => ({ file, path: childOf(folder, file.name) }))));
  };
  return (
    <>
      <input ref={chooser} type="file" multiple hidden aria-label="Files to import" onChange={(event) => chosen(event.currentTarget.files)} />
      <Button size="xs" variant="default" onClick={() => chooser.current?.click()}>
        Import
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" rightSection={<ChevronDown size={14} />}>
            Create
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {NEW_NOTEBOOKS.map((kind) => (
            <Menu.Item key={kind.language} onClick={() => notebook(kind, folder)}>
              {kind.title}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() =>
              make('file', 'notes.txt', async (path) => {
                await importObject({ path, content: new Uint8Array(), format: 'AUTO' });
                await go(places.file(path));
              })
            }
          >
            File
          </Menu.Item>
          <Menu.Item onClick={() => make('folder', '', (path) => mkdirs(path))}>Folder</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
