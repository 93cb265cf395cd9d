import { expect, test } from 'vitest';
import { trusts } from './policy/templates';
import { trusted } from './trust';

const ACCOUNT = '123456789012';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, more = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

test.each([
  [trusts.clusters(), 'EC2 (clusters)'],
  [trusts.account('210987654321', ''), 'account 210987654321'],
  [trusts.account(ACCOUNT, 'x'), 'this account, under conditions'],
  [document(allow({ AWS: [`arn:aws:iam::${ACCOUNT}:user/team/ann`, 'arn:aws:iam::210987654321:role/reader', '210987654321'] })), 'user ann, role reader of 210987654321, account 210987654321'],
  [document(allow('*')), 'everybody'],
  [document(allow({ AWS: '*' }), allow({ Service: 'lambda.amazonaws.com' })), 'everybody, lambda'],
  [document(allow({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/accounts.example.com` })), 'accounts.example.com'],
  [document({ ...allow('*'), Effect: 'Deny' }), 'nobody'],
  ['{', 'a document that cannot be read here'],
])('%s trusts %s', (text, words) => {
  expect(trusted(text, ACCOUNT)).toBe(words);
});
