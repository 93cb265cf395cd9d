import { expect, test } from 'vitest';
import { onReach, reachable, told } from '../api/reach';
import { fetched, PageAway } from './lazyPage';

const missing = new TypeError('Failed to fetch dynamically imported module: /assets/JobsPage.js');

test('a page that cannot be fetched from a server that is away says so, and is known to be away', async () => {
  const heard: boolean[] = [];
  const stop = onReach(() => heard.push(reachable()));
  await expect(fetched(() => Promise.reject(missing), () => Promise.reject(new TypeError('Failed to fetch')))).rejects.toBeInstanceOf(PageAway);
  expect(heard).toEqual([false]);
  told(true);
  told(true);
  expect(heard).toEqual([false, true]);
  stop();
});

test('a server that answers without the page has become another one', async () => {
  await expect(fetched(() => Promise.reject(missing), () => Promise.resolve())).rejects.toBe(missing);
  expect(await fetched(() => Promise.resolve(5))).toBe(5);
});
