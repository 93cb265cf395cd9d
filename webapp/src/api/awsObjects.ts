import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { signed, type AwsBody, type AwsRequest } from './aws';
import { allIn, escaped, oneIn, readXml, textIn } from './awsXml';
import { keys } from './keys';

/** An object, as lists tell it. */
export interface Listed {
  key: string;
  size: number;
  modified: number;
  etag: string;
  storageClass: string;
}

export interface ObjectPage {
  folders: string[];
  objects: Listed[];
  next: string;
}

export interface Version extends Listed {
  id: string;
  latest: boolean;
  /** Says that the object is gone. */
  marker: boolean;
}

export interface ObjectFacts {
  size: number;
  type: string;
  etag: string;
  modified: number;
  version: string;
  storageClass: string;
  encoding: string;
  cacheControl: string;
  encryption: string;
  checksums: [string, string][];
  metadata: [string, string][];
}

export type Tag = { key: string; value: string };

export const s3 = (as: string, request: AwsRequest) => signed(as, 's3', request);
export const s3Xml = async (as: string, request: AwsRequest) => readXml(await (await s3(as, request)).text());
export const pathOf = (bucket: string, key = '') => (key === '' ? `/${bucket}` : `/${bucket}/${key}`);

/** Lists are asked for with all keys encoded, since XML cannot say every letter. */
const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

const listed = (of: Element): Listed => ({
  key: decoded(textIn(of, 'Key')),
  size: Number(textIn(of, 'Size')),
  modified: Date.parse(textIn(of, 'LastModified')),
  etag: textIn(of, 'ETag'),
  storageClass: textIn(of, 'StorageClass'),
});

/** Without a delimiter: all below the prefix. */
export async function listObjects(as: string, bucket: string, prefix: string, token: string, delimiter = '', most = 1000, signal?: AbortSignal): Promise<ObjectPage> {
  const read = await s3Xml(as, {
    path: pathOf(bucket),
    query: { 'list-type': 2, 'encoding-type': 'url', prefix, delimiter: delimiter || undefined, 'continuation-token': token || undefined, 'max-keys': most },
    signal,
  });
  const root = oneIn(read, 'ListBucketResult');
  return {
    folders: allIn(root, 'CommonPrefixes').map((each) => decoded(textIn(each, 'Prefix'))),
    objects: allIn(root, 'Contents').map(listed),
    next: textIn(root, 'NextContinuationToken'),
  };
}

const PAGE = 300;

/** What is in a folder: at first one page, more as it is asked for. */
export const folderPages = (as: string, bucket: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: keys.aws(as, 'objects', bucket, prefix),
    queryFn: ({ pageParam, signal }) => listObjects(as, bucket, prefix, pageParam, '/', PAGE, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next || undefined,
    retry: false,
  });

/** Whether there is an object with just this key: without a request that fails where there is none. */
export async function present(as: string, bucket: string, key: string): Promise<boolean> {
  const { objects } = await listObjects(as, bucket, key, '', '', 1);
  return objects[0]?.key === key;
}

/** Every object below a prefix; `soFar` is told how many are known. */
export async function allBelow(as: string, bucket: string, prefix: string, soFar: (count: number) => void = () => {}): Promise<Listed[]> {
  const all: Listed[] = [];
  let token = '';
  do {
    const page = await listObjects(as, bucket, prefix, token);
    all.push(...page.objects);
    soFar(all.length);
    token = page.next;
  } while (token);
  return all;
}

/** Versions and delete markers below a prefix, newest of each key first. */
export async function allVersions(as: string, bucket: string, prefix: string, soFar: (count: number) => void = () => {}): Promise<Version[]> {
  const all: Version[] = [];
  let next: Record<string, string> | undefined = {};
  while (next) {
    const read = await s3Xml(as, { path: pathOf(bucket), query: { versions: '', 'encoding-type': 'url', prefix, ...next } });
    const root = oneIn(read, 'ListVersionsResult');
    for (const each of Array.from(root?.childNodes ?? []) as Element[]) {
      if (each.localName !== 'Version' && each.localName !== 'DeleteMarker') continue;
      all.push({ ...listed(each), id: textIn(each, 'VersionId'), latest: textIn(each, 'IsLatest') === 'true', marker: each.localName === 'DeleteMarker' });
    }
    soFar(all.length);
    const more = textIn(root, 'IsTruncated') === 'true';
    next = more ? { 'key-marker': decoded(textIn(root, 'NextKeyMarker')), 'version-id-marker': textIn(root, 'NextVersionIdMarker') } : undefined;
  }
  return all;
}

export const versionsQuery = (as: string, bucket: string, key: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'versions', bucket, key),
    queryFn: async () => (await allVersions(as, bucket, key)).filter((each) => each.key === key),
    retry: false,
  });

