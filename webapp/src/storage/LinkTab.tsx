import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { link, newKeys } from '../api/aws';
import { pathOf } from '../api/awsObjects';
import { Copy } from '../parts/Copy';
import { ErrorNote } from '../parts/ErrorNote';
import { absolute } from '../parts/time';
import { inert, saved } from './names';

const SPANS = [
  ['900', '15 minutes'],
  ['3600', '1 hour'],
  ['21600', '6 hours'],
  ['43200', '12 hours'],
].map(([value = '', label = '']) => ({ value, label }));

interface Props {
  as: string;
  bucket: string;
  name: string;
  version: string;
  type: string;
}

/** A link by which anybody reads the object, without keys of their own. */
export function LinkTab({ as, bucket, name, version, type }: Props) {
  const [seconds, setSeconds] = useState('3600');
  const [made, setMade] = useState<{ address: string; until: string }>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const opens = inert(type);
  const make = async () => {
    setBusy(true);
    setError(undefined);
    try {
      // A link ends with the keys that have signed it: these are for it alone, and last as long.
      const by = await newKeys(as, Number(seconds));
      const query = { versionId: version || undefined, 'response-content-disposition': opens ? undefined : saved(name) };
      setMade({ address: await link({ path: pathOf(bucket, name), query }, by, Number(seconds)), until: by.keys.expiration });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div className="form">
      <p>
        Whoever has the link reads this object until its time is over, as far as you may read it until then. {opens ? 'Browsers show it.' : 'Browsers save it: what it holds could run scripts.'}
      </p>
      <Group align="end" gap={8}>
        <Select label="Good for" size="xs" w={140} data={SPANS} value={seconds} onChange={(value) => setSeconds(value ?? seconds)} allowDeselect={false} />
        <Button size="xs" loading={busy} onClick={() => void make()}>
          Make a link
        </Button>
      </Group>
      <p className="dim">A link ends with the keys that signed it, and those of pages last twelve hours at most. For up to seven days sign one with a lasting key: aws s3 presign --expires-in 604800.</p>
      {error !== undefined && <ErrorNote error={error} />}
      {made && (
        <div className="secret" role="status">
          <p>Good until {absolute(Date.parse(made.until))}.</p>
          <a href={made.address} target="_blank" rel="noreferrer" className="presigned">
            {made.address}
          </a>{' '}
          <Copy text={made.address} label="Copy the link" />
        </div>
      )}
    </div>
  );
}
