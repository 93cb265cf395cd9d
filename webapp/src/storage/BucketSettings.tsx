import { Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { BLOCKS, blocksIn, putBlocks, putBucketTags, putVersioning, settingQuery, versioningQuery, type Blocks } from '../api/awsBuckets';
import { tagsIn, type Tag } from '../api/awsObjects';
import { readXml } from '../api/awsXml';
import { keys } from '../api/keys';
import { ErrorNote } from '../parts/ErrorNote';
import { Loaded } from '../parts/Waiting';
import { TagList } from './TagList';
import { TextSetting } from './TextSetting';

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
      <TextSetting
        as={as}
        bucket={bucket}
        setting="policy"
        noun="policy"
        none="The bucket has no policy: who may do what here is said by the policies of people and roles alone."
        end="What it allows or denies counts no longer; policies of people and roles do."
        example={policy(account, bucket)}
      />
      <h2>Block public access</h2>
      <PublicAccess as={as} bucket={bucket} />
      <h2>Lifecycle</h2>
      <TextSetting
        as={as}
        bucket={bucket}
        setting="lifecycle"
        noun="lifecycle rules"
        none="Objects stay until somebody deletes them."
        end="Objects stay from now on until somebody deletes them."
        example={LIFECYCLE}
      />
      <h2>Cross-origin sharing (CORS)</h2>
      <TextSetting
        as={as}
        bucket={bucket}
        setting="cors"
        noun="CORS rules"
        none="Pages of other origins cannot read the bucket."
        end="Pages of other origins can read the bucket no longer."
        example={CORS}
      />
      <h2>Tags</h2>
      <Tags as={as} bucket={bucket} />
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

const policy = (account: string, bucket: string) =>
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

const LIFECYCLE = `<LifecycleConfiguration>
  <Rule>
    <ID>logs</ID>
    <Filter>
      <Prefix>logs/</Prefix>
    </Filter>
    <Status>Enabled</Status>
    <Expiration>
      <Days>30</Days>
    </Expiration>
  </Rule>
</LifecycleConfiguration>`;

const CORS = `<CORSConfiguration>
  <CORSRule>
    <AllowedOrigin>https://www.example.com</AllowedOrigin>
    <AllowedMethod>GET</AllowedMethod>
    <AllowedHeader>*</AllowedHeader>
    <MaxAgeSeconds>3000</MaxAgeSeconds>
  </CORSRule>
</CORSConfiguration>`;

const WORDS: Record<keyof Blocks, string> = {
  BlockPublicAcls: 'New access lists that are public are refused',
  IgnorePublicAcls: 'Public access lists do not count',
  BlockPublicPolicy: 'New policies that are public are refused',
  RestrictPublicBuckets: 'Public policies let in this account only',
};

function PublicAccess({ as, bucket }: Of) {
  const queries = useQueryClient();
  const setting = useQuery(settingQuery(as, bucket, 'publicAccessBlock'));
  const [error, setError] = useState<unknown>();
  const turn = async (blocks: Blocks) => {
    setError(undefined);
    try {
      await putBlocks(as, bucket, blocks);
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: keys.aws(as, 'bucket', bucket, 'publicAccessBlock') });
  };
  return (
    <>
      <Loaded query={setting}>
        {(text) => {
          const blocks = blocksIn(text);
          return (
            <div className="blocks">
              {BLOCKS.map((name) => (
                <Checkbox key={name} label={WORDS[name]} checked={blocks[name]} onChange={(event) => void turn({ ...blocks, [name]: event.currentTarget.checked })} />
              ))}
            </div>
          );
        }}
      </Loaded>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}

function Tags({ as, bucket }: Of) {
  const queries = useQueryClient();
  const setting = useQuery(settingQuery(as, bucket, 'tagging'));
  const save = async (tags: Tag[]) => {
    await putBucketTags(as, bucket, tags);
    await queries.invalidateQueries({ queryKey: keys.aws(as, 'bucket', bucket, 'tagging') });
  };
  return <Loaded query={setting}>{(text) => <TagList key={text} all={text === '' ? [] : tagsIn(readXml(text))} save={save} />}</Loaded>;
}
