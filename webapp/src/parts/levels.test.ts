import { expect, test } from 'vitest';
import { levelWords } from './levels';

test('levels are words', () => {
  expect(levelWords('CAN_ATTACH_TO')).toBe('Can attach to');
  expect(levelWords('IS_OWNER')).toBe('Is owner');
});
