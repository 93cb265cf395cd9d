// What the pages show in the tests: made through the public API, as any client would.
const url = process.env.SLIPWAY_URL ?? 'http://127.0.0.1:8585';
const token = process.env.SLIPWAY_TOKEN ?? '';

export const base = url;

export async function call(method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const base64 = (text) => Buffer.from(text).toString('base64');

const COUNT = `# Databricks notebook source
# MAGIC %md
# MAGIC # Colours

# COMMAND ----------

print("counting")
spark.sql("CREATE SCHEMA IF NOT EXISTS main.e2e")
spark.createDataFrame([(1, "red", 0.5), (2, "green", None), (3, "blue", 1.25)], "id bigint, name string, share double").write.mode("overwrite").saveAsTable("main.e2e.colours")

# COMMAND ----------

# MAGIC %sql
# MAGIC select * from main.e2e.colours order by id
`;
const SHOW = `# Databricks notebook source
print(spark.table("main.e2e.colours").count(), "colours")
dbutils.notebook.exit("3")
`;
const BREAK = `# Databricks notebook source
raise ValueError("this one fails, to be looked at")
`;

export const HOSTILE = '<img src=x onerror=document.title=1>';

const notebook = (path, source) => call('POST', '/api/2.0/workspace/import', { path, content: base64(source), format: 'SOURCE', language: 'PYTHON', overwrite: true });

async function ended(runId) {
  for (;;) {
    const run = await call('GET', `/api/2.1/jobs/runs/get?run_id=${runId}`);
    if (['TERMINATED', 'SKIPPED', 'INTERNAL_ERROR'].includes(run.state.life_cycle_state)) return run;
    await pause(500);
  }
}

/** Folders, notebooks, files, a job; with a cluster also runs of it and a table. */
export async function prepare(clusterId) {
  await call('POST', '/api/2.0/workspace/mkdirs', { path: `/Shared/e2e/${HOSTILE.replaceAll('/', '')}` });
  await notebook('/Shared/e2e/count', COUNT);
  await notebook('/Shared/e2e/show', SHOW);
  await notebook('/Shared/e2e/break', BREAK);
  await call('POST', '/api/2.0/workspace/import', { path: '/Shared/e2e/settings.json', content: base64('{\n  "colour": "red",\n  "sizes": [1, 2]\n}\n'), format: 'AUTO', overwrite: true });
  const compute = clusterId ? { existing_cluster_id: clusterId } : { new_cluster: { spark_version: '18.2.x-scala2.13', node_type_id: 'm5.large', num_workers: 1 } };
  const task = (key, path, after = []) => ({ task_key: key, ...compute, notebook_task: { notebook_path: path }, depends_on: after.map((each) => ({ task_key: each })) });
  const { job_id: jobId } = await call('POST', '/api/2.1/jobs/create', {
    name: 'e2e colours',
    tags: { team: 'e2e' },
    parameters: [{ name: 'day', default: 'today' }],
    schedule: { quartz_cron_expression: '0 0 2 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
    tasks: [task('count', '/Shared/e2e/count'), task('show', '/Shared/e2e/show', ['count']), task('again', '/Shared/e2e/show', ['count']), task('last', '/Shared/e2e/show', ['show', 'again'])],
  });
  if (!clusterId) return { jobId };
  const { run_id: earlierId } = await call('POST', '/api/2.1/jobs/run-now', { job_id: jobId, job_parameters: { day: 'yesterday' } });
  await ended(earlierId);
  const { run_id: runId } = await call('POST', '/api/2.1/jobs/run-now', { job_id: jobId });
  const { run_id: failedId } = await call('POST', '/api/2.1/jobs/runs/submit', { run_name: 'e2e failure', tasks: [task('broken', '/Shared/e2e/break')] });
  const run = await ended(runId);
  await ended(failedId);
  if (run.state.result_state !== 'SUCCESS') throw new Error(`the prepared run ended with ${JSON.stringify(run.state)}`);
  return { jobId, runId, earlierId, failedId };
}
