import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { climbs } from '../api/aws';
import { present } from '../api/awsObjects';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { arrivals } from '../tree/arrivals';
import { uploads } from './uploads';

interface Incoming {
  key: string;
  file: File;
}

interface Props {
  as: string;
  bucket: string;
  prefix: string;
  /** What is in the folder, with the button where it wants it. */
  children: (button: ReactNode) => ReactNode;
}

/** So many are asked about at a time. */
const AT_ONCE = 6;

/** Which of the keys are taken. */
async function taken(as: string, bucket: string, files: Incoming[]): Promise<Set<string>> {
  const found = new Set<string>();
  const waiting = [...files];
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) if (await present(as, bucket, next.key)) found.add(next.key);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/** Folders come with what is in them. What is no entry of a file system is a plain file. */
async function dropped({ items, files }: DataTransfer, prefix: string): Promise<Incoming[]> {
  // Both lists are emptied when the event is over.
  const plain = [...files].map((file) => ({ key: prefix + file.name, file }));
  const walked = (await arrivals(items, '/')).map(({ path, file }) => ({ key: prefix + path.slice(1), file }));
  return walked.length > 0 ? walked : plain;
}

/** A folder that takes files: those that are dropped on it, folders with what is in them, and those that are chosen. */
export function Drop({ as, bucket, prefix, children }: Props) {
  const queries = useQueryClient();
  const { fail } = useDialogs();
  const [over, setOver] = useState(false);
  const [asked, setAsked] = useState<{ files: Incoming[]; there: Set<string> }>();
  const chooser = useRef<HTMLInputElement>(null);

  const start = (files: Incoming[]) => {
    setAsked(undefined);
    uploads.add(as, bucket, files, () => void Promise.all(['objects', 'versions', 'object', 'tags'].map((kind) => queries.invalidateQueries({ queryKey: keys.aws(as, kind, bucket) }))));
  };
  const take = async (coming: Promise<Incoming[]>) => {
    try {
      const files = await coming;
      const odd = files.find(({ key }) => climbs(key));
      if (odd) throw new Error(`${odd.key} has a step “.” or “..”: browsers cannot address such a key.`);
      const there = await taken(as, bucket, files);
      if (there.size > 0) setAsked({ files, there });
      else start(files);
    } catch (failure) {
      fail(failure);
    }
  };
  const button = (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])].map((file) => ({ key: prefix + file.name, file }));
          event.currentTarget.value = '';
          if (chosen.length > 0) void take(Promise.resolve(chosen));
        }}
      />
      <Button size="xs" onClick={() => chooser.current?.click()}>
        Upload
      </Button>
    </>
  );
  return (
    <section
      className={over ? 'storage-drop over' : 'storage-drop'}
      aria-label="Folder"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(dropped(event.dataTransfer, prefix));
      }}
    >
      {children(button)}
      {asked && (
        <Modal opened onClose={() => setAsked(undefined)} title={asked.there.size === 1 ? 'One object is there already' : `${asked.there.size} objects are there already`} size={480}>
          <ul className="some-keys">
            {[...asked.there].slice(0, 8).map((key) => (
              <li key={key}>
                <code>{key}</code>
              </li>
            ))}
            {asked.there.size > 8 && <li className="dim">and {asked.there.size - 8} more</li>}
          </ul>
          <p>An upload replaces them. Where the bucket keeps versions, what is there now becomes an older one.</p>
          <Group justify="flex-end">
            <Button size="xs" variant="default" onClick={() => setAsked(undefined)}>
              Cancel
            </Button>
            {asked.there.size < asked.files.length && (
              <Button size="xs" variant="default" onClick={() => start(asked.files.filter(({ key }) => !asked.there.has(key)))}>
                Upload the others only
              </Button>
            )}
            <Button size="xs" color="red.9" onClick={() => start(asked.files)} data-autofocus>
              Replace
            </Button>
          </Group>
        </Modal>
      )}
    </section>
  );
}
