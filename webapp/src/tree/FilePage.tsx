import './tree.css';
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { contentQuery, download, importObject, objectQuery } from '../api/tree';
import { useShortcut } from '../parts/keyboard';
import { useLeaving } from '../parts/useLeaving';
import { Copy } from '../parts/Copy';
import { CodeEditor } from '../parts/editor';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { save } from '../parts/save';
import { bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';
import { disagree, edited, isText, present, type Conflict } from './conflict';
import { ConflictDialog } from './ConflictDialog';
import { fromSplat, holdsTable, localPath, nameOf, sparkPath } from '../parts/paths';
import { Trail } from '../parts/Trail';

const TableFromFile = lazy(() => import('../catalog/TableFromFile').then((module) => ({ default: module.TableFromFile })));

/** More than an editor in a page is good for. */
const LARGEST = 4 << 20;

/** A file of the workspace. */
export function FilePage() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const object = useQuery(objectQuery(path));
  return <Loaded query={object}>{({ size = 0 }) => <Sized key={path} path={path} size={size} />}</Loaded>;
}

/** Its size when it was opened decides: one that grows meanwhile keeps its editor, and what is typed there. */
function Sized({ path, size }: { path: string; size: number }) {
  const [first] = useState(size);
  return first > LARGEST ? <Binary path={path} why={`The file is too large to be shown here: ${bytes(first)}.`} /> : <Content path={path} />;
}

function Content({ path }: { path: string }) {
  const content = useQuery(contentQuery(path));
  return <Loaded query={content}>{(text) => <File key={path} path={path} start={text} />}</Loaded>;
}

/** What the file was when it was opened decides: what others save meanwhile neither comes under the cursor nor closes the editor. */
function File({ path, start }: { path: string; start: string }) {
  const [first] = useState(start);
  return isText(first) ? <Editor path={path} start={first} /> : <Binary path={path} why="This file is not text." />;
}

function Binary({ path, why }: { path: string; why: string }) {
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
      <Where path={path} />
      <p className="dim">{why}</p>
    </Page>
  );
}

/** For files that hold a table. */
function MakeTable({ path, disabled = false }: { path: string; disabled?: boolean }) {
  const [open, setOpen] = useState(false);
  if (!holdsTable(path)) return null;
  return (
    <>
      <Button size="xs" variant="default" disabled={disabled} title={disabled ? 'Save the file first' : undefined} onClick={() => setOpen(true)}>
        Create table
      </Button>
      {open && (
        <Suspense>
          <TableFromFile file={{ name: nameOf(path), path }} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What code on a cluster opens the file by. */
function Where({ path }: { path: string }) {
  return (
    <p className="file-where">
      {[
        ['Python, shell', localPath(path)],
        ['Spark', sparkPath(path)],
      ].map(([who = '', text = '']) => (
        <span key={who}>
          <span className="dim">{who}</span> <code>{text}</code> <Copy text={text} label={`Copy the path for ${who}`} />
        </span>
      ))}
    </p>
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
      <Where path={path} />
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
