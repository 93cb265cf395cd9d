import { expect, test } from 'vitest';
import { offsetOf, readable, statements } from './statements';

const PRETTY = '{\n  "Statement": [\n    {"Sid": "a"},\n    {"Sid": "b"}\n  ]\n}';

test('statements are found where they stand, one or many', () => {
  expect(statements(PRETTY).map(({ from, to }) => PRETTY.slice(from, to))).toEqual(['{"Sid": "a"}', '{"Sid": "b"}']);
  expect(statements('{"Statement": {"Sid": "a"}}')).toEqual([{ from: 14, to: 26 }]);
  expect(statements('{"Statement"')).toEqual([]);
});

test('a position of IAM is a place in the text', () => {
  const from = offsetOf(PRETTY, { line: 4, column: 5 });
  expect(PRETTY.slice(from, offsetOf(PRETTY, { line: 4, column: 17 }))).toBe('{"Sid": "b"}');
});

test('what was written in one line is drawn apart, and what is marked in it is marked still', () => {
  const line = JSON.stringify(JSON.parse(PRETTY));
  const second = statements(line)[1];
  const { text, marked } = readable(line, second ? [second] : []);
  expect(text.split('\n').length).toBeGreaterThan(5);
  expect(marked.map(({ from, to }) => JSON.parse(text.slice(from, to)))).toEqual([{ Sid: 'b' }]);
  expect(readable(PRETTY, [{ from: 1, to: 2 }])).toEqual({ text: PRETTY, marked: [{ from: 1, to: 2 }] });
});
