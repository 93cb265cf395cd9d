import { expect, test } from 'vitest';
import { follower, heard } from './frame';

test('heights are kept within bounds', () => {
  expect(heard({ height: 120.2 })).toEqual({ height: 121 });
  expect(heard({ height: -5 })).toEqual({ height: 16 });
  expect(heard({ height: 1e9 })).toEqual({ height: 1600 });
  expect(heard({ height: '100' })).toBeUndefined();
  expect(heard({ height: NaN })).toBeUndefined();
});

test('only addresses of the web are links', () => {
  expect(heard({ link: 'https://example.com/x' })).toEqual({ link: 'https://example.com/x' });
  for (const link of ['javascript:alert(1)', 'data:text/html,x', '/relative', 7]) expect(heard({ link })).toBeUndefined();
});

test('anything else is not heard', () => {
  for (const data of [undefined, null, 'ready', 1, [], { ready: 'yes' }, { blocked: 'inline' }, { blocked: 'http://inside/' }]) expect(heard(data)).toBeUndefined();
});

test('content that arrives is followed, a page as high as its window is not followed for ever', () => {
  const grows = follower();
  expect([100, 300, 320, 900].map((height) => grows(height))).toEqual([100, 300, 320, 900]);
  const chases = follower();
  expect(Array.from({ length: 12 }, (_, index) => chases(69 + 45 * index)).at(-1)).toBeUndefined();
});
