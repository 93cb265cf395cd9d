import { expect, test } from 'vitest';
import { checks } from './checks';
import type { PolicyKind } from './grammar';
import { policies, trusts } from './templates';

const GOOD = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' };
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

const policy = (statement: unknown, more: object = {}) => JSON.stringify({ Version: '2012-10-17', ...more, Statement: statement }, null, 2);
const told = (text: string, kind: PolicyKind = 'role') => checks(text, kind).map(({ severity, text: words }) => `${severity}: ${words}`);

test.each([
  ['', 'A policy is a JSON object'],
  ['[]', 'A policy is a JSON object.'],
  ['{"Statement": [', 'The document ends too early'],
  ['{"Statement": {}', '} is missing'],
  ['{"a": 1,}', 'This comma must go'],
  ['{"a": 1 "b": 2}', 'A comma is missing behind this'],
  ['{"a" 1}', 'A colon is missing behind "a"'],
  ['{a: 1}', 'A key in quotes must stand here'],
  ['{"a": Allow}', 'Text needs quotes: "Allow"'],
  ['{"a": "b\n}', 'The quote at the end is missing'],
  ['{"a": 1, "a": 2}', '"a" is here twice'],
  ['{"a": "\\x"}', 'must be escaped'],
  ['{} {}', 'Nothing may follow'],
  ['['.repeat(5000), 'nested too deeply'],
])('JSON is read first: %j', (text, words) => {
  const [problem, ...more] = checks(text, 'role');
  expect(problem?.text).toContain(words);
  expect(problem?.severity).toBe('error');
  expect(more).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['no effect', { ...GOOD, Effect: undefined }, 'Effect is missing'],
  ['another effect', { ...GOOD, Effect: 'allow' }, 'not "allow"'],
  ['no action', { ...GOOD, Action: undefined }, 'Action is missing'],
  ['empty actions', { ...GOOD, Action: [] }, 'Action names nothing'],
  ['no resource', { ...GOOD, Resource: undefined }, 'Resource is missing'],
  ['both actions', { ...GOOD, NotAction: 's3:*' }, 'Action or NotAction, not both'],
  ['both resources', { ...GOOD, NotResource: '*' }, 'Resource or NotResource, not both'],
  ['a principal', { ...GOOD, Principal: '*' }, 'has no Principal'],
  ['another spelling', { ...GOOD, effect: 'Allow' }, 'write Effect'],
  ['a plural', { ...GOOD, Actions: 's3:*' }, 'write Action'],
  ['an unknown element', { ...GOOD, Owner: 'me' }, 'Unknown element "Owner"'],
  ['an action without a service', { ...GOOD, Action: 'GetObject' }, 'begins with its service'],
  ['two colons', { ...GOOD, Action: 's3:Get:Object' }, 'one colon'],
  ['no ARN', { ...GOOD, Resource: 'photos/*' }, 'A resource is an ARN'],
  ['few colons', { ...GOOD, Resource: 'arn:aws:s3::photos' }, 'five colons'],
  ['a partition', { ...GOOD, Resource: 'arn:amazon:s3:::photos' }, 'no partition'],
  ['a region', { ...GOOD, Resource: 'arn:aws:s3:us-east-1::photos' }, 'in no region'],
  ['a thing of IAM', { ...GOOD, Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:machines' }, 'begins with user/'],
  ['a number', { ...GOOD, Resource: 5 }, 'Resource is text in quotes'],
  ['a list of numbers', { ...GOOD, Action: [5] }, 'Each value of Action'],
  ['an operator', { ...GOOD, Condition: { StringIs: { 'aws:username': 'ann' } } }, 'Unknown condition operator "StringIs"'],
  ['Null that may be missing', { ...GOOD, Condition: { NullIfExists: { 'aws:username': 'true' } } }, 'Unknown condition operator'],
  ['no keys', { ...GOOD, Condition: { StringLike: 'a' } }, 'has keys with their values'],
  ['a value', { ...GOOD, Condition: { StringLike: { 's3:prefix': null } } }, 'A value is text'],
  ['a date', { ...GOOD, Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } }, 'A date is written so'],
  ['a key twice', { ...GOOD, Condition: { StringLike: { 's3:prefix': 'a', 'S3:Prefix': 'b' } } }, 'twice'],
  ['the same Sid', [{ ...GOOD, Sid: 'a' }, { ...GOOD, Sid: 'a' }], 'Another statement has the Sid a'],
  ['no statement', [], 'one statement at least'],
  ['a text', 'Allow', 'A statement is an object'],
])('a statement with %s is refused', (_, statement, words) => {
  const all = told(policy(statement));
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(/^error: /);
  expect(all[0]).toContain(words);
});

test.each<[string, unknown, string]>([
  ['another service', { ...GOOD, Action: 'glue:GetTable' }, 'No service here asks for glue: actions'],
  ['an unknown action', { ...GOOD, Action: ['s3:GetObjekt'] }, 's3 has no action GetObjekt'],
  ['a pattern that fits none', { ...GOOD, Action: 's3:Steal*' }, 's3 has no action Steal*'],
  ['an unknown key', { ...GOOD, Condition: { StringLike: { 's3:prefixes': 'a' } } }, 'no condition key s3:prefixes'],
  ['a short ARN', { ...GOOD, Resource: 'arn:aws:s3' }, 'may be anything'],
])('%s is warned of, and taken', (_, statement, words) => {
  const all = told(policy(statement));
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(/^warning: /);
  expect(all[0]).toContain(words);
});

test.each<[string, unknown]>([
  ['everything', { Effect: 'Deny', NotAction: '*', NotResource: '*' }],
  ['patterns', { ...GOOD, Action: ['S3:get*', 's3:?utObject', '*'] }],
  ['conditions', { ...GOOD, Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a'], 'aws:PrincipalTag/team': 'b', 'accounts.example.com:sub': 'c' }, Bool: { 'aws:SecureTransport': true } } }],
  ['an operator that compares nothing', { ...GOOD, Condition: { StringIs: {} } }],
  ['dates', { ...GOOD, Condition: { DateLessThan: { 'aws:CurrentTime': ['2030-01-31T12:00:00Z', '2030', '1900000000'] } } }],
])('nothing is said of %s', (_, statement) => {
  expect(told(policy(statement))).toEqual([]);
});

test.each<[PolicyKind, unknown, string]>([
  ['trust', { ...TRUST, Resource: '*' }, 'has no Resource'],
  ['trust', { ...TRUST, Principal: undefined }, 'Principal is missing'],
  ['trust', { ...TRUST, Action: 's3:GetObject' }, 'sts:AssumeRole and its kin only'],
  ['trust', { ...TRUST, Principal: 'ann' }, 'Principal is "*", or an object'],
  ['trust', { ...TRUST, Principal: { Services: 'ec2.amazonaws.com' } }, 'write Service'],
  ['trust', { ...TRUST, Principal: { Service: 'ec2' } }, 'Service names a service'],
  ['trust', { ...TRUST, Principal: { AWS: 'arn:aws:iam::123456789012:role/*' } }, 'AWS names an account'],
  ['trust', { ...TRUST, Principal: { AWS: '12345678901' } }, 'AWS names an account'],
  ['bucket', GOOD, 'Principal is missing'],
])('a policy of the kind %s is judged as such: %j', (kind, statement, words) => {
  const all = told(policy(statement), kind);
  expect(all).toHaveLength(1);
  expect(all[0]).toContain(words);
});

test('principals may be accounts, users, roles, sessions and services', () => {
  const AWS = ['123456789012', 'arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:role/team/machines', 'arn:aws:sts::123456789012:assumed-role/machines/i-0a1b', '*'];
  expect(told(policy({ ...TRUST, Principal: { AWS, Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }), 'trust')).toEqual([]);
});

test('the version counts for managed policies, and is missed elsewhere', () => {
  const old = JSON.stringify({ Version: '2008-10-17', Statement: GOOD });
  const none = JSON.stringify({ Statement: GOOD });
  expect(told(old, 'managed')).toEqual(['error: A managed policy has version 2012-10-17.']);
  expect(told(old, 'user')).toEqual([]);
  expect(told(none, 'managed')).toEqual(['error: Version is missing: "2012-10-17".']);
  expect(told(none, 'user')[0]).toMatch(/^warning: Without/);
  expect(told(JSON.stringify({ Version: '2013-01-01', Statement: GOOD }))).toEqual(['error: There is no version 2013-01-01 of the language: write 2012-10-17.']);
});

test.each<[PolicyKind, number]>([
  ['user', 2048],
  ['managed', 6144],
  ['group', 5120],
  ['role', 10240],
])('a policy of the kind %s has at most %i characters, white space aside', (kind, most) => {
  const frame = policy({ ...GOOD, Resource: 'arn:aws:s3:::' }).replaceAll(/\s/g, '').length;
  const sized = (size: number) => policy({ ...GOOD, Resource: `arn:aws:s3:::${'a'.repeat(size - frame)}` }) + ' '.repeat(5000);
  expect(told(sized(most), kind)).toEqual([]);
  expect(told(sized(most + 1), kind)).toEqual([`error: The policy has ${most + 1} characters without white space; ${most} is the most.`]);
});

test('a problem has its line and column, and what is missing the bracket of what it is missing in', () => {
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Permit",\n      "Action": "s3:*"\n    }\n  ]\n}';
  expect(checks(text, 'role').map(({ line, column }) => [line, column])).toEqual([
    [4, 5],
    [5, 17],
  ]);
});

test('what the templates write is right', () => {
  for (const text of [policies.readBucket('photos'), policies.writePrefix('photos', '/raw/'), policies.everything()]) expect(told(text, 'managed')).toEqual([]);
  for (const text of [trusts.clusters(), trusts.account('123456789012', ''), trusts.account('123456789012', 'a')]) expect(told(text, 'trust')).toEqual([]);
  expect(policies.writePrefix('photos', 'raw')).toBe(policies.writePrefix('photos', '/raw/*'));
  expect(told(trusts.account('12', ''), 'trust')).toHaveLength(1);
});
