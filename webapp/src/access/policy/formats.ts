import { ACTIONS, knownAction } from './actions';
import type { PolicyKind } from './grammar';

/** What is wrong with a word of a policy. A warning is no mistake for IAM, but hardly what is meant. */
export interface Remark {
  severity: 'error' | 'warning';
  text: string;
}

const error = (text: string): Remark => ({ severity: 'error', text });
const warning = (text: string): Remark => ({ severity: 'warning', text });

const OF_TRUST = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'SetSourceIdentity', 'SetContext', 'TagSession', '*', 'AssumeRole*'];
const TRUSTED = ['*', ...OF_TRUST.map((name) => `sts:${name}`.toLowerCase())];

export function actionRemark(action: string, kind: PolicyKind): Remark | undefined {
  if (action !== '*') {
    const [service = '', name, more] = action.split(':');
    if (name === undefined) return error(`An action begins with its service: s3:${action === '' ? 'GetObject' : action}, for instance.`);
    if (more !== undefined) return error('An action has one colon only.');
    if (service !== '*' && !/^[A-Za-z0-9.-]+$/.test(service)) return error(`"${service}" is no name of a service.`);
    if (kind !== 'trust' && service !== '*') {
      if (!Object.hasOwn(ACTIONS, service.toLowerCase())) return warning(`No service here asks for ${service}: actions; those that are here: ${Object.keys(ACTIONS).join(', ')}.`);
      if (!knownAction(action)) return warning(`${service} has no action ${name} here.`);
    }
  }
  if (kind === 'trust' && !TRUSTED.includes(action.toLowerCase())) return error('A trust policy names sts:AssumeRole and its kin only.');
  return undefined;
}

const PARTITIONS = ['*', 'aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'];
const OF_IAM = ['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/', 'sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'];

export function resourceRemark(resource: string): Remark | undefined {
  if (resource === '*') return undefined;
  const parts = resource.split(':');
  const [arn, partition = '', service = '', region = ''] = parts;
  const thing = parts.slice(5).join(':');
  if (parts.length === 1) return error('A resource is an ARN, arn:aws:s3:::bucket/key for instance, or "*".');
  if (arn !== 'arn') return error('An ARN begins with arn:.');
  if (!PARTITIONS.includes(partition)) return error(`"${partition}" is no partition: write aws.`);
  if (service === '') return error('An ARN names a service: arn:aws:s3:::bucket.');
  const form = `arn:aws:${service}:region:account:thing`;
  if (parts.length < 6) return resource.includes('::') ? error(`An ARN has five colons: ${form}. Region and account may be empty.`) : warning(`What is missing of ${form} may be anything.`);
  if (region !== '' && (service === 'iam' || (service === 's3' && !thing.startsWith('accesspoint/')))) return error(`Things of ${service} are in no region: leave it empty.`);
  if (service === 'iam' && thing !== '*' && !OF_IAM.some((each) => thing.startsWith(each))) return error(`A thing of IAM begins with ${OF_IAM.slice(0, 6).join(', ')} and the like.`);
  if (service === 's3' && thing.startsWith('/')) return error('The name of the bucket comes first, without a slash.');
  return undefined;
}

/** Users, roles, sessions: no part of a name may be left open. */
const WHO = /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|user\/[!-)+->@-~]{1,576}|role\/[!-)+->@-~]{1,576})|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}|federated-user\/[\w+=,.@-]{2,64}))$/;
const PRINCIPALS: Record<string, [RegExp, string]> = {
  AWS: [new RegExp(`^(?:\\*|\\d{12}|A[IR][DO]A[A-Z0-9]{12,124})$|${WHO.source}`), 'an account of twelve digits, the ARN of its root, a user, a role or a session, or "*"'],
  Service: [/^[a-z0-9][a-z0-9.-]{0,200}\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/, 'a service: ec2.amazonaws.com, for instance'],
  Federated: [/^(?:arn:aws[a-z-]*:iam::\d{12}:(?:oidc-provider|saml-provider)\/[^\s*?]{1,2048}|[A-Za-z0-9][A-Za-z0-9.:/_-]{0,254})$/, 'the ARN of a provider of identities'],
  CanonicalUser: [/^[0-9a-f]{64}$/, 'the canonical id of an account'],
};

export function principalRemark(type: string, name: string): Remark | undefined {
  const [format, words] = PRINCIPALS[type] ?? [];
  return format && !format.test(name) ? error(`${type} names ${words}.`) : undefined;
}

/** Forms of ISO 8601 that W3C names, or seconds since 1970. */
const DATE = /^(?:\d{1,19}|-?\d{1,9}(?:-\d{1,2}(?:-\d{1,2})?)?(?:t(?:\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:\.\d{1,9})?)?)?(?:z|[+-]\d\d(?::?\d\d)?)?)?)?)$/i;
export const isDate = (text: string) => DATE.test(text);
