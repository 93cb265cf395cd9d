// Every page of the web application in both themes, in a real browser against a real server: no console error, no serious finding of
// axe, nothing wider than the window; screenshots stay in target/screenshots. SLIPWAY_CLUSTER names a running cluster, if there is one.
// An argument chooses pages by a part of their names; `walk` is what a newcomer does by hand.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { freshPage, launch, problems, signedIn } from './browser.mjs';
import { base, call, HOSTILE, prepare } from './platform.mjs';

const cluster = process.env.SLIPWAY_CLUSTER;
const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
const only = process.argv[2];

mkdirSync(shots, { recursive: true });
const made = await prepare(cluster);
const browser = await launch();

/** name, address, what must be seen, and what is done before the picture. */
const PAGES = [
  ['home', '/', 'h1:has-text("Home")'],
  ['compute', '/compute', 'h1:has-text("Compute")'],
  ['cluster-form', '/compute/clusters/new', 'text=Runtime version'],
  ['cluster-form-spark', '/compute/clusters/new', 'text=Advanced', (page) => page.getByRole('tab', { name: 'Spark' }).click()],
  ['cluster-form-json', '/compute/clusters/new?view=json', 'textarea'],
  ['cluster-form-copy', '/compute/clusters/new?view=copy', 'text=Terraform'],
  ['workspace', '/workspace', 'text=My folder'],
  ['my-folder', '/my-folder', 'text=My folder'],
  ['new', '/', 'h1:has-text("Home")', (page) => page.getByRole('button', { name: 'New', exact: true }).click()],
  ['folder', '/workspace/Shared/e2e', 'text=settings.json'],
  ['folder-empty', '/workspace/Repos', 'text=This folder is empty'],
  ['file', '/file/Shared/e2e/settings.json', '.cm-content'],
  ['notebook', '/notebook/Shared/e2e/count', '.cm-content >> nth=0'],
  ['jobs', '/jobs', 'text=e2e colours'],
  ['runs', '/jobs?tab=runs', 'h1:has-text("Jobs")'],
  ['new-job', '/jobs/new', '.dag-task'],
  ['new-job-json', '/jobs/new?view=json', 'textarea'],
  ['job', `/jobs/${made.jobId}`, 'h1:has-text("e2e colours")'],
  ['job-schedule', `/jobs/${made.jobId}`, 'text=Every day at 02:00', (page) => page.getByRole('button', { name: 'Edit schedule' }).click()],
  ['job-tasks', `/jobs/${made.jobId}?tab=tasks`, '.dag-task >> nth=3', (page) => page.getByRole('button', { name: 'Task again' }).click()],
  ['job-form', `/jobs/${made.jobId}?tab=job`, 'text=Shared job clusters'],
  ['job-settings', `/jobs/${made.jobId}?tab=settings`, 'textarea'],
  ['catalogs', '/explore/data', 'h1:has-text("Catalog")'],
  ['schemas', '/explore/data/main', 'h1:has-text("main")'],
  ['buckets', '/storage', 'h1:has-text("Storage")'],
  ['access', '/access', 'button:has-text("Create user")'],
  ['access-role-form', '/access?tab=roles', 'button:has-text("Create role")', (page) => newRole(page)],
  ['access-policies', '/access?tab=policies&of=aws', 'table >> text=AmazonS3ReadOnlyAccess'],
  ['access-policy', '/access/policies/arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', 'pre.code'],
  ['access-simulator', '/access?tab=simulator', 'button:has-text("Ask")'],
  ['settings', '/settings', 'text=What it is for'],
  ['secrets', '/settings?tab=secrets', 'button:has-text("Create scope")'],
  ['all-tokens', '/settings?tab=all-tokens', 'table[aria-label="tokens of everybody"]'],
  ['rules', '/settings?tab=rules', 'text=Addresses and ranges'],
  ['workspaces', '/settings?tab=workspaces', 'table[aria-label=workspaces]'],
  ['audit', '/settings?tab=audit', 'table[aria-label=calls]'],
  ['appearance', '/settings?tab=appearance', 'h2:has-text("Theme")'],
  ['keyboard', '/settings?tab=keyboard', 'text=Search everything'],
  ['about', '/settings?tab=about', 'text=Point a client at it'],
  ['not-offered', '/sql/warehouses/12', 'text=not offered'],
  ['not-found', '/no/such/page', 'text=no such page'],
  ['search', '/', 'h1:has-text("Home")', (page) => find(page, 'e2e')],
];
if (cluster) {
  PAGES.push(
    ['cluster', `/compute/clusters/${cluster}`, 'text=Auto-termination'],
    ['cluster-nodes', `/compute/clusters/${cluster}?tab=nodes`, 'text=this computer'],
    ['cluster-metrics', `/compute/clusters/${cluster}?tab=metrics`, '.line-chart >> nth=2'],
    ['cluster-events', `/compute/clusters/${cluster}?tab=events`, 'text=Creating'],
    ['cluster-logs', `/compute/clusters/${cluster}?tab=logs`, 'pre.log'],
    ['cluster-json', `/compute/clusters/${cluster}?tab=json`, 'text=Specification'],
    ['run', `/jobs/${made.jobId}/runs/${made.runId}`, '.dag-task >> nth=3'],
    ['run-compared', `/jobs/${made.jobId}/runs/${made.runId}?compare=${made.earlierId}`, 'text=Both runs printed the same'],
    ['run-notebook', `/jobs/${made.jobId}/runs/${made.runId}?task=count`, '.dag-task >> nth=3', (page) => ranNotebook(page)],
    ['run-failed', `/jobs/0/runs/${made.failedId}`, '.run-cause >> text=ValueError: this one fails'],
    ['jobs-last', '/jobs', 'tr:has-text("e2e colours") .square'],
    ['table-from-file', '/explore/data/main/e2e', 'text=Create table from file', (page) => tableOfFile(page)],
    ['tables', '/explore/data/main/e2e', 'td >> text=colours'],
    ['table', '/explore/data/main/e2e/colours', 'td >> text=share'],
    ['table-sample', '/explore/data/main/e2e/colours?tab=sample', '.grid-cell >> text=green'],
    ['table-details', '/explore/data/main/e2e/colours?tab=details', 'text=Location'],
    ['table-history', '/explore/data/main/e2e/colours?tab=history', 'button:has-text("Show")'],
  );
}

