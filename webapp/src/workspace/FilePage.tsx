import { Button } from '@mantine/core';
import { useBlocker, useParams } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { contentQuery, download, importObject } from '../api/workspace';
import { useShortcut } from '../app/keyboard';
import { CodeEditor } from '../parts/editor';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { save } from '../parts/save';
import { Loaded } from '../parts/Waiting';
import { fromSplat, nameOf } from './paths';
import { Trail } from './Trail';

/** A text file of the workspace. */
export function FilePage() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const content = useQuery(contentQuery(path));
  return <Loaded query={content}>{(text) => (isText(text) ? <Editor key={path} path={path} start={text} /> : <Binary path={path} />)}</Loaded>;
}

/** Bytes that are no UTF-8 have been replaced; saving them would destroy the file. */
const isText = (content: string) => !content.includes('\ufffd') && !content.includes('\0');

function Binary({ path }: { path: string }) {
  const { fail } = useDialogs();
  const take = async () => save(await download(path, 'AUTO'), nameOf(path));
  return (
    <Page
      title={nameOf(path)}
      crumbs={<Trail path={path} />}
      actions={
        <Button size="xs" variant="default" onClick={() => void take().catch(fail)}>
          Download
        </Button>
      }
    >
      <p className="dim">This file is not text.</p>
    </Page>
  );
}

function Editor({ path, start }: { path: string; start: string }) {
  const queries = useQueryClient();
  const { fail } = useDialogs();
  // The editor keeps its own text: what others save meanwhile is not put under the cursor.
  const [first] = useState(start);
  const [saved, setSaved] = useState(start);
  const [text, setText] = useState(start);
  const changed = text !== saved;
  const store = useMutation({
    mutationFn: (content: string) => importObject({ path, content: new TextEncoder().encode(content), format: 'AUTO', overwrite: true }),
    onSuccess: (_, content) => {
      setSaved(content);
      queries.setQueryData(keys.content(path), content);
    },
    onError: fail,
  });
  useShortcut('mod+s', () => {
    if (changed) store.mutate(text);
  });
  useBlocker({ shouldBlockFn: () => changed && !window.confirm('There are changes that were not saved. Leave all the same?'), enableBeforeUnload: () => changed });
  return (
    <Page
      title={nameOf(path)}
      crumbs={<Trail path={path} />}
      state={<small className="dim">{changed ? 'changed' : store.isSuccess ? 'saved' : ''}</small>}
      actions={
        <Button size="xs" disabled={!changed} loading={store.isPending} onClick={() => store.mutate(text)}>
          Save
        </Button>
      }
      wide
    >
      <CodeEditor name={path} value={first} change={setText} label={`Text of ${nameOf(path)}`} />
    </Page>
  );
}
