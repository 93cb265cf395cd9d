import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteSetting, putSetting, settingQuery, type Setting } from '../api/awsBuckets';
import { readXml } from '../api/awsXml';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { CodeEditor } from '../parts/editor';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';
import { indented } from './indented';

interface Props {
  as: string;
  bucket: string;
  setting: Setting;
  /** What it is, in the middle of a sentence. */
  noun: string;
  /** What holds while there is none. */
  none: string;
  /** What its end means. */
  end: string;
  example: string;
}

/** A setting that S3 takes as a text: the policy as JSON, others as XML. */
export function TextSetting(props: Props) {
  const { as, bucket, setting } = props;
  const known = useQuery(settingQuery(as, bucket, setting));
  return <Loaded query={known}>{(text) => <Editor key={text} {...props} stored={text} />}</Loaded>;
}

function pretty(setting: Setting, text: string): string {
  try {
    return setting === 'policy' ? JSON.stringify(JSON.parse(text), null, 2) : indented(readXml(text).documentElement);
  } catch {
    return text;
  }
}

function Editor({ as, bucket, setting, noun, none, end, example, stored }: Props & { stored: string }) {
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const start = stored === '' ? '' : pretty(setting, stored);
  const [first, setFirst] = useState({ text: start });
  const [text, setText] = useState(start);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const changed = () => queries.invalidateQueries({ queryKey: keys.aws(as, 'bucket', bucket, setting) });
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await putSetting(as, bucket, setting, text);
      await changed();
      tell(`Saved the ${noun}.`);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const remove = () =>
    ask({
      title: `Delete the ${noun}?`,
      body: <p>{end}</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deleteSetting(as, bucket, setting);
        await changed();
      },
    });
  return (
    <div className="policy">
      {stored === '' && text === '' && <p className="dim">{none}</p>}
      <CodeEditor name={setting === 'policy' ? 'policy.json' : `${setting}.xml`} label={`${noun[0]?.toUpperCase()}${noun.slice(1)} of the bucket`} value={first} change={setText} />
      {error !== undefined && <ErrorNote error={error} />}
      <Group gap={6} mt={6}>
        <Button size="xs" disabled={text === start || text.trim() === ''} loading={busy} onClick={() => void save()}>
          {`Save ${noun}`}
        </Button>
        <Button size="xs" variant="default" aria-label={`Example: ${noun}`} onClick={() => setFirst({ text: example })}>
          Example
        </Button>
        {stored !== '' && (
          <Button size="xs" variant="default" onClick={remove}>
            {`Delete ${noun}`}
          </Button>
        )}
      </Group>
    </div>
  );
}
