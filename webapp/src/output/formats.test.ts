import { expect, test } from 'vitest';
import { formatsOf, formatted } from './formats';

test('numbers are rounded and grouped as their column says', () => {
  expect(formatted('two', 'number', 5267806.8999999985)).toBe('5,267,806.90');
  expect(formatted('whole', 'number', '1234567.5')).toBe('1,234,568');
  expect(formatted('percent', 'number', 0.1234)).toBe('12.3 %');
  expect(formatted('short', 'number', 1234567)).toBe('1.2M');
  expect(formatted('', 'number', 5267806.8999999985)).toBe('5267806.8999999985');
});

test('moments are cut as their column says', () => {
  expect(formatted('day', 'date', '2024-01-01T00:00:00.000+00:00')).toBe('2024-01-01');
  expect(formatted('minute', 'date', '2024-01-01T10:20:30.400Z')).toBe('2024-01-01 10:20');
  expect(formatted('month', 'date', '2024-01-01')).toBe('2024-01');
});

test('what does not fit its format stays as it is', () => {
  expect(formatted('two', 'number', null)).toBe('');
  expect(formatted('two', 'number', 'NaN')).toBe('NaN');
  expect(formatted('two', 'number', '12345678901234567890.12')).toBe('12345678901234567890.12');
  expect(formatted('constructor', 'number', 5)).toBe('5');
  expect(formatted('two', 'text', '5')).toBe('5');
  expect(formatted('day', 'date', '+12024-01-01')).toBe('+12024-01-01');
});

test('every format is the one that its label shows', () => {
  const example = { number: { '': '', whole: '1,235', one: '1,234.6', two: '1,234.57', four: '1,234.5679' } };
  for (const { value, label } of formatsOf('number')) {
    if (value in example.number && value) expect(formatted(value, 'number', 1234.56789)).toBe(label);
  }
  for (const { value, label } of formatsOf('date')) if (value) expect(formatted(value, 'date', '2026-11-27T14:05:09.5Z')).toBe(label);
  expect(formatsOf('text')).toEqual([]);
});
