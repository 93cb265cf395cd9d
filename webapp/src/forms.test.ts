import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Cluster, ClusterSpec, NodeType } from './api/clusters';
import type { JobSettings } from './api/jobs';
import { keys } from './api/keys';
import { AdvancedForm } from './compute/AdvancedForm';
import { ClusterFacts } from './compute/ClusterFacts';
import { ClusterForm } from './compute/ClusterForm';
import { Refused } from './compute/Refused';
import { asCli, asCurl, asTerraform } from './compute/snippets';
import { specOf, tidy } from './compute/spec';
import { problems } from './jobs/checks';
import { JobForm } from './jobs/JobForm';
import { layout } from './jobs/layout';
import { shapeProblem } from './jobs/shape';
import { TaskForm } from './jobs/TaskForm';
import { CLUSTER } from './parts/clusterShape';
import { readJson } from './parts/JsonText';
import { misfits } from './parts/shape';

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
const type: NodeType = { node_type_id: 'm5.large', memory_mb: 8192, num_cores: 2, num_gpus: 0, category: 'General Purpose', is_deprecated: false };
queries.setQueryData(keys.nodeTypes, [type]);
queries.setQueryData(keys.sparkVersions, [{ key: '18.2.x-scala2.13', name: '18.2 (includes Apache Spark 4.2.1, Scala 2.13)' }]);
queries.setQueryData(keys.zones, { zones: ['a', 'b'], default_zone: 'a' });
queries.setQueryData(keys.clusters, []);

const drawn = (page: ReactNode) => renderToString(createElement(MantineProvider, null, createElement(QueryClientProvider, { client: queries }, page)));

/** As the seed's own example has it, with everything that the forms show and much that they do not. */
const SPEC = {
  cluster_name: 'test',
  spark_version: '7.0.x-scala2.12',
  node_type_id: 'm5.large',
  driver_node_type_id: 'i3.xlarge',
  num_workers: null,
  autoscale: { min_workers: 1, max_workers: 8 },
  autotermination_minutes: 120,
  spark_conf: { 'spark.a': 'b' },
  spark_env_vars: { A: 'b' },
  custom_tags: { 'cost center': '42' },
  aws_attributes: { first_on_demand: 1, availability: 'SPOT_WITH_FALLBACK', zone_id: 'us-west-2c', instance_profile_arn: null, spot_bid_price_percent: 100, ebs_volume_type: 'GENERAL_PURPOSE_SSD', ebs_volume_count: 3, ebs_volume_size: 100 },
  ssh_public_keys: ['k'],
  init_scripts: [{ dbfs: { destination: 'dbfs:/a' } }],
  docker_image: { url: 'x', basic_auth: { username: 'a', password: 'b' } },
  cluster_log_conf: { dbfs: { destination: 'dbfs:/logs' } },
  enable_elastic_disk: true,
  policy_id: null,
};

