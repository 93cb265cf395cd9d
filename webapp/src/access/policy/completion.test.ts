import { expect, test } from 'vitest';
import { offers } from './completion';
import { typingAt } from './context';

/** The place of `|` in a text, and the text without it. */
function split(marked: string): [string, number] {
  const at = marked.indexOf('|');
  return [marked.slice(0, at) + marked.slice(at + 1), at];
}

const STATEMENT = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}, {';

test.each([
  ['{|', [], 'key'],
  ['{"Vers|', [], 'key'],
  ['{"Version": "|', ['Version'], 'value'],
  ['{"Version": "a", |', [], 'key'],
  [`${STATEMENT}"|`, ['Statement'], 'key'],
  [`${STATEMENT}"Action": ["s3:a", "s3:|"]}]}`, ['Statement', 'Action'], 'value'],
  [`${STATEMENT}"Sid": "a { \\" [", "Condition": {"|`, ['Statement', 'Condition'], 'key'],
  [`${STATEMENT}"Condition": {"StringLike": {"|`, ['Statement', 'Condition', 'StringLike'], 'key'],
])('%s is known by what stands before it', (marked, path, role) => {
  expect(typingAt(...split(marked))).toMatchObject({ path, role });
});

test.each([
  ['{"|', 'Statement'],
  [`${STATEMENT}"|`, 'NotAction'],
  [`${STATEMENT}"Effect": "|`, 'Deny'],
  [`${STATEMENT}"Action": ["s3:G|`, 's3:GetObject'],
  [`${STATEMENT}"Action": |`, 'iam:PassRole'],
  [`${STATEMENT}"Resource": "|`, 'arn:aws:s3:::'],
  [`${STATEMENT}"Principal": {"|`, 'Service'],
  [`${STATEMENT}"Principal": {"Service": "|`, 'ec2.amazonaws.com'],
  [`${STATEMENT}"Condition": {"|`, 'StringLike'],
  [`${STATEMENT}"Condition": {"StringLike": {"|`, 's3:prefix'],
])('at %s there is offered %s', (marked, word) => {
  expect(offers(...split(marked)).map((each) => each.word)).toContain(word);
});

test('what is offered replaces what is written, quotes aside', () => {
  const [text, at] = split('{"Version": "2012-10-17", "Stat|');
  expect(offers(text, at)[0]).toMatchObject({ from: at - 4, quoted: true });
  const [bare, end] = split('{"Version": |');
  expect(offers(bare, end)[0]).toMatchObject({ from: end, quoted: false });
  expect(offers(...split(`${STATEMENT}"Sid": "|`))).toEqual([]);
});
