import { expect, test } from 'vitest';
import { headings } from './headings';

test('headings tell their level, their words without marks, and an id', () => {
  expect(headings('# Load *the* `data`\n\ntext\n\n## R&D <b>now</b>\n')).toEqual([
    { level: 1, text: 'Load the data', id: 'user-content-load-the-data' },
    { level: 2, text: 'R&D now', id: 'user-content-rd-now' },
  ]);
});

test('headings with the same words have different ids', () => {
  expect(headings('# Setup\n# Setup\n# Setup').map(({ id }) => id)).toEqual(['user-content-setup', 'user-content-setup-1', 'user-content-setup-2']);
});

test('what looks like a heading inside code is none', () => {
  expect(headings('```\n# no\n```\n')).toEqual([]);
});
