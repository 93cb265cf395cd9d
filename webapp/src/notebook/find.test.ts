import { expect, test } from 'vitest';
import { matchesIn, patternOf, replacementOf } from './find';

const plain = { text: 'a.b', matchCase: false, regexp: false };

test('a text is found as it is written, a pattern as it means', () => {
  const text = 'a.b axb A.B';
  expect(matchesIn('c', text, patternOf(plain)).map(({ from }) => from)).toEqual([0, 8]);
  expect(matchesIn('c', text, patternOf({ ...plain, matchCase: true })).map(({ from }) => from)).toEqual([0]);
  expect(matchesIn('c', text, patternOf({ ...plain, regexp: true })).map(({ from }) => from)).toEqual([0, 4, 8]);
});

test('a pattern that matches nothing at all ends', () => {
  expect(matchesIn('c', 'abc', patternOf({ text: 'x*', matchCase: false, regexp: true }))).toEqual([]);
});

test('groups are put in only for patterns', () => {
  const query = { text: '(\\w+)=(\\w+)', matchCase: false, regexp: true };
  const [match] = matchesIn('c', 'key=value', patternOf(query));
  expect(match && replacementOf('key=value', match, query, '$2=$1 [$&]')).toBe('value=key [key=value]');
  expect(match && replacementOf('key=value', match, plain, '$1')).toBe('$1');
});
