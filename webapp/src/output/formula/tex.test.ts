import { expect, test } from 'vitest';
import { inLatex, inMarkdown, pieces } from './tex';

const tex = (text: string) => inMarkdown(text)?.tex;

test('dollars around a formula', () => {
  expect(inMarkdown('$x^2$ and')).toEqual({ source: '$x^2$', tex: 'x^2', display: false });
  expect(inMarkdown('$$\n\\sum_i x_i\n$$')).toEqual({ source: '$$\n\\sum_i x_i\n$$', tex: '\\sum_i x_i', display: true });
  expect(tex('$x$')).toBe('x');
  expect(tex('$\\$5 + x$')).toBe('\\$5 + x');
});

test('money is no formula', () => {
  for (const text of ['$5 and $6', '$5', '$ 5$', '$5 $', '$a$5', '$$', '$$$$', '$5\n\nand 6$', '$6, a `$code$`']) expect(tex(text)).toBeUndefined();
});

test('backslashes that are written twice, as Databricks has it', () => {
  expect(inMarkdown('\\\\(c = \\\\pm\\\\sqrt{a^2}\\\\)')).toMatchObject({ tex: 'c = \\pm\\sqrt{a^2}', display: false });
  expect(inMarkdown('\\\\[A{_i}\\\\]')).toMatchObject({ tex: 'A{_i}', display: true });
  expect(tex('$$c = \\\\pm 1$$')).toBe('c = \\pm 1');
});

test('a line break stays one where backslashes are written once', () => {
  expect(tex('$$\\begin{matrix}a\\\\b\\end{matrix}$$')).toBe('\\begin{matrix}a\\\\b\\end{matrix}');
});

test('a text of LaTeX is taken apart', () => {
  expect(pieces('$\\displaystyle x$', inLatex)).toEqual([{ source: '$\\displaystyle x$', tex: '\\displaystyle x', display: false }]);
  expect(pieces('so \\(a\\), costs $5', inLatex)).toEqual(['so ', { source: '\\(a\\)', tex: 'a', display: false }, ', costs $5']);
  expect(pieces('\\begin{align*}a&=b\\end{align*}', inLatex)).toMatchObject([{ display: true }]);
});
