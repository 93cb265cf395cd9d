import { expect, test } from 'vitest';
import type { Evaluation, Matched } from '../api/simulation';
import { answer, bucketOf, byPolicy, rangesOf, sourceOf, type Speaker } from './answers';

const ONE: Matched = { policy: 'P', type: 'user-managed' };
const evaluation = (more: Partial<Evaluation>): Evaluation => ({ action: 's3:GetObject', resource: '*', decision: 'allowed', matched: [], missing: [], ...more });

test.each<[Partial<Evaluation>, boolean, string]>([
  [{ decision: 'allowed', matched: [ONE] }, true, 'A statement allows it.'],
  [{ decision: 'allowed', matched: [ONE, ONE] }, true, '2 statements allow it.'],
  [{ decision: 'explicitDeny', matched: [ONE] }, false, 'A statement denies it'],
  [{ decision: 'explicitDeny', matched: [ONE], boundaryAllows: false }, false, 'A statement denies it'],
  [{ decision: 'implicitDeny' }, false, 'Nothing allows it.'],
  [{ decision: 'implicitDeny', boundaryAllows: true }, false, 'Nothing allows it.'],
  [{ decision: 'implicitDeny', boundaryAllows: false }, false, 'The permissions boundary does not allow it'],
])('%j is answered in words', (given, allowed, why) => {
  const said = answer(evaluation(given));
  expect(said.allowed).toBe(allowed);
  expect(said.why).toContain(why);
});

const attached = (...arns: string[]) => arns.map((arn) => ({ arn, name: arn.slice(arn.lastIndexOf('/') + 1) }));
const OWN = 'arn:aws:iam::123456789012:policy/team/Read';
const OF_AWS = 'arn:aws:iam::aws:policy/Read';
const SPEAKERS: Speaker[] = [
  { kind: 'User', thing: { name: 'ann', attached: attached(OF_AWS), inline: [{ name: 'a_b', document: '{1}' }], boundary: 'arn:aws:iam::123456789012:policy/Most' } },
  { kind: 'Group', thing: { name: 'readers', attached: attached(OWN), inline: [{ name: 'b', document: '{2}' }] } },
];

test.each<[string, string, object | undefined]>([
  ['user_ann_a_b', 'user', { title: 'Inline policy a_b of user ann', document: '{1}' }],
  ['group_readers_b', 'group', { title: 'Inline policy b of group readers', document: '{2}' }],
  ['Read', 'aws-managed', { title: 'Read, attached to user ann', arn: OF_AWS }],
  ['Read', 'user-managed', { title: 'Read, attached to group readers', arn: OWN }],
  ['Most', 'user-managed', { title: 'Most, the boundary of user ann' }],
  ['ResourcePolicy', 'resource', { document: '{bucket}' }],
  ['role_ann_a_b', 'role', undefined],
  ['Other', 'user-managed', undefined],
])('policy %s of the kind %s is found', (policy, type, source) => {
  const found = sourceOf({ policy, type }, SPEAKERS, '{bucket}');
  if (source) expect(found).toMatchObject(source);
  else expect(found).toBeUndefined();
});

test('statements of one policy are shown together, where they stand', () => {
  const second: Matched = { policy: 'Q', type: 'user-managed', start: { line: 2, column: 3 }, end: { line: 2, column: 5 } };
  expect(byPolicy([ONE, second, ONE]).map((all) => all.length)).toEqual([2, 1]);
  expect(rangesOf([ONE, second], '[\n  {}\n]').map(({ from, to }) => '[\n  {}\n]'.slice(from, to))).toEqual(['{}']);
});

test('the bucket of a resource is known unless it is left open', () => {
  expect(['arn:aws:s3:::photos/raw/a', 'arn:aws:s3:::photos', 'arn:aws:s3:::photo*/a', '*', 'arn:aws:iam::123456789012:role/a'].map(bucketOf)).toEqual(['photos', 'photos', undefined, undefined, undefined]);
});
