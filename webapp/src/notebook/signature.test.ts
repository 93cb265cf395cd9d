import { expect, test } from 'vitest';
import { signatureIn, within } from './signature';

test('of what is known of a function its call and its first words are shown', () => {
  const text = 'Signature:\nspark.range(\n    start: int,\n    end: Optional[int] = None,\n) -> DataFrame\nDocstring:\nCreate a DataFrame with one column.\n\n.. versionadded:: 2.0\nFile:      /x.py\nType:      method';
  expect(signatureIn(text)).toBe('spark.range(\n    start: int,\n    end: Optional[int] = None,\n) -> DataFrame\nCreate a DataFrame with one column.');
  expect(signatureIn('Signature: f(a, b=1)\nDocstring: <no docstring>\nType: function')).toBe('f(a, b=1)');
  expect(signatureIn('Init signature: int(self, /, *args)\nDocstring:     \nint([x]) -> integer\nType: type')).toBe('int(self, /, *args)\nint([x]) -> integer');
  expect(signatureIn('Type: int\nString form: 5')).toBeUndefined();
});

test('the hint stays until its brackets are closed', () => {
  expect(['', 'a, ', 'g(1), [', '{"a": (2)}'].map(within)).toEqual([true, true, true, true]);
  expect(['a)', 'g(1))', ']'].map(within)).toEqual([false, false, false]);
});
