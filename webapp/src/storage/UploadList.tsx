import { ActionIcon, Button, Progress } from '@mantine/core';
import { Check, RotateCcw, X } from 'lucide-react';
import { memo, useEffect, useSyncExternalStore } from 'react';
import { ErrorNote } from '../parts/ErrorNote';
import { bytes } from '../parts/time';
import { uploads, type Sending } from './uploads';

const busy = ({ state }: Sending) => state === 'waiting' || state === 'sending';

/** Files on their way into buckets, and what became of them. */
export function UploadList() {
  const all = useSyncExternalStore(uploads.subscribe, uploads.all);
  const under = all.filter(busy).length;
  useEffect(() => {
    if (under === 0) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [under]);
  if (all.length === 0) return null;
  return (
    <section className="uploads" aria-label="Uploads">
      <div className="uploads-head">
        <strong>{under > 0 ? `Uploading ${under} of ${all.length}` : `Uploads: ${all.filter(({ state }) => state === 'done').length} of ${all.length} done`}</strong>
        {under < all.length && (
          <Button size="compact-xs" variant="subtle" onClick={() => uploads.clear()}>
            Clear the list
          </Button>
        )}
      </div>
      <ul>
        {all.map((each) => (
          <One key={each.id} upload={each} />
        ))}
      </ul>
    </section>
  );
}

/** Drawn anew only when it has changed: there may be many. */
const One = memo(function One({ upload }: { upload: Sending }) {
  const { id, bucket, key, size, sent, state, error } = upload;
  const part = size === 0 ? (state === 'done' ? 100 : 0) : (sent / size) * 100;
  return (
    <li className={state}>
      <span className="upload-name" title={`s3://${bucket}/${key}`}>
        {key}
      </span>
      <Progress value={part} size="sm" aria-label={`Upload of ${key}`} color={state === 'failed' ? 'red.8' : undefined} />
      <span className="num dim">{state === 'sending' ? `${bytes(sent)} of ${bytes(size)}` : state === 'done' ? bytes(size) : state}</span>
      {busy(upload) ? (
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Cancel the upload of ${key}`} title="Cancel" onClick={() => uploads.cancel(id)}>
          <X size={13} />
        </ActionIcon>
      ) : state === 'done' ? (
        <Check size={13} className="success" aria-label="done" />
      ) : (
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Upload ${key} again`} title="Again" onClick={() => uploads.again(id)}>
          <RotateCcw size={13} />
        </ActionIcon>
      )}
      {error !== undefined && <ErrorNote error={error} />}
    </li>
  );
});
