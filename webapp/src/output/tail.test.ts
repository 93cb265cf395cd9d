import { expect, test } from 'vitest';
import { tail } from './tail';

test('a short text is whole', () => {
  expect(tail('a\nb\n')).toEqual({ text: 'a\nb\n', cut: false });
  expect(tail('')).toEqual({ text: '', cut: false });
  expect(tail('\n\n\n', 5)).toEqual({ text: '\n\n\n', cut: false });
});

test('of many lines the last ones stay', () => {
  expect(tail('1\n2\n3\n4\n', 2)).toEqual({ text: '3\n4\n', cut: true });
  expect(tail('1\n2\n3\n4', 2)).toEqual({ text: '3\n4', cut: true });
  expect(tail('1\n2', 2)).toEqual({ text: '1\n2', cut: false });
});

test('of a line without end the end stays', () => {
  expect(tail('x'.repeat(100), 10, 30)).toEqual({ text: 'x'.repeat(30), cut: true });
});

test('a million lines are cut to the last', () => {
  const text = 'a line of text\n'.repeat(1_000_000);
  expect(tail(text).text.length).toBe(15 * 2000);
});