async function find(page, text) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill(text);
  await page.getByRole('option').nth(2).waitFor();
}

/** A trust policy with something wrong in it. */
async function newRole(page) {
  await page.getByRole('button', { name: 'Create role' }).click();
  await page.locator('.cm-content').getByText('"Allow"').dblclick();
  await page.keyboard.insertText('Permit');
  await page.getByText('Effect is "Allow" or "Deny", not "Permit".').waitFor();
}

/** The cells of a task with the table that one of them has displayed. */
async function ranNotebook(page) {
  await page.getByRole('tab', { name: 'Notebook as it ran' }).click();
  await page.locator('.ran-cell').nth(1).getByRole('grid').getByText('green').waitFor();
}

/** What the dialog shows of a file before a table is made of it. */
async function tableOfFile(page) {
  await page.getByLabel('File for a table').setInputFiles({ name: 'cities.csv', mimeType: 'text/csv', buffer: Buffer.from('zip code;name\n00123;Köln\n04109;Leipzig\n') });
  await page.getByRole('dialog').getByText('00123').waitFor({ timeout: 60000 });
  assert.equal(await page.getByRole('combobox', { name: 'Type of zip_code' }).inputValue(), 'STRING');
}

/** Whatever is written as JSON, the page is there and says what is wrong, and what was typed before is still there. */
async function nothingBlanks(page, address, heading, label, good) {
  await page.goto(base + address);
  const text = page.getByLabel(label);
  await text.fill(JSON.stringify(good));
  const odd = [null, 5, '', 'text', true, [], [null], {}, { a: null }, [[]], { toString: 1 }];
  for (const key of [...Object.keys(good), 'unknown']) {
    for (const value of odd) {
      await text.fill(JSON.stringify({ ...good, [key]: value }));
      if (!(await page.locator('h1', { hasText: heading }).isVisible())) throw new Error(`${address}: ${key} = ${JSON.stringify(value)} took the page away`);
    }
  }
  for (const broken of ['', '{', 'null', '[]', '"x"', `{"a":${'['.repeat(5000)}`]) await text.fill(broken);
  await text.fill(JSON.stringify(good));
  assert.equal(await page.locator('[role="alert"]').count(), 0);
}

