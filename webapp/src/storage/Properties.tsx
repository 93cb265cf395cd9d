import { useQuery, useQueryClient } from '@tanstack/react-query';
import { putTags, tagsQuery, type ObjectFacts, type Tag } from '../api/awsObjects';
import { keys } from '../api/keys';
import { Id } from '../parts/Copy';
import { absolute, bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';
import { TagList } from './TagList';

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
  const queries = useQueryClient();
  const tags = useQuery(tagsQuery(as, bucket, name, version));
  const save = async (changed: Tag[]) => {
    await putTags(as, bucket, name, version, changed);
    await queries.invalidateQueries({ queryKey: keys.aws(as, 'tags', bucket, name) });
  };
  return (
    <>
      <Facts rows={rows} />
      <h2>Metadata</h2>
      {facts.metadata.length === 0 ? <p className="dim">None. Whoever puts an object may give it some.</p> : <Facts rows={facts.metadata.map(([key, value]) => [key, <code key={key}>{value}</code>])} />}
      <h2>Tags</h2>
      <Loaded query={tags}>{(all) => <TagList key={JSON.stringify(all)} all={all} save={save} />}</Loaded>
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
