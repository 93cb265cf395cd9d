import { expect, test } from 'vitest';
import { whyUnseen } from './unseen';

test('pictures from elsewhere and lost attachments are told, others are shown', () => {
  const own = 'http://127.0.0.1:8585';
  expect(whyUnseen('data:image/png;base64,AA', own)).toBeUndefined();
  expect(whyUnseen('/mark.svg', own)).toBeUndefined();
  expect(whyUnseen('https://example.com/a.png', own)).toBe('a picture from example.com is not loaded here.');
  expect(whyUnseen('//example.com/a.png', own)).toContain('example.com');
  expect(whyUnseen('attachment:a.png', own)).toContain('attached in Jupyter');
  expect(whyUnseen('', own)).toContain('no address');
  expect(whyUnseen('file:///etc/passwd', own)).toContain('file:');
  expect(whyUnseen('http://[', own)).toBe('the address of the picture is none.');
});
