import { expect, test } from 'vitest';
import { attached } from './attachments';

test('a picture that was attached in Jupyter is found by its name, also where that is quoted', () => {
  const all = { 'a b.png': { 'image/png': 'iVBORw0=' }, 'x.txt': { 'text/plain': 'aGk=' }, 'bad.png': { 'image/png': '"><script>' } };
  expect(attached('attachment:a b.png', all)).toBe('data:image/png;base64,iVBORw0=');
  expect(attached('attachment:a%20b.png', all)).toBe('data:image/png;base64,iVBORw0=');
  expect(['attachment:x.txt', 'attachment:bad.png', 'attachment:gone.png', 'attachment:constructor', 'attachment:%', 'https://a/b.png'].map((each) => attached(each, all))).toEqual(Array(6).fill(undefined));
  expect(attached('attachment:a.png', undefined)).toBeUndefined();
});