const JOB = {
  name: 'job',
  description: 'what it does',
  max_concurrent_runs: 1,
  timeout_seconds: 0,
  tags: { a: 'b' },
  parameters: [{ name: 'day', default: 'today' }],
  schedule: { quartz_cron_expression: '0 0 2 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
  job_clusters: [{ job_cluster_key: 'shared', new_cluster: SPEC }],
  tasks: [
    { task_key: 'a', notebook_task: { notebook_path: '/a', base_parameters: { x: 'y' } }, job_cluster_key: 'shared', libraries: [{ pypi: { package: 'p' } }, { jar: 'j' }, { whl: 'w' }] },
    { task_key: 'b', depends_on: [{ task_key: 'a' }], run_if: 'ALL_DONE', spark_python_task: { python_file: '/p.py', parameters: ['1'] }, new_cluster: SPEC, max_retries: 2, min_retry_interval_millis: 1000, retry_on_timeout: true, timeout_seconds: 5 },
    { task_key: 'c', python_wheel_task: { package_name: 'p', entry_point: 'e', named_parameters: { a: 'b' } }, existing_cluster_id: 'x' },
    { task_key: 'd', spark_jar_task: { main_class_name: 'M', parameters: [] }, existing_cluster_id: 'x' },
  ],
};

const ODD: unknown[] = [null, 0, -1, 1e308, 5, '', 'text', '[object Object]', '${x}', true, false, [], [null], [[]], ['a', 'a'], {}, { a: null }, { __proto__: null, constructor: 1 }, { toString: 'no' }, { destination: 5 }];

/** The same numbers every time, so that a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Holder = Record<string, unknown> | unknown[];

const holders = (value: unknown): Holder[] => (typeof value === 'object' && value !== null ? [value as Holder, ...Object.values(value).flatMap(holders)] : []);

/** Something of it is gone, doubled, or of another kind. */
function spoiled<T>(good: T, random: (below: number) => number): T {
  const copy = structuredClone(good);
  for (let times = 1 + random(3); times > 0; times -= 1) {
    const all = holders(copy);
    const holder = all[random(all.length)] as Record<string, unknown>;
    const names = Object.keys(holder);
    const name = names[random(names.length)] ?? 'extra';
    if (Array.isArray(holder) && random(4) === 0) holder.push(holder[0]);
    else if (random(5) === 0) delete holder[name];
    else holder[name] = structuredClone(ODD[random(ODD.length)]);
  }
  return copy;
}

function clusterPages(spec: ClusterSpec): string {
  const set = () => {};
  const clean = tidy(spec);
  const tabs = ['instances', 'spark', 'tags', 'ssh'].map((first) => createElement(AdvancedForm, { key: first, first, spec, set }));
  const cluster = { ...spec, cluster_id: 'x', creator_user_name: 'a', cluster_source: 'UI', state: 'RUNNING', state_message: '', start_time: 0 } as Cluster;
  return [
    drawn(createElement(ClusterForm, { spec, set })),
    drawn(tabs),
    drawn(createElement(Refused, { spec: clean, set, revise: set })),
    drawn(createElement(ClusterFacts, { cluster })),
    asCli(clean),
    asCurl(clean, 'http://h'),
    asTerraform(clean),
    JSON.stringify(specOf(cluster)),
  ].join('\n');
}

function jobPages(settings: JobSettings): string {
  const set = () => {};
  const found = problems(settings);
  layout(settings.tasks ?? []);
  const forms = (settings.tasks ?? []).map((_, index) => createElement(TaskForm, { key: index, settings, set, index, problems: found, removed: set }));
  return drawn([createElement(JobForm, { key: 'job', settings, set, problems: found }), ...forms]);
}

/** What is written is either refused with a reason, or every page that shows it can be drawn. */
function survives(text: string, check: (value: object) => string, pages: (value: object) => string): boolean {
  const { value, problem } = readJson(text, check);
  if (value) expect(pages(value), text).not.toBe('');
  else expect(problem, text).not.toBe('');
  return value !== undefined;
}

const cluster = (text: string) => survives(text, (value) => misfits(value, CLUSTER).join(' '), (value) => clusterPages(value as ClusterSpec));
const job = (text: string) => survives(text, shapeProblem, (value) => jobPages(value as JobSettings));

test('the JSON of examples is taken, whatever of it is null', () => {
  expect(cluster(JSON.stringify(SPEC))).toBe(true);
  expect(cluster(JSON.stringify({ ...SPEC, docker_image: null, spark_conf: null, aws_attributes: null, custom_tags: null, autoscale: null }))).toBe(true);
  expect(cluster(JSON.stringify(Object.fromEntries(Object.keys(SPEC).map((key) => [key, null]))))).toBe(true);
  expect(job(JSON.stringify(JOB))).toBe(true);
  expect(readJson('{"a": null, "b": [null, {"c": null}], "d": 0}').value).toEqual({ b: [{}], d: 0 });
});

test('what is no object, or too deep to be read, is refused with a reason', () => {
  for (const text of ['', 'null', '5', '[]', '"a"', '{', '{"a":', `{"a":${'['.repeat(20000)}${']'.repeat(20000)}}`]) {
    expect(cluster(text)).toBe(false);
    expect(job(text)).toBe(false);
  }
  expect(misfits({ cluster_name: 5, autoscale: { min_workers: 'a' }, ssh_public_keys: [{}] }, CLUSTER)).toEqual([
    'cluster_name must be text in quotes.',
    'autoscale.max_workers is missing.',
    'autoscale.min_workers must be a number.',
    'ssh_public_keys[0] must be text in quotes.',
  ]);
});

test('nothing that is written as the JSON of a cluster blanks its forms', { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 30; seed += 1) cluster(JSON.stringify(spoiled(SPEC, numbers(seed))));
});

test('nothing that is written as the JSON of a job blanks its forms', { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 12; seed += 1) job(JSON.stringify(spoiled(JOB, numbers(seed))));
});
