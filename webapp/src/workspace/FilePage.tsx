import { Button } from '@mantine/core';
import { useBlocker, useParams } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { contentQuery, importObject } from '../api/workspace';
import { useShortcut } from '../app/keyboard';
import { CodeEditor } from '../parts/editor';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { Loaded } from '../parts/Waiting';
import { fromSplat, nameOf } from './paths';
import { Trail } from './Trail';

/** A text file of the workspace. */
export function FilePage() {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const path = fromSplat(_splat);
  const content = useQuery(contentQuery(path));
  return <Loaded query={content}>{(text) => <Editor key={path} path={path} start={text} />}</Loaded>;
}

function Editor({ path, start }: { path: string; start: string }) {
  const queries = useQueryClient();
  const { fail } = useDialogs();
  const [saved, setSaved] = useState(start);
  const [text, setText] = useState(start);
  const changed = text !== saved;
  const save = useMutation({
    mutationFn: (content: string) => importObject({ path, content: new TextEncoder().encode(content), format: 'AUTO', overwrite: true }),
    onSuccess: (_, content) => {
      setSaved(content);
      queries.setQueryData(keys.content(path), content);
    },
    onError: fail,
  });
  useShortcut('mod+s', () => {
    if (changed) save.mutate(text);
  });
  useBlocker({ shouldBlockFn: () => changed && !window.confirm('There are changes that were not saved. Leave all the same?'), enableBeforeUnload: () => changed });
  return (
    <Page
      title={nameOf(path)}
      crumbs={<Trail path={path} />}
      state={<small className="dim">{changed ? 'changed' : save.isSuccess ? 'saved' : ''}</small>}
      actions={
        <Button size="xs" disabled={!changed} loading={save.isPending} onClick={() => save.mutate(text)}>
          Save
        </Button>
      }
      wide
    >
      <CodeEditor name={path} value={start} change={setText} label={`Text of ${nameOf(path)}`} />
    </Page>
  );
}
