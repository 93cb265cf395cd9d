import { expect, test } from 'vitest';
import { settled, spans, withoutColours } from './ansi';

test('colours, brightness and their ends become stretches of text', () => {
  expect(spans('a\u001b[0;31mred\u001b[1mbold\u001b[0m b')).toEqual([
    { text: 'a' },
    { text: 'red', colour: 1 },
    { text: 'bold', colour: 1, bold: true },
    { text: ' b' },
  ]);
  expect(spans('\u001b[92mx')).toEqual([{ text: 'x', colour: 10 }]);
});

test('the 256 colours and true colours are understood', () => {
  expect(spans('\u001b[38;5;196mx')).toEqual([{ text: 'x', colour: 'rgb(255,0,0)' }]);
  expect(spans('\u001b[48;2;1;2;3mx')).toEqual([{ text: 'x', background: 'rgb(1,2,3)' }]);
  expect(spans('\u001b[38;5;9mx')).toEqual([{ text: 'x', colour: 9 }]);
});

test('what is meant for a terminal only leaves no trace', () => {
  expect(spans('\u001b[2K\u001b[?25lone\u001b]0;title\u0007two')).toEqual([{ text: 'one' }, { text: 'two' }]);
  expect(withoutColours('\u001b[31mx\u001b[0m')).toBe('x');
});

test('markup stays text', () => {
  expect(spans('<b>x</b>')).toEqual([{ text: '<b>x</b>' }]);
});

test('a progress bar leaves its last writing', () => {
  expect(settled('10%\r50%\r100%\ndone')).toBe('100%\ndone');
  expect(settled('10%\r50%\r')).toBe('50%\r');
  expect(settled('a\r\nb')).toBe('a\nb');
});
