import { expect, it } from 'vitest';
import { ownPath } from './next';

it.each(['/', '/jobs/1?tab=runs', '/oidc/v1/authorize?redirect_uri=http%3A%2F%2Flocalhost%3A8020', '/workspace/a b'])('goes to %s', (path) => {
  expect(ownPath(path)).toBe(path);
});

it.each([null, '', 'jobs', '//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/\n/evil.example', '/a\\b'])(
  'goes home and not to %j',
  (path) => {
    expect(ownPath(path)).toBe('/');
  },
);
