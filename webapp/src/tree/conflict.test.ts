import { afterEach, expect, test, vi } from 'vitest';
import { encoded } from '../api/tree';
import { copyOf, disagree, edited, present } from './conflict';

afterEach(() => vi.unstubAllGlobals());

test('only what somebody else has changed, and to something else than what is typed here, is in the way', () => {
  expect(disagree('old', 'old', 'mine')).toBe(false);
  expect(disagree('old', 'mine', 'mine')).toBe(false);
  expect(disagree('old', 'theirs', 'mine')).toBe(true);
  expect(disagree('old', undefined, 'mine')).toBe(true);
});

test('a file that was deleted is told apart from one that cannot be read', async () => {
  const answer = (status: number, body: object) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status })));
  answer(200, { content: encoded(new TextEncoder().encode('now')) });
  expect(await present('/a')).toBe('now');
  answer(404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'gone' });
  expect(await present('/a')).toBeUndefined();
  answer(403, { error_code: 'PERMISSION_DENIED', message: 'no' });
  await expect(present('/a')).rejects.toThrow('no');
});

test('line breaks of other systems are no change', () => {
  expect(edited('a\r\nb\rc\n')).toBe('a\nb\nc\n');
});

test('a copy stands beside the file and keeps its extension', () => {
  expect(copyOf('/a/b.tar.gz')).toBe('/a/b.tar-copy.gz');
  expect(copyOf('/a/.env')).toBe('/a/.env-copy');
  expect(copyOf('/Makefile')).toBe('/Makefile-copy');
});