/** The page as it stands, in both themes: what differs is the colours, so that only those are looked at again. */
async function examine(page, name) {
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: `${shots}/${name}-${theme}.png` });
    // The other mode opens a page for each look, for frames of other origins, whose content is not ours.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if (theme === 'dark') axe.withRules(['color-contrast']);
    const found = await axe.options({ resultTypes: ['violations'] }).analyze();
    for (const violation of found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))) {
      const where = violation.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`);
      problems.push(`${name} ${theme}: ${violation.id}: ${where.join(' | ')}`);
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wider > 0) problems.push(`${name} ${theme}: ${wider} px wider than the window`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Takes one page after the other from those that are left. */
async function pages(left) {
  const page = await signedIn(browser);
  for (let next = left.shift(); next; next = left.shift()) {
    const [name, path, seen, act] = next;
    try {
      await page.goto(base + path);
      await page.locator(seen).first().waitFor({ state: 'attached', timeout: 30000 });
      await act?.(page);
      await page.waitForTimeout(400);
      await examine(page, name);
    } catch (failure) {
      problems.push(`${name}: ${failure.message.split('\n').slice(0, 3).join(' ')}`);
      await page.screenshot({ path: `${shots}/${name}-failed.png` });
    }
  }
  await page.context().close();
}

async function signInPage() {
  const page = await freshPage(browser);
  await page.goto(`${base}/jobs`);
  await page.getByLabel('User name').waitFor();
  await examine(page, 'sign-in');
  await page.getByRole('button', { name: 'Use an access token' }).click();
  await page.getByLabel('Access token').fill(process.env.SLIPWAY_TOKEN ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('h1', { hasText: 'Jobs & runs' }).waitFor();
  await page.context().close();
}

/** What a newcomer does by hand. */
async function walk() {
  const page = await signedIn(browser);
  // Addresses that real clients print.
  await page.goto(`${base}/#job/${made.jobId}`);
  await page.waitForURL(`**/jobs/${made.jobId}`);
  await page.goto(`${base}/compute?o=1001`);
  await page.locator('h1', { hasText: 'Compute' }).waitFor();

  // The form's JSON goes there and back.
  await page.goto(`${base}/compute/clusters/new`);
  await page.getByLabel('Name', { exact: true }).fill('by form');
  await page.getByRole('tab', { name: 'JSON' }).click();
  const text = page.getByLabel('Specification of the cluster');
  const spec = JSON.parse(await text.inputValue());
  assert.equal(spec.cluster_name, 'by form');
  await text.fill(JSON.stringify({ ...spec, cluster_name: 'by json', custom_tags: { a: 'b' }, enable_elastic_disk: true }));
  await page.getByRole('tab', { name: 'Form' }).click();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'by json');
  await page.getByRole('tab', { name: 'Copy as ...' }).click();
  assert.match(await page.getByLabel('Terraform', { exact: true }).innerText(), /enable_elastic_disk = true/);

  await nothingBlanks(page, '/compute/clusters/new?view=json', 'Create cluster', 'Specification of the cluster', {
    cluster_name: 'a', spark_version: '7.0.x-scala2.12', node_type_id: 'm5.large', num_workers: 1, autoscale: { min_workers: 1, max_workers: 2 },
    spark_conf: { a: 'b' }, custom_tags: { a: 'b' }, aws_attributes: { zone_id: 'auto' }, ssh_public_keys: ['k'], enable_elastic_disk: true,
  });
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((input) => input.value.startsWith('7.0.x (runs as 17.3')));
  await nothingBlanks(page, '/jobs/new?view=json', 'Create job', 'Settings of the job', {
    name: 'a', tasks: [{ task_key: 'a', notebook_task: { notebook_path: '/a' }, existing_cluster_id: 'x' }], tags: { a: 'b' }, parameters: [{ name: 'a', default: 'b' }],
  });
  await page.getByRole('tab', { name: 'Tasks', exact: true }).click();
  await page.locator('.dag-task').first().waitFor();
  await page.goto(`${base}/compute/clusters/new?view=json`);
  await page.getByLabel('Specification of the cluster').fill(JSON.stringify({ ...spec, cluster_name: 'by json', custom_tags: { a: 'b' }, enable_elastic_disk: true }));

  // What is sent is what was shown, with the session's token. One cluster is enough: the answer names the one that runs.
  if (cluster) {
    let sent;
    await page.route('**/api/2.1/clusters/create', (route) => {
      sent = route.request();
      return route.fulfill({ json: { cluster_id: cluster } });
    });
    await page.getByRole('button', { name: 'Create cluster' }).click();
    await page.waitForURL(`**/compute/clusters/${cluster}`);
    assert.equal(sent.postDataJSON().cluster_name, 'by json');
    assert.deepEqual(sent.postDataJSON().custom_tags, { a: 'b' });
    assert.match(sent.headers()['x-csrf-token'], /^[0-9a-f]{32}$/);
  }

  // Tasks that are drawn are what the JSON says, and what is created.
  await page.goto(`${base}/jobs/new?notebook=/Shared/e2e/show`);
  await page.getByLabel('Name of the job').fill('drawn by hand');
  await page.getByLabel('Task name').fill('first');
  await page.getByRole('button', { name: 'Add task after first' }).click();
  await page.getByLabel('Notebook', { exact: true }).fill('/Shared/e2e/count');
  await page.getByRole('button', { name: 'Remove: task waits for first' }).waitFor();
  await page.getByRole('tab', { name: 'JSON' }).click();
  const drawn = JSON.parse(await page.getByLabel('Settings of the job').inputValue());
  assert.deepEqual(drawn.tasks.map((task) => [task.task_key, task.depends_on?.[0]?.task_key]), [['first', undefined], ['task', 'first']]);
  await page.getByLabel('Settings of the job').fill(JSON.stringify({ ...drawn, tags: { drawn: 'yes' } }));
  await page.getByRole('button', { name: 'Create job' }).click();
  await page.locator('h1', { hasText: 'drawn by hand' }).waitFor();
  const { settings: stored } = await call('GET', `/api/2.2/jobs/get?job_id=${page.url().split('/').at(-1)}`);
  assert.deepEqual(stored.tags, { drawn: 'yes' });
  assert.equal(stored.tasks[1].notebook_task.notebook_path, '/Shared/e2e/count');

  // A folder, a notebook and a name that would be a script somewhere else.
  await page.goto(`${base}/workspace/Shared/e2e`);
  await page.getByText(HOSTILE.replaceAll('/', '')).first().waitFor();
  assert.notEqual(await page.title(), '1');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('menuitem', { name: 'Folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('made by hand');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('table').getByText('made by hand').waitFor();

  // Typing, saving, reading back.
  await page.goto(`${base}/file/Shared/e2e/settings.json`);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// typed');
  await page.keyboard.press('Control+s');
  await page.getByText('saved').waitFor();
  const { content } = await call('GET', '/api/2.0/workspace/export?path=/Shared/e2e/settings.json&format=AUTO');
  assert.match(Buffer.from(content, 'base64').toString(), /typed/);

  // What somebody else does appears without a reload.
  await page.goto(`${base}/jobs`);
  await page.getByText('e2e colours').first().waitFor();
  await call('POST', '/api/2.1/jobs/create', { name: 'made elsewhere', tasks: [] });
  await page.getByText('made elsewhere').first().waitFor({ timeout: 5000 });

  // The Spark UI is of another origin to the browser: its scripts see no session.
  if (cluster) {
    const { path } = await call('GET', `/ui-api/clusters/${cluster}/spark-ui`);
    const spark = await page.context().newPage();
    await spark.goto(base + path);
    // Its own scripts unfold this table.
    await spark.getByText('Completed Jobs (').first().waitFor();
    await spark.locator('#completedJob-table td').first().waitFor();
    assert.equal(await spark.evaluate(() => window.origin), 'null');
    await spark.screenshot({ path: `${shots}/spark-ui.png` });
    await spark.close();
  }

  // A session ends.
  await page.getByRole('button', { name: /^User / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
  await page.context().close();
}

// Two at once: much of a page's time is waiting.
const left = PAGES.filter(([name]) => !only || name.includes(only));
await Promise.all([only ? Promise.resolve() : signInPage(), pages(left), pages(left)]);
if (!only || only === 'walk') await walk().catch((failure) => problems.push(`walk: ${failure.message.split('\n').slice(0, 4).join(' ')}`));
await browser.close();
problems.forEach((problem) => console.log(problem));
console.log(problems.length === 0 ? `${PAGES.length} pages in two themes: nothing found` : `${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
