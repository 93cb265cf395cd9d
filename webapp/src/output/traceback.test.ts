import { expect, test } from 'vitest';
import { folded } from './traceback';

test('frames of libraries are folded, own frames stay', () => {
  const trace = [
    '\u001b[0;31m---------\u001b[0m',
    '\u001b[0;31mKeyError\u001b[0m     Traceback (most recent call last)',
    'File \u001b[0;32m/x/lib/python3.11/site-packages/pandas/core.py:3805\u001b[0m, in get\n   3804 try:\n-> 3805     return 1\n',
    'Cell \u001b[0;32mIn[3], line 1\u001b[0m\n----> 1 df["x"]\n',
    "\u001b[0;31mKeyError\u001b[0m: 'x'",
  ];
  const { own, hidden, all } = folded(trace, "KeyError: 'x'");
  expect(hidden).toBe(1);
  expect(own).toContain('df["x"]');
  expect(own).not.toContain('KeyError');
  expect(own).not.toContain('3805');
  expect(all).toContain('3805');
});

test('frames of the JVM are folded', () => {
  const { own, hidden } = folded(['org.apache.spark.SparkException: no', '\tat org.apache.spark.A.b(A.scala:1)', '\tat scala.C.d(C.scala:2)', 'Caused by: java.io.IOException: gone', '\t... 12 more'], '');
  expect(hidden).toBe(3);
  expect(own).toBe('org.apache.spark.SparkException: no\nCaused by: java.io.IOException: gone');
});

test('what is said before a trace is not said again in it', () => {
  const trace = ['org.apache.spark.sql.AnalysisException: no column\n  and so on\n\n', '\tat org.apache.spark.A.b(A.scala:1)'];
  expect(folded(trace, 'ExtendedAnalysisException: no column\n  and so on\n')).toMatchObject({ own: '', hidden: 1 });
});

test('a trace of own frames only is whole', () => {
  expect(folded(['Cell In[1], line 1', '----> 1 1/0', 'ZeroDivisionError: division by zero'], 'ZeroDivisionError: division by zero')).toMatchObject({
    own: 'Cell In[1], line 1\n----> 1 1/0',
    hidden: 0,
  });
});
