import { expect, test } from 'vitest';
import { cellDiff, lineDiff } from './lineDiff';

const short = (before: string, after: string) => lineDiff(before, after).map(({ kind, text }) => ({ same: ' ', old: '-', new: '+' })[kind] + text);

test('lines that stay are kept, others are told as gone and new', () => {
  expect(short('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(short('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(short('a\nb\nc\nd', 'b\nd\ne')).toEqual(['-a', ' b', '-c', ' d', '+e']);
});

test('cells are told apart by their ids', () => {
  const cell = (id: string, text = id) => ({ id, text });
  const kinds = (before: string[], after: string[]) => cellDiff(before.map((id) => cell(id)), after.map((id) => cell(id))).map(({ id, kind }) => `${id} ${kind}`);
  expect(kinds(['a', 'b', 'c'], ['a', 'n', 'c'])).toEqual(['a same', 'b old', 'n new', 'c same']);
  expect(kinds(['a', 'b', 'c'], ['c', 'a'])).toEqual(['c same', 'a same', 'b old']);
  expect(cellDiff([cell('a', '1')], [cell('a', '2')])[0]?.kind).toBe('changed');
});
