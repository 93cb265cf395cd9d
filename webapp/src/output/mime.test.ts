import { expect, test } from 'vitest';
import { grouped } from './grouped';
import { chosen, TABLE } from './mime';

test('the richest form is shown', () => {
  expect(chosen({ 'text/plain': 'x', 'text/html': '<b>', [TABLE]: {} })).toBe(TABLE);
  expect(chosen({ 'text/plain': 'x', 'image/png': 'aa', 'text/html': '<b>' })).toBe('image/png');
});

test('a chart of Altair is drawn, whichever way its type is written', () => {
  for (const type of ['application/vnd.vegalite.v6.json', 'application/vnd.vegalite.v5+json']) expect(chosen({ 'text/plain': '<VegaLite>', [type]: { mark: 'point' } })).toBe(type);
});

test('a form without content is passed over', () => {
  expect(chosen({ 'text/plain': 'x', 'text/html': '' })).toBe('text/plain');
});

test('what works behind the scenes is not shown, what is unknown is said to be', () => {
  expect(chosen({ 'application/vnd.slipway.widget+json': {} })).toBe('none');
  expect(chosen({})).toBe('none');
  expect(chosen({ 'application/x-strange': 1 })).toBeUndefined();
});

test('what is printed between two displays is shown as one', () => {
  const out = (text: string, name: 'stdout' | 'stderr' = 'stdout') => ({ type: 'stream' as const, name, text });
  const shown = { type: 'display_data' as const, data: {} };
  expect(grouped([out('a'), out('b', 'stderr'), shown, out(''), out('c')]).map(({ at, streams }) => [at, streams?.length])).toEqual([[0, 2], [2, undefined], [4, 1]]);
});
