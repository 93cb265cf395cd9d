import { NEWEST } from './grammar';

const written = (...Statement: object[]) => JSON.stringify({ Version: NEWEST, Statement }, null, 4);

/** Who may take a role. */
export const trusts = {
  clusters: () => written({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  account: (account: string, externalId: string) =>
    written({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
      ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
    }),
};

const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;

/** The same folder however somebody writes it: without slashes at its ends. */
const folder = (prefix: string) => prefix.replace(/^\/+/, '').replace(/[/*]+$/, '');

/** What somebody may do in S3. */
export const policies = {
  readBucket: (bucket: string) =>
    written(
      { Sid: 'Find', Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetBucketLocation'], Resource: bucketArn(bucket) },
      { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucketArn(bucket)}/*` },
    ),
  writePrefix: (bucket: string, prefix: string) => {
    const below = folder(prefix);
    return written(
      { Sid: 'Locate', Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucketArn(bucket) },
      { Sid: 'Find', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn(bucket), Condition: { StringLike: { 's3:prefix': [below, `${below}/*`] } } },
      {
        Sid: 'ReadAndWrite',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: `${bucketArn(bucket)}/${below}/*`,
      },
    );
  },
  everything: () => written({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
  /** A frame to be filled in. */
  own: () => written({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/*'] }),
};
