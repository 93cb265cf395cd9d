import { expect, test } from 'vitest';
import { withoutPlan } from './plan';

test('the plan below an error of Spark is told apart from its words', () => {
  const { words, plan } = withoutPlan(
    "[UNBOUND_SQL_PARAMETER] Found the unbound parameter: city. SQLSTATE: 42P02; line 1 pos 8;\n'Project [*]\n+- 'Filter (a = parameter(city))\n   +- 'UnresolvedRelation [t], [], false\n",
  );
  expect(words).toBe('[UNBOUND_SQL_PARAMETER] Found the unbound parameter: city. SQLSTATE: 42P02; line 1 pos 8');
  expect(plan).toBe("'Project [*]\n+- 'Filter (a = parameter(city))\n   +- 'UnresolvedRelation [t], [], false");
});

test('what comes after a plan stays', () => {
  expect(withoutPlan('it broke\n== Plan ==\nProject\n+- Range\n\nCall to x').words).toBe('it broke\nCall to x');
});

test('an error without a plan stays as it is', () => {
  for (const text of ['', 'one line', 'a\n- list\n- of things', "syntax error\n== SQL ==\nselec 1\n^^^", '+- nothing above']) expect(withoutPlan(text)).toEqual({ words: text, plan: '' });
});
