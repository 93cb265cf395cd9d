import { expect, test } from 'vitest';
import { codeOf, languageOf, silent } from './magic';

test('a cell is in the language of its magic, else in that of the notebook', () => {
  expect(languageOf('%sql\nselect 1', 'python')).toBe('sql');
  expect(languageOf('%py\n1', 'sql')).toBe('python');
  expect(languageOf('%md-sandbox <b>', 'sql')).toBe('md');
  expect(languageOf('%timeit f()', 'python')).toBe('python');
  expect(languageOf('%sqlite', 'python')).toBe('python');
  expect(languageOf(' %sql', 'python')).toBe('python');
  expect(languageOf('%sh', 'python')).toBe('sh');
});

test('code is what stands behind the magic, on its line too', () => {
  expect(codeOf('%sql\nselect 1')).toBe('select 1');
  expect(codeOf('%md # Title\ntext')).toBe('# Title\ntext');
  expect(codeOf('%pip install x')).toBe('install x');
  expect(codeOf('print(1)')).toBe('print(1)');
  expect(codeOf('%sql')).toBe('');
});

test('text for the reader and blanks are not run', () => {
  expect(silent('%md hello', 'python')).toBe(true);
  expect(silent('%sql\n \n', 'python')).toBe(true);
  expect(silent('select 1', 'sql')).toBe(false);
});
