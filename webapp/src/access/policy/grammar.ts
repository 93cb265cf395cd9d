/** Where a policy is kept: that decides what it may say, and how long it may be. */
export type PolicyKind = 'managed' | 'user' | 'group' | 'role' | 'trust' | 'bucket';

/** In characters; white space does not count but in the policy of a bucket (IAM and STS quotas; S3, bucket policies). */
export const LIMITS: Record<PolicyKind, number> = { managed: 6144, user: 2048, group: 5120, role: 10240, trust: 2048, bucket: 20480 };

export const length = (text: string, kind: PolicyKind) => (kind === 'bucket' ? text.length : [...text.replaceAll(/\s/g, '')].length);

export const namesPrincipals = (kind: PolicyKind) => kind === 'trust' || kind === 'bucket';
export const namesResources = (kind: PolicyKind) => kind !== 'trust';

export const ELEMENTS = ['Version', 'Id', 'Statement'];
export const STATEMENT_ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
export const NEWEST = '2012-10-17';
export const VERSIONS = [NEWEST, '2008-10-17'];
export const PRINCIPALS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const COMPARED = ['', 'Not'].flatMap((not) => [`String${not}Equals`, `String${not}EqualsIgnoreCase`, `String${not}Like`, `Arn${not}Equals`, `Arn${not}Like`]);
const ORDERED = ['Numeric', 'Date'].flatMap((kind) => ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((word) => kind + word));
export const OPERATORS = [...COMPARED, ...ORDERED, 'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'Null'];

/** What operators compare, where a value can be wrong. */
export function valueKind(operator: string): 'date' | 'other' {
  return bareOperator(operator).startsWith('Date') ? 'date' : 'other';
}

/** Without what stands before and behind it. */
const bareOperator = (operator: string) => operator.replace(/^ForA(?:llValues|nyValue):/, '').replace(/IfExists$/, '');

export function knownOperator(operator: string): boolean {
  const bare = bareOperator(operator);
  return OPERATORS.includes(bare) && !(bare === 'Null' && operator.endsWith('IfExists'));
}

/** Keys of conditions (Service Authorization Reference; IAM user guide, global condition keys). What ends with a slash goes on with a name. */
export const CONDITION_KEYS = [
  ...['CurrentTime', 'EpochTime', 'FederatedProvider', 'MultiFactorAuthAge', 'MultiFactorAuthPresent', 'PrincipalAccount', 'PrincipalArn', 'PrincipalTag/', 'PrincipalType'],
  ...['Referer', 'RequestTag/', 'RequestedRegion', 'ResourceAccount', 'ResourceTag/', 'SecureTransport', 'SourceAccount', 'SourceArn', 'SourceIdentity', 'SourceIp'],
  ...['TagKeys', 'TokenIssueTime', 'UserAgent', 'userid', 'username', 'PrincipalIsAWSService', 'PrincipalOrgID', 'PrincipalOrgPaths', 'PrincipalServiceName'],
  ...['PrincipalServiceNamesList', 'ResourceOrgID', 'ResourceOrgPaths', 'SourceOrgID', 'SourceOrgPaths', 'SourceVpc', 'SourceVpce', 'VpcSourceIp', 'ViaAWSService', 'CalledVia'],
]
  .map((key) => `aws:${key}`)
  .concat(
    ['authType', 'DataAccessPointAccount', 'DataAccessPointArn', 'delimiter', 'ExistingObjectTag/', 'if-match', 'if-none-match', 'LocationConstraint', 'max-keys', 'prefix'].map((key) => `s3:${key}`),
    ['RequestObjectTag/', 'RequestObjectTagKeys', 'ResourceAccount', 'signatureAge', 'signatureversion', 'TlsVersion', 'VersionId', 'x-amz-content-sha256'].map((key) => `s3:${key}`),
    ['acl', 'copy-source', 'grant-full-control', 'grant-read', 'grant-read-acp', 'grant-write', 'grant-write-acp', 'metadata-directive', 'object-ownership'].map((key) => `s3:x-amz-${key}`),
    ['server-side-encryption', 'server-side-encryption-aws-kms-key-id', 'storage-class', 'website-redirect-location'].map((key) => `s3:x-amz-${key}`),
    ['AWSServiceName', 'PassedToService', 'PermissionsBoundary', 'PolicyARN', 'ResourceTag/', 'AssociatedResourceArn'].map((key) => `iam:${key}`),
    ['ExternalId', 'RoleSessionName', 'SourceIdentity', 'TransitiveTagKeys', 'DurationSeconds'].map((key) => `sts:${key}`),
  );

const WHOLE = new Set(CONDITION_KEYS.filter((key) => !key.endsWith('/')).map((key) => key.toLowerCase()));
const BEGUN = CONDITION_KEYS.filter((key) => key.endsWith('/')).map((key) => key.toLowerCase());

/** Keys of other services and of providers of identities are theirs to know. */
export function knownKey(key: string): boolean {
  const small = key.toLowerCase();
  return !/^(aws|s3|iam|sts):/.test(small) || WHOLE.has(small) || BEGUN.some((each) => small.startsWith(each) && small.length > each.length);
}
