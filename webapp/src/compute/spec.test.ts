import { expect, test } from 'vitest';
import type { Cluster } from '../api/clusters';
import { asCli, asTerraform } from './snippets';
import { EQUALS, modeOf, parsePairs, printPairs, refusedIn, specOf, SPACE, tidy, withAutoscale, withMode, withoutRefused } from './spec';

test('all that would be refused is told at once, and goes at once', () => {
  const spec = { cluster_name: 'a', init_scripts: [{ dbfs: { destination: 'dbfs:/a' } }], docker_image: { url: 'x' }, cluster_log_conf: {}, policy_id: '' };
  expect(refusedIn(spec).map(([field]) => field)).toEqual(['init_scripts', 'docker_image']);
  expect(refusedIn(withoutRefused(spec))).toEqual([]);
  expect(withoutRefused(spec).cluster_name).toBe('a');
});

test('a mode survives the way through the specification', () => {
  const spec = { cluster_name: 'a', num_workers: 3 };
  expect(modeOf(withMode(spec, 'high-concurrency'))).toBe('high-concurrency');
  expect(modeOf(withMode(spec, 'single-node'))).toBe('single-node');
  expect(modeOf(withMode(withMode(spec, 'single-node'), 'standard'))).toBe('standard');
});

test('scaling keeps the number of workers that was meant', () => {
  const scaled = withAutoscale({ num_workers: 6 }, true);
  expect(scaled).toEqual({ autoscale: { min_workers: 1, max_workers: 6 } });
  expect(withAutoscale(scaled, false)).toEqual({ num_workers: 6 });
});

test('fields that say nothing are not sent, and unknown ones are kept', () => {
  expect(tidy({ cluster_name: 'a', spark_conf: {}, aws_attributes: { zone_id: '' }, num_workers: 0, later_field: [1] })).toEqual({
    cluster_name: 'a',
    num_workers: 0,
    later_field: [1],
  });
});

test('a cluster gives back its specification only', () => {
  const cluster = { cluster_id: 'x', state: 'RUNNING', cluster_name: 'a', num_workers: 1, executors: [] } as unknown as Cluster;
  expect(specOf(cluster)).toEqual({ cluster_name: 'a', num_workers: 1 });
});

test('Spark settings and environment variables are read line by line', () => {
  expect(parsePairs('spark.a  1 2\n\n# no\nspark.b x', SPACE)).toEqual({ 'spark.a': '1 2', 'spark.b': 'x' });
  expect(parsePairs('A=b=c', EQUALS)).toEqual({ A: 'b=c' });
  expect(printPairs({ a: '1', b: '2' }, ' ')).toBe('a 1\nb 2');
});

test('snippets quote what a shell and Terraform would understand otherwise', () => {
  expect(asCli({ cluster_name: "it's" })).toContain(`it'\\''s`);
  const terraform = asTerraform({ cluster_name: 'My $' + '{x}', autoscale: { min_workers: 1, max_workers: 2 }, spark_conf: { 'a.b': 'c' } });
  expect(terraform).toContain('resource "databricks_cluster" "my_x_"');
  expect(terraform).toContain('"My $${x}"');
  expect(terraform).toContain('  autoscale {\n    min_workers = 1');
  expect(terraform).toContain('"a.b" = "c"');
});
