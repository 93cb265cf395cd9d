import { expect, test } from 'vitest';
import { unboundIn } from './unboundName';

const failed = (evalue: string) => [{ type: 'error' as const, ename: 'AnalysisException', evalue, traceback: [] }];

test('a parameter that nobody gives is known by its name', () => {
  expect(unboundIn(failed('[UNBOUND_SQL_PARAMETER] Found the unbound parameter: city. Please, fix `args` and provide a mapping.'))).toBe('city');
  expect(unboundIn(failed('[TABLE_OR_VIEW_NOT_FOUND] The table: city'))).toBeUndefined();
  expect(unboundIn([{ type: 'stream', name: 'stdout', text: '[UNBOUND_SQL_PARAMETER] Found the unbound parameter: city.' }])).toBeUndefined();
});
