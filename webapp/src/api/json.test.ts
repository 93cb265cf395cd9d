import { expect, test } from 'vitest';
import { exact, parse } from './json';

/** Whether this JavaScript tells how a number was written; all browsers do, Node.js from 21. */
let source: string | undefined;
JSON.parse('1', (_key, _value, context?: { source?: string }) => (source = context?.source));

const read = (...numbers: string[]) => numbers.map((each) => exact('', Number(each), { source: each }));

test('whole numbers that a double cannot hold come as strings of their digits', () => {
  expect(read('9223372036854775807', '-9223372036854775808', '9007199254740993')).toEqual(['9223372036854775807', '-9223372036854775808', '9007199254740993']);
});

test('whole numbers that a double holds, and fractions, stay numbers', () => {
  expect(read('9007199254740991', '-9007199254740991', '12345678901234567890.5', '1e300')).toEqual([9007199254740991, -9007199254740991, 12345678901234567890.5, 1e300]);
});

test('without the digits as they were written a number stays what it became', () => {
  expect(exact('', Number('9223372036854775807'))).toBe(Number('9223372036854775807'));
});

test.runIf(source)('long numbers are exact wherever they stand, and texts are left alone', () => {
  expect(parse('{"rows":[[9223372036854775807,{"a":-9223372036854775808}]],"text":"9223372036854775807","share":0.12345678901234567}')).toEqual({
    rows: [['9223372036854775807', { a: '-9223372036854775808' }]],
    text: '9223372036854775807',
    share: 0.12345678901234567,
  });
});
