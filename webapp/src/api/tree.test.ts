import { expect, test } from 'vitest';
import { decoded, encoded } from './tree';

test('text survives the base64 of the workspace API', () => {
  const text = 'grün 🚢\n';
  expect(decoded(encoded(new TextEncoder().encode(text)))).toBe(text);
});
