import { Button, Checkbox, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { deletePolicy, putPolicy, putVersioning, settingQuery, versioningQuery, type Setting } from '../api/awsBuckets';
import { allIn, oneIn, readXml } from '../api/awsXml';
import { keys } from '../api/keys';
import { Code } from '../parts/Code';
import { useDialogs } from '../parts/Dialogs';
import { CodeEditor } from '../parts/editor';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';
import { indented } from './indented';

interface Props {
  as: string;
  account: string;
  bucket: string;
}

/** What is set for a bucket. */
export function BucketSettings({ as, account, bucket }: Props) {
  return (
    <>
      <Versioning as={as} bucket={bucket} />
      <h2>Policy</h2>
      <Policy as={as} account={account} bucket={bucket} />
      <h2>Block public access</h2>
      <PublicAccess as={as} bucket={bucket} />
      <ReadOnly as={as} bucket={bucket} setting="lifecycle" title="Lifecycle" command="put-bucket-lifecycle-configuration" />
      <ReadOnly as={as} bucket={bucket} setting="cors" title="Cross-origin sharing (CORS)" command="put-bucket-cors" />
      <ReadOnly as={as} bucket={bucket} setting="tagging" title="Tags" command="put-bucket-tagging" />
    </>
  );
}

type Of = Omit<Props, 'account'>;

function Versioning({ as, bucket }: Of) {
  const queries = useQueryClient();
  const versioning = useQuery(versioningQuery(as, bucket));
  const [error, setError] = useState<unknown>();
  const turn = async (on: boolean) => {
    setError(undefined);
    try {
      await putVersioning(as, bucket, on ? 'Enabled' : 'Suspended');
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: keys.aws(as, 'bucket', bucket, 'versioning') });
  };
  return (
    <>
      <h2>Versions</h2>
      <Loaded query={versioning}>
        {(status) => (
          <Checkbox
            label="Keep older versions of objects"
            description={status === 'Suspended' ? 'Suspended: versions that are there stay.' : 'Once it was on it can be suspended, and never be off again.'}
            checked={status === 'Enabled'}
            onChange={(event) => void turn(event.currentTarget.checked)}
          />
        )}
      </Loaded>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}

const example = (account: string, bucket: string) =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadByAccount',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        },
      ],
    },
    null,
    2,
  );

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Policy({ as, account, bucket }: Props) {
  const policy = useQuery(settingQuery(as, bucket, 'policy'));
  return <Loaded query={policy}>{(text) => <PolicyEditor key={text} as={as} account={account} bucket={bucket} stored={text} />}</Loaded>;
}

function PolicyEditor({ as, account, bucket, stored }: Props & { stored: string }) {
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const start = pretty(stored);
  const [first, setFirst] = useState({ text: start });
  const [text, setText] = useState(start);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const changed = () => queries.invalidateQueries({ queryKey: keys.aws(as, 'bucket', bucket, 'policy') });
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await putPolicy(as, bucket, text);
      await changed();
      tell('Saved the policy.');
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const remove = () =>
    ask({
      title: 'Delete the policy?',
      body: <p>What it allows or denies counts no longer; policies of people and roles do.</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deletePolicy(as, bucket);
        await changed();
      },
    });
  return (
    <div className="policy">
      {stored === '' && text === '' && <p className="dim">The bucket has no policy: who may do what here is said by the policies of people and roles alone.</p>}
      <CodeEditor name="policy.json" label="Policy of the bucket" value={first} change={setText} />
      {error !== undefined && <ErrorNote error={error} />}
      <Group gap={6} mt={6}>
        <Button size="xs" disabled={text === start || text.trim() === ''} loading={busy} onClick={() => void save()}>
          Save policy
        </Button>
        <Button size="xs" variant="default" onClick={() => setFirst({ text: example(account, bucket) })}>
          Example
        </Button>
        {stored !== '' && (
          <Button size="xs" variant="default" onClick={remove}>
            Delete policy
          </Button>
        )}
      </Group>
    </div>
  );
}

const BLOCKS: Record<string, string> = {
  BlockPublicAcls: 'New access lists that are public are refused',
  IgnorePublicAcls: 'Public access lists do not count',
  BlockPublicPolicy: 'New policies that are public are refused',
  RestrictPublicBuckets: 'Public policies let in this account only',
};

function PublicAccess({ as, bucket }: Of) {
  const setting = useQuery(settingQuery(as, bucket, 'publicAccessBlock'));
  return (
    <Loaded query={setting}>
      {(text) => {
        if (text === '') return <p className="dim">Nothing is set: a policy may make the bucket public.</p>;
        const all = Array.from(oneIn(readXml(text), 'PublicAccessBlockConfiguration')?.childNodes ?? []).filter((node) => node.nodeType === 1) as Element[];
        return (
          <ul className="blocks">
            {all.map((each) => (
              <li key={each.localName}>
                {BLOCKS[each.localName] ?? each.localName}: <strong>{each.textContent === 'true' ? 'yes' : 'no'}</strong>
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

/** Shown as S3 tells it; a terminal changes it. */
function ReadOnly({ as, bucket, setting, title, command }: Of & { setting: Setting; title: string; command: string }) {
  const known = useQuery(settingQuery(as, bucket, setting));
  return (
    <>
      <h2>{title}</h2>
      <Loaded query={known}>{(text) => <Written text={text} title={title} command={`aws --profile slipway s3api ${command} --bucket ${bucket} …`} />}</Loaded>
    </>
  );
}

function Written({ text, title, command }: { text: string; title: string; command: string }) {
  const shown = useMemo(() => (text === '' ? '' : indented(allIn(readXml(text), readXml(text).documentElement.localName)[0])), [text]);
  return (
    <>
      {shown === '' ? <p className="dim">None.</p> : <Code text={shown} language="xml" label={title} />}
      <p className="dim">
        Changed by <code>{command}</code>
      </p>
    </>
  );
}
