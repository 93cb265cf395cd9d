import { Button, Checkbox, TextInput } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { File, FolderClosed } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createFolder, folderPages, type Listed } from '../api/awsObjects';
import { keys } from '../api/keys';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { ErrorNote } from '../parts/ErrorNote';
import { Go, useGo } from '../parts/Go';
import { places, type Place } from '../parts/places';
import { Table } from '../parts/Table';
import { bytes } from '../parts/time';
import { useUrlState } from '../parts/urlState';
import { Waiting } from '../parts/Waiting';
import { DeleteChosen } from './DeleteChosen';
import { Drop } from './Drop';

/** A folder, which is nothing but what the keys in it have in common, or an object. */
type Row = { name: string; key: string; object?: Listed };

interface Props {
  as: string;
  bucket: string;
  prefix: string;
  /** The object that is shown beside. */
  chosen: string;
}

export function FolderView({ as, bucket, prefix, chosen }: Props) {
  const [begins, setBegins] = useUrlState('begins', '');
  const found = useInfiniteQuery({ ...folderPages(as, bucket, prefix + begins), placeholderData: keepPreviousData });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<string[]>([]);
  const go = useGo();
  const rows = useMemo(() => rowsOf(found.data?.pages ?? [], prefix), [found.data, prefix]);
  const place = (row: Row): Place => {
    if (!row.object) return places.storage(bucket, row.key);
    const beside = places.storage(bucket, prefix, row.key);
    // What is searched for stays.
    return begins ? { ...beside, search: { ...beside.search, begins } } : beside;
  };
  const mark = (key: string, is: boolean) => setMarked((old) => new Set(is ? [...old, key] : [...old].filter((each) => each !== key)));
  const there = rows.filter(({ key }) => marked.has(key)).map(({ key }) => key);

  const columns: Column<Row>[] = [
    {
      name: 'Name',
      // Folders before objects.
      by: ({ name, object }) => `${object ? 1 : 0} ${name.toLowerCase()}`,
      cell: (row) => (
        <span className="object-name">
          <Checkbox size="xs" aria-label={`Choose ${row.name}`} checked={marked.has(row.key)} onChange={(event) => mark(row.key, event.currentTarget.checked)} />
          {row.object ? <File size={14} aria-hidden="true" /> : <FolderClosed size={14} aria-hidden="true" />}
          <Go place={place(row)} className={row.key === chosen ? 'chosen' : undefined}>
            {row.name}
          </Go>
        </span>
      ),
    },
    { name: 'Size', width: 100, right: true, by: ({ object }) => object?.size ?? -1, cell: ({ object }) => (object ? bytes(object.size) : '') },
  ];
  if (!chosen) {
    columns.push(
      { name: 'Class', width: 130, by: ({ object }) => object?.storageClass ?? '', cell: ({ object }) => <span className="dim">{object?.storageClass.toLowerCase()}</span> },
      { name: 'Changed', width: 140, by: ({ object }) => object?.modified ?? 0, cell: ({ object }) => (object ? <Age at={object.modified} /> : '') },
    );
  }

  return (
    <Drop as={as} bucket={bucket} prefix={prefix}>
      {(upload) => (
        <>
          <div className="tools">
            <Search begins={begins} set={setBegins} />
            {upload}
            <NewFolder as={as} bucket={bucket} prefix={prefix} />
            {rows.length > 0 && (
              <Checkbox
                size="xs"
                label="Choose all shown"
                checked={there.length === rows.length}
                indeterminate={there.length > 0 && there.length < rows.length}
                onChange={(event) => setMarked(new Set(event.currentTarget.checked ? rows.map(({ key }) => key) : []))}
              />
            )}
            {there.length > 0 && (
              <Button size="xs" variant="default" onClick={() => setDeleting(there)}>
                Delete {there.length} chosen
              </Button>
            )}
          </div>
          {found.isPending && <Waiting />}
          {found.error && !found.data && <ErrorNote error={found.error} retry={() => void found.refetch()} />}
          {found.data && (
            <Table
              label="objects"
              rows={rows}
              columns={columns}
              id={({ key }) => key}
              open={(row) => void go(place(row))}
              empty={begins ? <p className="dim none">No key here begins with “{begins}”.</p> : <NothingHere bucket={bucket} prefix={prefix} />}
            />
          )}
          {found.hasNextPage && <More more={() => void found.fetchNextPage()} busy={found.isFetchingNextPage} count={rows.length} />}
          {found.error && found.data && <ErrorNote error={found.error} retry={() => void found.fetchNextPage()} />}
          {deleting.length > 0 && <DeleteChosen as={as} bucket={bucket} chosen={deleting} done={() => setMarked(new Set())} close={() => setDeleting([])} />}
        </>
      )}
    </Drop>
  );
}

function rowsOf(pages: { folders: string[]; objects: Listed[] }[], prefix: string): Row[] {
  const folders = pages.flatMap((page) => page.folders).map((key): Row => ({ name: key.slice(prefix.length) || '(no name)', key }));
  // The empty object that stands for the folder itself is not in it.
  const objects = pages.flatMap((page) => page.objects).filter(({ key }) => key !== prefix);
  return [...folders, ...objects.map((object): Row => ({ name: object.key.slice(prefix.length), key: object.key, object }))];
}

/** Asks S3, so that what is not loaded yet is found too. */
function Search({ begins, set }: { begins: string; set: (begins: string) => void }) {
  const [typed, setTyped] = useState(begins);
  useEffect(() => {
    if (typed === begins) return undefined;
    const timer = setTimeout(() => set(typed), 250);
    return () => clearTimeout(timer);
  }, [typed, begins, set]);
  return <TextInput value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder="Begins with" aria-label="Begins with" w={200} spellCheck={false} />;
}

function NothingHere({ bucket, prefix }: { bucket: string; prefix: string }) {
  return (
    <Empty title={prefix ? 'This folder is empty' : 'This bucket is empty'} command={`aws --profile slipway s3 cp data.csv "s3://${bucket}/${prefix}"`}>
      Drop files or folders here, or in a terminal:
    </Empty>
  );
}

/** Goes on by itself when it comes to be seen. */
function More({ more, busy, count }: { more: () => void; busy: boolean; count: number }) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (busy || !end.current) return undefined;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latest.current();
    });
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [busy, count]);
  return (
    <div ref={end} className="more">
      <span className="dim num">{count.toLocaleString('en')} shown, there are more.</span>
      <Button size="compact-xs" variant="default" loading={busy} onClick={more}>
        More
      </Button>
    </div>
  );
}

function NewFolder({ as, bucket, prefix }: { as: string; bucket: string; prefix: string }) {
  const queries = useQueryClient();
  const go = useGo();
  const { ask } = useDialogs();
  const make = () =>
    ask({
      title: 'New folder',
      body: <p>S3 knows keys only: an empty object whose key ends with a slash stands for the folder.</p>,
      action: 'Create',
      text: { label: 'Name', value: '' },
      run: async (name) => {
        const key = `${prefix}${name.replace(/^\/+|\/+$/g, '')}/`;
        await createFolder(as, bucket, key);
        await queries.invalidateQueries({ queryKey: keys.aws(as, 'objects', bucket) });
        await go(places.storage(bucket, key));
      },
    });
  return (
    <Button size="xs" variant="default" onClick={make}>
      New folder
    </Button>
  );
}
