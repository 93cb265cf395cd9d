// Whatever is typed into a form: the frame of the application stays, the page goes on, and what was typed is still there. What is typed is
// drawn by lot from SLIPWAY_SEED, so that a failure can be seen again. An argument chooses forms by a part of their names.
import { launch, problems, signedIn } from './browser.mjs';
import { base, call } from './platform.mjs';

const seed = Number(process.env.SLIPWAY_SEED ?? 7);
const only = process.argv[2];

let state = seed;
const lot = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const any = (list) => list[lot(list.length)];

const TEXTS = [
  '', ' ', 'null', '0', '-1', '1e309', 'NaN', '{}', '[]', '../..', '/', 'a/b', 'a b = c', '=', 'x=', '${x}', '{{job.parameters.x}}', '`', "'; drop table x; --", '\\', '%00', '%', '"', '<img src=x onerror=document.title=1>',
  '[object Object]', '__proto__', 'constructor', 'toString', 'Größe', '日本語', '😀👩‍👩‍👧', 'e\u0301\u202eabc', 'مرحبا', '\u0000x', 'x'.repeat(3000), '(('.repeat(400), '* * * * * ?', '0 0 25 ? * 9#9',
];
const LINES = [...TEXTS, 'a b\nc', '\n\n', 'a=b\na=c', '__proto__ x\nconstructor y', 'k '.repeat(500)];
const ODD = [null, 0, -1, 1e308, 5, 9007199254740993n.toString(), '', 'text', '[object Object]', '<b>', '\u202e', 'x'.repeat(5000), true, false, [], [null], [[]], ['a', 'a'], {}, { a: null }, { constructor: 1 }, { toString: 'no' }, nested(40)];

function nested(depth) {
  let value = {};
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

const holders = (value) => (typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(holders)] : []);

/** Something of it is gone, doubled, or of another kind. */
function spoiled(good) {
  const copy = structuredClone(good);
  for (let times = 1 + lot(3); times > 0; times -= 1) {
    const holder = any(holders(copy));
    const name = any(Object.keys(holder)) ?? 'extra';
    if (Array.isArray(holder) && lot(4) === 0) holder.push(holder[0]);
    else if (lot(5) === 0) delete holder[name];
    else holder[name] = structuredClone(any(ODD));
  }
  return copy;
}

/** Also texts that are no JSON, or not yet. */
function jsonText(good) {
  const text = JSON.stringify(spoiled(good), null, lot(3));
  if (lot(6) === 0) return text.slice(0, lot(text.length));
  return lot(12) === 0 ? any(['', '{', 'null', '[]', '"x"', '5', `{"a":${'['.repeat(5000)}`, '{"a":1}{"b":2}', ...TEXTS]) : text;
}

