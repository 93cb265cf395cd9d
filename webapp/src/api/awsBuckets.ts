import { queryOptions } from '@tanstack/react-query';
import { AwsError } from './aws';
import { pathOf, s3, s3Xml, tagsXml, xmlBody, type Tag } from './awsObjects';
import { allIn, escaped, oneIn, readXml, textIn } from './awsXml';
import { keys } from './keys';

export interface Bucket {
  name: string;
  created: number;
}

export const bucketsQuery = (as: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'buckets'),
    queryFn: async () => {
      const read = await s3Xml(as, { path: '/' });
      return allIn(oneIn(read, 'ListAllMyBucketsResult', 'Buckets'), 'Bucket').map((each): Bucket => ({ name: textIn(each, 'Name'), created: Date.parse(textIn(each, 'CreationDate')) }));
    },
    retry: false,
  });

/** @param region where it is; the usual one is not named (S3, CreateBucket) */
export async function createBucket(as: string, name: string, region: string): Promise<void> {
  const place = region === 'us-east-1' ? '' : `<CreateBucketConfiguration><LocationConstraint>${escaped(region)}</LocationConstraint></CreateBucketConfiguration>`;
  await s3(as, { method: 'PUT', path: pathOf(name), ...(place ? xmlBody(place) : {}) });
}

export const deleteBucket = (as: string, name: string) => s3(as, { method: 'DELETE', path: pathOf(name) });

export type Versioning = '' | 'Enabled' | 'Suspended';

export const versioningQuery = (as: string, bucket: string) =>
  queryOptions({
    queryKey: keys.aws(as, 'bucket', bucket, 'versioning'),
    queryFn: async () => textIn(await s3Xml(as, { path: pathOf(bucket), query: { versioning: '' } }), 'VersioningConfiguration', 'Status') as Versioning,
    retry: false,
  });

export const putVersioning = (as: string, bucket: string, status: Versioning) =>
  s3(as, { method: 'PUT', path: pathOf(bucket), query: { versioning: '' }, ...xmlBody(`<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`) });

/** What a bucket has none of is told as an error. */
const NONE = ['NoSuchBucketPolicy', 'NoSuchCORSConfiguration', 'NoSuchLifecycleConfiguration', 'NoSuchTagSet', 'NoSuchPublicAccessBlockConfiguration'];

async function orEmpty(text: Promise<string>): Promise<string> {
  try {
    return await text;
  } catch (failure) {
    if (failure instanceof AwsError && NONE.includes(failure.code)) return '';
    throw failure;
  }
}

export type Setting = 'policy' | 'publicAccessBlock' | 'cors' | 'lifecycle' | 'tagging';

/** As S3 tells it; empty if the bucket has none. */
export const settingQuery = (as: string, bucket: string, setting: Setting) =>
  queryOptions({
    queryKey: keys.aws(as, 'bucket', bucket, setting),
    queryFn: () => orEmpty(s3(as, { path: pathOf(bucket), query: { [setting]: '' } }).then((response) => response.text())),
    retry: false,
  });

/** S3 takes the policy as JSON, all else as XML. */
export const putSetting = (as: string, bucket: string, setting: Setting, text: string) =>
  s3(as, { method: 'PUT', path: pathOf(bucket), query: { [setting]: '' }, ...(setting === 'policy' ? { headers: { 'content-type': 'application/json' }, body: text } : xmlBody(text)) });

export const deleteSetting = (as: string, bucket: string, setting: Setting) => s3(as, { method: 'DELETE', path: pathOf(bucket), query: { [setting]: '' } });

/** S3 knows a bucket without tags only by their removal. */
export const putBucketTags = (as: string, bucket: string, tags: Tag[]) =>
  tags.length === 0 ? deleteSetting(as, bucket, 'tagging') : putSetting(as, bucket, 'tagging', tagsXml(tags));

export const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

export type Blocks = Record<(typeof BLOCKS)[number], boolean>;

/** Of a bucket for which nothing is set, an empty text, all are off. */
export function blocksIn(text: string): Blocks {
  const read = text === '' ? undefined : readXml(text);
  return Object.fromEntries(BLOCKS.map((name) => [name, textIn(read, 'PublicAccessBlockConfiguration', name) === 'true'])) as Blocks;
}

export const putBlocks = (as: string, bucket: string, blocks: Blocks) =>
  putSetting(
    as,
    bucket,
    'publicAccessBlock',
    `<PublicAccessBlockConfiguration>${BLOCKS.map((name) => `<${name}>${blocks[name]}</${name}>`).join('')}</PublicAccessBlockConfiguration>`,
  );
