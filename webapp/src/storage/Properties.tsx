import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { putTags, tagsQuery, type ObjectFacts, type Tag } from '../api/awsObjects';
import { keys } from '../api/keys';
import { Id } from '../parts/Copy';
import { ErrorNote } from '../parts/ErrorNote';
import { absolute, bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';

interface Props {
  as: string;
  bucket: string;
  name: string;
  version: string;
  facts: ObjectFacts;
}

/** What S3 knows of an object. */
export function Properties({ as, bucket, name, version, facts }: Props) {
  const rows: [string, React.ReactNode][] = [
    ['Key', <Id key="key" value={name} />],
    ['Size', `${bytes(facts.size)}${facts.size >= 1000 ? ` (${facts.size.toLocaleString('en')} bytes)` : ''}`],
    ['Type', facts.type && <code key="type">{facts.type}</code>],
    ['Changed', absolute(facts.modified)],
    ['ETag', <Id key="etag" value={facts.etag} />],
    ['Version', facts.version && <Id key="version" value={facts.version} />],
    ['Class', facts.storageClass],
    ['Encoding', facts.encoding],
    ['Caching', facts.cacheControl],
    ['Encryption', facts.encryption],
    ...facts.checksums.map(([kind, value]): [string, React.ReactNode] => [kind.toUpperCase(), <Id key={kind} value={value} />]),
  ];
  const tags = useQuery(tagsQuery(as, bucket, name, version));
  return (
    <>
      <Facts rows={rows} />
      <h2>Metadata</h2>
      {facts.metadata.length === 0 ? <p className="dim">None. Whoever puts an object may give it some.</p> : <Facts rows={facts.metadata.map(([key, value]) => [key, <code key={key}>{value}</code>])} />}
      <h2>Tags</h2>
      <Loaded query={tags}>{(all) => <Tags key={JSON.stringify(all)} as={as} bucket={bucket} name={name} version={version} all={all} />}</Loaded>
    </>
  );
}

const Facts = ({ rows }: { rows: [string, React.ReactNode][] }) => (
  <dl className="facts">
    {rows
      .filter(([, value]) => value)
      .map(([label, value]) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** S3 replaces all of them at once. */
function Tags({ as, bucket, name, version, all }: Omit<Props, 'facts'> & { all: Tag[] }) {
  const queries = useQueryClient();
  const [tags, setTags] = useState(all);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const changed = JSON.stringify(tags) !== JSON.stringify(all);
  const set = (index: number, part: Partial<Tag>) => setTags(tags.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await putTags(as, bucket, name, version, tags);
      await queries.invalidateQueries({ queryKey: keys.aws(as, 'tags', bucket, name) });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div className="tag-list">
      {tags.map(({ key, value }, index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput size="xs" aria-label={`Key of tag ${index + 1}`} placeholder="Key" value={key} onChange={(event) => set(index, { key: event.currentTarget.value })} />
          <TextInput size="xs" aria-label={`Value of tag ${index + 1}`} placeholder="Value" value={value} onChange={(event) => set(index, { value: event.currentTarget.value })} />
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove tag ${index + 1}`} onClick={() => setTags(tags.filter((_, at) => at !== index))}>
            <X size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={6}>
        <Button size="compact-xs" variant="default" leftSection={<Plus size={13} />} onClick={() => setTags([...tags, { key: '', value: '' }])}>
          Tag
        </Button>
        {changed && (
          <>
            <Button size="compact-xs" loading={busy} onClick={() => void save()}>
              Save tags
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setTags(all)}>
              Discard
            </Button>
          </>
        )}
      </Group>
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}