const CLUSTER = {
  cluster_name: 'a', spark_version: '7.0.x-scala2.12', node_type_id: 'm5.large', driver_node_type_id: 'm5.xlarge', num_workers: 1, autoscale: { min_workers: 1, max_workers: 2 }, autotermination_minutes: 60,
  spark_conf: { a: 'b' }, spark_env_vars: { A: 'b' }, custom_tags: { a: 'b' }, aws_attributes: { zone_id: 'auto', availability: 'SPOT', first_on_demand: 1, ebs_volume_count: 1 }, ssh_public_keys: ['k'], init_scripts: [{ dbfs: { destination: 'x' } }],
  docker_image: { url: 'x', basic_auth: { username: 'u', password: 'p' } }, enable_elastic_disk: true,
};
const JOB = {
  name: 'a', description: 'd', max_concurrent_runs: 1, timeout_seconds: 5, tags: { a: 'b' }, parameters: [{ name: 'a', default: 'b' }], schedule: { quartz_cron_expression: '0 0 2 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
  job_clusters: [{ job_cluster_key: 's', new_cluster: CLUSTER }],
  tasks: [
    { task_key: 'a', notebook_task: { notebook_path: '/a', base_parameters: { a: 'b' } }, existing_cluster_id: 'x', libraries: [{ pypi: { package: 'p' } }] },
    { task_key: 'b', depends_on: [{ task_key: 'a' }], spark_python_task: { python_file: '/p.py', parameters: ['1'] }, job_cluster_key: 's', run_if: 'ALL_DONE', max_retries: 1 },
  ],
};

const FIELDS = 'input:not([type=checkbox]):not([type=radio]):not([type=file]):not([type=hidden]):not([type=time]):not([readonly]):not([disabled]), textarea:not([readonly]):not([disabled]):not([aria-hidden])';

const OPEN = 'main h1, [role=dialog], main [role=alert], main [aria-label]';

/** A page may be on its way; a fault stays. */
async function standing(page, what) {
  const look = () =>
    page.evaluate((open) => {
      const fault = [...document.querySelectorAll('[role=alert]')].map((each) => each.textContent ?? '').find((text) => text.includes('could not be shown'));
      return fault ?? (document.querySelector('nav.rail a') && document.querySelector(open) ? '' : 'the page is gone');
    }, OPEN);
  let found = await look();
  if (found === 'the page is gone') {
    await page.locator('nav.rail a').first().waitFor().catch(() => {});
    await page.locator(OPEN).first().waitFor().catch(() => {});
    found = await look();
  }
  if (found) throw new Error(`${what}: ${found}`);
}

const short = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Fills what can be filled, again and again; what is typed into a plain field stays there while the others change. */
async function fill(page, scope, name, rounds) {
  const typed = new Map();
  for (let round = 0; round < rounds; round += 1) {
    for (const field of await scope.locator(FIELDS).all()) {
      if (!(await field.isVisible()) || !(await field.isEnabled())) continue;
      const kind = await field.evaluate((node) => ({
        label: node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.id,
        lines: node.tagName === 'TEXTAREA',
        // Such take digits, or one of a list.
        free: node.tagName === 'TEXTAREA' || !(node.inputMode || node.getAttribute('aria-haspopup')),
      }));
      const text = any(kind.lines ? LINES : TEXTS);
      await field.fill(text);
      await standing(page, `${name}, ${kind.label} = ${short(text)}`);
      // What a line of text cannot hold the browser leaves out.
      if (kind.free) {
        const shown = await field.inputValue();
        const expected = text.replaceAll('\u0000', '\uFFFD');
        if (shown !== text && shown !== expected) throw new Error(`${name}, ${kind.label}: ${short(text)} became ${short(shown)}`);
        typed.set(kind.label, { field, text: shown });
      } else if (await field.evaluate((node) => node.getAttribute('aria-expanded') === 'true')) await page.keyboard.press('Tab');
    }
    for (const [label, { field, text }] of typed) {
      // A name that others refer to is as it was until it is one that can be used; the field says so.
      if ((await field.isVisible()) && (await field.inputValue()) !== text && !REFERRED.includes(label)) throw new Error(`${name}, ${label}: ${short(text)} became ${short(await field.inputValue())}`);
    }
    typed.clear();
  }
}

const REFERRED = ['Task name', 'Name'];

/** As text: what is written stays as it is written, also where it is no JSON, and the forms beside it can be opened whenever it can be taken. */
async function json(page, name, label, good, others, times) {
  const text = page.getByLabel(label);
  for (let round = 0; round < times; round += 1) {
    const typed = jsonText(good);
    await text.fill(typed);
    await standing(page, `${name} = ${short(typed)}`);
    if ((await text.inputValue()) !== typed.replaceAll('\u0000', '\uFFFD') && (await text.inputValue()) !== typed) throw new Error(`${name}: ${short(typed)} became another text`);
    if (round % 3 > 0) continue;
    const tab = page.getByRole('tab', { name: any(others), exact: true });
    if (await tab.isDisabled()) continue;
    const back = await page.getByRole('tab', { selected: true }).first().textContent();
    await tab.click();
    await standing(page, `${name} = ${typed}, tab`);
    await page.getByRole('tab', { name: back, exact: true }).click();
    await text.waitFor();
  }
  // What is no JSON does not get lost behind another tab.
  await text.fill('{"cluster_name": "half');
  for (const other of others) if (!(await page.getByRole('tab', { name: other, exact: true }).isDisabled())) throw new Error(`${name}: the tab ${other} would lose what is written`);
  await text.fill(JSON.stringify(good));
}

async function jobForms(page, name) {
  for (const noun of ['parameter', 'tag', 'shared cluster']) await page.getByRole('button', { name: `Add ${noun}` }).click();
  await fill(page, page.locator('main'), name, 2);
}

const main = (rounds) => (page, name) => fill(page, page.locator('main'), name, rounds);

/** Fills a dialog and sends it: the answer is an error beside the fields, which are still there, or what was asked for. */
const dialog =
  (open, rounds, send) =>
  async (page, name) => {
    await open(page);
    const box = page.getByRole('dialog');
    await box.waitFor();
    await fill(page, box, name, rounds);
    if (!send) return;
    for (let round = 0; round < 4 && (await box.isVisible()); round += 1) {
      const field = box.locator(FIELDS).first();
      const text = any(TEXTS.filter((each) => each.trim() !== ''));
      await field.fill(text);
      const button = box.getByRole('button', { name: send });
      if (await button.isDisabled()) continue;
      await button.click();
      await box.locator('.error-note').or(page.locator('body:not(:has([role=dialog]))')).first().waitFor();
      await standing(page, `${name}, sent ${short(text)}`);
      if ((await box.isVisible()) && (await field.inputValue()) !== text.replaceAll('\u0000', '\uFFFD') && (await field.inputValue()) !== text) throw new Error(`${name}: ${short(text)} was lost when the server refused it`);
    }
  };

const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click();
const choose = (button, item) => async (page) => {
  await press(button)(page);
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

const { job_id: jobId } = await call('POST', '/api/2.1/jobs/create', { ...JOB, name: 'fuzz', job_clusters: undefined, tasks: [{ task_key: 'a', notebook_task: { notebook_path: '/a', base_parameters: { a: 'b' } }, existing_cluster_id: 'x' }] }).catch(() =>
  call('POST', '/api/2.1/jobs/create', { name: 'fuzz', parameters: JOB.parameters, tasks: [] }),
);
await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/fuzz' });
await call('POST', '/api/2.0/workspace/import', { path: '/Shared/fuzz/notebook', content: Buffer.from('# Databricks notebook source\n1\n').toString('base64'), format: 'SOURCE', language: 'PYTHON', overwrite: true });

const CATALOGS = '/api/2.1/unity-catalog/catalogs';
const SCHEMAS = '/api/2.1/unity-catalog/schemas';
const names = async () => ({
  catalogs: (await call('GET', CATALOGS)).catalogs.map(({ name }) => name),
  schemas: (await call('GET', `${SCHEMAS}?catalog_name=main`)).schemas.map(({ full_name: name }) => name),
});
const before = await names();

/** Others who use the platform do not find what was made here. */
async function tidyUp() {
  const { catalogs, schemas } = await names();
  for (const name of schemas.filter((each) => !before.schemas.includes(each))) await call('DELETE', `${SCHEMAS}/${encodeURIComponent(name)}?force=true`);
  for (const name of catalogs.filter((each) => !before.catalogs.includes(each))) await call('DELETE', `${CATALOGS}/${encodeURIComponent(name)}?force=true`);
  await call('POST', '/api/2.1/jobs/delete', { job_id: jobId });
  await call('POST', '/api/2.0/workspace/delete', { path: '/Shared/fuzz', recursive: true });
}

const TABS = ['Spark', 'Tags', 'SSH'];
const FORMS = [
  ['cluster form', '/compute/clusters/new', async (page, name) => {
    for (const tab of TABS) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await fill(page, page.locator('main'), name, 2);
    }
    await page.getByRole('tab', { name: 'JSON' }).click();
    await standing(page, name);
  }],
  ['cluster JSON', '/compute/clusters/new?view=json', (page, name) => json(page, name, 'Specification of the cluster', CLUSTER, ['Form', 'Copy as ...'], 45)],
  ['job tasks', '/jobs/new', main(3)],
  ['job settings', '/jobs/new?view=job', jobForms],
  ['job JSON', '/jobs/new?view=json', (page, name) => json(page, name, 'Settings of the job', JOB, ['Tasks', 'Job settings'], 45)],
  ['job that exists, as JSON', `/jobs/${jobId}?tab=settings`, (page, name) => json(page, name, 'Settings of the job', JOB, ['Tasks', 'Job settings', 'Runs'], 20)],
  ['schedule', `/jobs/${jobId}`, dialog(async (page) => {
    await page.getByRole('button', { name: /(Add|Edit) schedule/ }).click();
    await page.getByText('Cron expression', { exact: true }).click();
  }, 4, 'Save schedule')],
  ['run with parameters', `/jobs/${jobId}`, dialog(press('Run with parameters'), 3)],
  ['new folder', '/workspace/Shared/fuzz', dialog(choose('Create', 'Folder'), 2, 'Create')],
  ['new notebook', '/workspace/Shared/fuzz', dialog(choose('Create', 'Python notebook'), 1, 'Create')],
  ['new catalog', '/explore/data', dialog(press('Create catalog'), 2, 'Create')],
  ['new schema', '/explore/data/main', dialog(press('Create schema'), 2, 'Create')],
  ['table by SQL', '/explore/data/main/default', dialog(press('Create table by SQL'), 3)],
  ['token', '/settings', main(4)],
  ['filter of lists', '/jobs', main(6)],
  ['search', '/', dialog(async (page) => page.keyboard.press('Control+k'), 6)],
  ['search in a notebook', '/notebook/Shared/fuzz/notebook', async (page, name) => {
    await page.locator('.cm-content, .cell-static').first().click();
    await page.keyboard.press('Control+f');
    await page.getByRole('search').waitFor();
    await fill(page, page.getByRole('search'), name, 6);
  }],
  ['addresses', '/', async (page) => {
    const odd = ['null', '5', 'true', '[1]', '{"a":1}', '"', '%00', 'x'.repeat(300), '-Name', 'constructor'];
    for (const place of ['/compute', '/jobs', `/jobs/${jobId}`, '/compute/clusters/new', '/jobs/new', '/workspace/Shared', '/settings', '/explore/data/main', '/notebook/Shared/fuzz/notebook']) {
      const search = ['tab', 'view', 'q', 'sort', 'from', 'notebook', 'task', 'compare'].map((key) => `${key}=${encodeURIComponent(any(odd))}`).join('&');
      await page.goto(`${base}${place}?${search}`);
      await page.locator('main h1, main [role=alert]').first().waitFor().catch(() => {});
      await standing(page, `${place}?${search}`);
    }
  }],
];

const browser = await launch();
// Refusals of the server are expected; what a page throws is not.
const page = await signedIn(browser, 'light', (text) => /the server responded with a status of 4\d\d/.test(text));
page.on('dialog', (box) => void box.accept());
const began = Date.now();
for (const [name, address, test] of FORMS) {
  if (only && !name.includes(only)) continue;
  const from = Date.now();
  try {
    await page.goto(base + address);
    await page.locator('main h1').first().waitFor();
    await test(page, name);
  } catch (failure) {
    problems.push(`${name}: ${failure.message.split('\n').slice(0, 4).join(' ')}`);
  }
  console.log(`fuzz: ${name}, ${Date.now() - from} ms`);
}
await browser.close();
await tidyUp();
console.log(`fuzz: seed ${seed}, ${Math.round((Date.now() - began) / 1000)} s`);
problems.forEach((problem) => console.log(problem));
process.exit(problems.length > 0 ? 1 : 0);
