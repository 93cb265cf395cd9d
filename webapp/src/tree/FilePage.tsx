import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { contentQuery, download, importObject } from '../api/tree';
import { useShortcut } from '../parts/keyboard';
import { useLeaving } from '../parts/useLeaving';
import { CodeEditor } from '../parts/editor';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { save } from '../parts/save';
import { Loaded } from '../parts/Waiting';
import { disagree, edited, isText, present, type Conflict } from './conflict';
import { ConflictDialog } from './ConflictDialog';
import { fromSplat, nameOf } from '../parts/paths';
import { Trail } from '../parts/Trail';

const TableFromFile = lazy(() => import('../catalog/TableFromFile').then((module) => ({ default: module.TableFromFile })));

/** A text file of the workspace. */
export function FilePage() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const content = useQuery(contentQuery(path));
  return <Loaded query={content}>{(text) => <File key={path} path={path} start={text} />}</Loaded>;
}

/** What the file was when it was opened decides: what others save meanwhile neither comes under the cursor nor closes the editor. */
function File({ path, start }: { path: string; start: string }) {
  const [first] = useState(start);
  return isText(first) ? <Editor path={path} start={first} /> : <Binary path={path} />;
}

function Binary({ path }: { path: string }) {
  const { fail } = useDialogs();
  const take = async () => save(await download(path, 'AUTO'), nameOf(path));
  return (
    <Page
      title={nameOf(path)}
      crumbs={<Trail path={path} />}
      actions={
        <>
          <MakeTable path={path} />
          <Button size="xs" variant="default" onClick={() => void take().catch(fail)}>
            Download
          </Button>
        </>
      }
    >
      <p className="dim">This file is not text.</p>
    </Page>
  );
}

/** For files that hold a table. */
function MakeTable({ path, disabled = false }: { path: string; disabled?: boolean }) {
  const [open, setOpen] = useState(false);
  if (!/\.(csv|tsv|jsonl?|ndjson|parquet)$/i.test(path)) return null;
  const bytes = async () => new Uint8Array(await (await download(path, 'AUTO')).arrayBuffer());
  return (
    <>
      <Button size="xs" variant="default" disabled={disabled} title={disabled ? 'Save the file first' : undefined} onClick={() => setOpen(true)}>
        Create table
      </Button>
      {open && (
        <Suspense>
          <TableFromFile file={{ name: nameOf(path), bytes }} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Editor({ path, start }: { path: string; start: string }) {
  const queries = useQueryClient();
  const { fail } = useDialogs();
  // What the editor begins with, what the server has as far as is known here, and what is typed.
  const [first, setFirst] = useState({ text: start });
  const [saved, setSaved] = useState(start);
  const [text, setText] = useState(() => edited(start));
  const [conflict, setConflict] = useState<Conflict>();
  const unchanged = useMemo(() => edited(saved), [saved]);
  const changed = text !== unchanged;
  const known = (content: string) => {
    setSaved(content);
    setConflict(undefined);
    queries.setQueryData(keys.content(path), content);
  };
  const write = async (mine: string) => {
    await importObject({ path, content: new TextEncoder().encode(mine), format: 'AUTO', overwrite: true });
    known(mine);
  };
  const store = useMutation({
    mutationFn: async (mine: string) => {
      const theirs = await present(path);
      if (disagree(saved, theirs, mine)) setConflict({ theirs });
      else await write(mine);
    },
    onError: fail,
  });
  useShortcut('mod+s', () => {
    if (changed && !store.isPending && !conflict) store.mutate(text);
  });
  const leaving = useLeaving(changed);
  return (
    <Page
      title={nameOf(path)}
      crumbs={<Trail path={path} />}
      state={<small className="dim">{changed ? 'changed' : store.isSuccess ? 'saved' : ''}</small>}
      actions={
        <>
          <MakeTable path={path} disabled={changed} />
          <Button size="xs" disabled={!changed} loading={store.isPending} onClick={() => store.mutate(text)}>
            Save
          </Button>
        </>
      }
      wide
    >
      <CodeEditor name={path} value={first} change={setText} label={`Text of ${nameOf(path)}`} />
      {conflict && (
        <ConflictDialog
          path={path}
          mine={text}
          theirs={conflict.theirs}
          overwrite={() => write(text)}
          load={(theirs) => {
            setFirst({ text: theirs });
            known(theirs);
          }}
          allowLeaving={leaving.allow}
          close={() => setConflict(undefined)}
        />
      )}
      {leaving.question}
    </Page>
  );
}
