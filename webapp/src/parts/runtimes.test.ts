import { expect, test } from 'vitest';
import { nodeTypeChoices } from './nodeTypes';
import { runtimeChoices, runtimeText, shortRuntime } from './runtimes';

const VERSIONS = [
  { key: '18.2.x-scala2.13', name: '18.2 (includes Apache Spark 4.2.1, Scala 2.13)' },
  { key: '17.3.x-scala2.13', name: '17.3 LTS (includes Apache Spark 4.0.1, Scala 2.13)' },
];
const RUNTIMES = {
  versions: VERSIONS,
  unlisted: [
    { from: 1, runs_as: '17.3 LTS, Spark 4.0.1' },
    { from: 18, runs_as: '18.2, Spark 4.2.1' },
  ],
};

test('a runtime has a short name', () => {
  expect(shortRuntime('18.2 (includes Apache Spark 4.2.1, Scala 2.13)')).toBe('18.2 (Spark 4.2.1)');
});

test('a key that is not offered says what it runs as', () => {
  expect(runtimeText('18.2.x-scala2.13', RUNTIMES)).toBe('18.2 (Spark 4.2.1)');
  expect(runtimeText('7.0.x-scala2.12', RUNTIMES)).toBe('7.0.x (runs as 17.3 LTS, Spark 4.0.1)');
  expect(runtimeText('18.0.x-cpu-ml-scala2.13', RUNTIMES)).toBe('18.0.x (runs as 18.2, Spark 4.2.1)');
  expect(runtimeText('99.x-scala2.13', RUNTIMES)).toBe('99.x (runs as 18.2, Spark 4.2.1)');
  expect(runtimeText('nonsense', RUNTIMES)).toBe('nonsense');
  expect(runtimeText('7.0.x-scala2.12', { versions: [], unlisted: [] })).toBe('7.0.x-scala2.12');
});

test('what is chosen is among the choices', () => {
  expect(runtimeChoices(RUNTIMES, '7.0.x-scala2.12')[0]?.value).toBe('7.0.x-scala2.12');
  expect(runtimeChoices(RUNTIMES, '17.3.x-scala2.13')).toHaveLength(2);
  expect(nodeTypeChoices([], 'x1.large')).toEqual([{ group: 'Not in the list', items: [{ value: 'x1.large', label: 'x1.large' }] }]);
});

test('node types stand by family, small before large, the newest of a category first', () => {
  const type = (id: string, cores: number, category = 'General Purpose', old = false) => ({ node_type_id: id, num_cores: cores, memory_mb: cores * 4096, num_gpus: 0, category, is_deprecated: old });
  const groups = nodeTypeChoices([type('m4.large', 2, undefined, true), type('m5.12xlarge', 48), type('m5.2xlarge', 8), type('m5.large', 2), type('c7i.large', 2, 'Compute Optimized'), type('m7i.large', 2)]);
  expect(groups.map(({ group }) => group.split(',')[0])).toEqual(['m7i', 'm5', 'm4', 'c7i']);
  expect(groups[1]?.items.map(({ value }) => value)).toEqual(['m5.large', 'm5.2xlarge', 'm5.12xlarge']);
  expect(groups[2]?.group).toContain('previous generation');
});