function factsOf({ headers }: Response): ObjectFacts {
  const of = (name: string) => headers.get(name) ?? '';
  const all = [...headers.entries()];
  const below = (start: string) => all.filter(([name]) => name.startsWith(start)).map(([name, value]): [string, string] => [name.slice(start.length), value]);
  return {
    size: Number(of('content-length')),
    type: of('content-type'),
    etag: of('etag').replaceAll('"', ''),
    modified: Date.parse(of('last-modified')),
    version: of('x-amz-version-id'),
    storageClass: of('x-amz-storage-class') || 'STANDARD',
    encoding: of('content-encoding'),
    cacheControl: of('cache-control'),
    encryption: of('x-amz-server-side-encryption'),
    checksums: below('x-amz-checksum-').filter(([name]) => name !== 'type'),
    metadata: below('x-amz-meta-'),
  };
}

/** @param version empty: the latest one */
export const factsQuery = (as: string, bucket: string, key: string, version: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'object', bucket, key, version),
    queryFn: async ({ signal }) => {
      try {
        return factsOf(await s3(as, { method: 'HEAD', path: pathOf(bucket, key), query: { versionId: version || undefined }, headers: { 'x-amz-checksum-mode': 'ENABLED' }, signal }));
      } catch (failure) {
        // Such a refusal has no words; that of the first byte has.
        await bytesOf(as, bucket, key, version, 0, 1, signal);
        throw failure;
      }
    },
    retry: false,
  });

/** Bytes from `start` up to `end`, which is not among them. */
export async function bytesOf(as: string, bucket: string, key: string, version: string, start?: number, end?: number, signal?: AbortSignal): Promise<ArrayBuffer> {
  const headers: Record<string, string> = start === undefined || end === undefined ? {} : { range: `bytes=${start}-${end - 1}` };
  return (await s3(as, { path: pathOf(bucket, key), query: { versionId: version || undefined }, headers, signal })).arrayBuffer();
}

export const tagsIn = (read: Document) => allIn(oneIn(read, 'Tagging', 'TagSet'), 'Tag').map((each): Tag => ({ key: textIn(each, 'Key'), value: textIn(each, 'Value') }));
export const tagsXml = (tags: Tag[]) => `<Tagging><TagSet>${tags.map(({ key, value }) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`).join('')}</TagSet></Tagging>`;

export const tagsQuery = (as: string, bucket: string, key: string, version: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'tags', bucket, key, version),
    queryFn: async () => tagsIn(await s3Xml(as, { path: pathOf(bucket, key), query: { tagging: '', versionId: version || undefined } })),
    retry: false,
  });

export const putTags = (as: string, bucket: string, key: string, version: string, tags: Tag[]) =>
  s3(as, { method: 'PUT', path: pathOf(bucket, key), query: { tagging: '', versionId: version || undefined }, ...xmlBody(tagsXml(tags)) });

export const xmlBody = (text: string): { headers: Record<string, string>; body: AwsBody } => ({ headers: { 'content-type': 'application/xml' }, body: text });

/** An empty object whose name ends with a slash: what consoles show as a folder. */
export const createFolder = (as: string, bucket: string, prefix: string) => s3(as, { method: 'PUT', path: pathOf(bucket, prefix), headers: { 'content-type': 'application/x-directory' }, body: '' });

export const deleteVersion = (as: string, bucket: string, key: string, version: string) =>
  s3(as, { method: 'DELETE', path: pathOf(bucket, key), query: { versionId: version } });

/** Makes an older version the latest one, by a copy of it. */
export async function restore(as: string, bucket: string, key: string, version: string): Promise<void> {
  const source = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(version)}`;
  await copied(await s3(as, { method: 'PUT', path: pathOf(bucket, key), headers: { 'x-amz-copy-source': source } }));
}

/** A copy may fail after it was begun with a success. */
async function copied(response: Response): Promise<void> {
  const error = oneIn(readXml(await response.text()), 'Error');
  if (error) throw new Error(`${textIn(error, 'Code')}: ${textIn(error, 'Message')}`);
}

export interface Gone {
  key: string;
  version?: string;
}

/** Of one request. */
const MOST_KEYS = 1000;

async function checksum(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** Deletes by thousands; gives those that could not be. `done` is told how many are. */
export async function deleteAll(as: string, bucket: string, gone: Gone[], done: (count: number) => void = () => {}): Promise<{ key: string; why: string }[]> {
  const left: { key: string; why: string }[] = [];
  for (let at = 0; at < gone.length; at += MOST_KEYS) {
    const piece = gone.slice(at, at + MOST_KEYS);
    const objects = piece.map(({ key, version }) => `<Object><Key>${escaped(key)}</Key>${version === undefined ? '' : `<VersionId>${escaped(version)}</VersionId>`}</Object>`);
    const body = `<Delete><Quiet>true</Quiet>${objects.join('')}</Delete>`;
    const headers = { 'content-type': 'application/xml', 'x-amz-checksum-sha256': await checksum(body), 'x-amz-sdk-checksum-algorithm': 'SHA256' };
    const read = await s3Xml(as, { method: 'POST', path: pathOf(bucket), query: { delete: '' }, headers, body });
    left.push(...allIn(oneIn(read, 'DeleteResult'), 'Error').map((each) => ({ key: textIn(each, 'Key'), why: `${textIn(each, 'Code')}: ${textIn(each, 'Message')}` })));
    done(at + piece.length);
  }
  return left;
}
