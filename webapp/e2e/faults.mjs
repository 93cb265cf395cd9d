// What goes wrong under people's hands: names that are scripts, kernels that die, outputs that are far too big, a laptop that sleeps, two
// people in one cell, a cluster that ends under a running cell. Nothing typed is lost, the page goes on answering, what it shows is true,
// and it says what to do next.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { launch, problems, signedIn } from './browser.mjs';
import { append, cell, LONG, longestWait, output, run, until, write } from './notebook.mjs';
import { base, call, HOSTILE } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
const only = process.argv[2];
const NAME = 'faults';
const PATH = '/Shared/faults';
/** As near to a script as a name in the catalog can be: no spaces, slashes and dots. */
const TABLE = '<script>alert(1)<!--';
mkdirSync(shots, { recursive: true });
const browser = await launch();

/** What a browser may say on its console for now. */
let excuse;

const shot = (page, name) => page.screenshot({ path: `${shots}/faults-${name}.png` });

async function cluster() {
  const { clusters = [] } = await call('GET', '/api/2.0/clusters/list');
  const found = clusters.find((each) => each.cluster_name === NAME && each.state === 'RUNNING');
  if (found) return found.cluster_id;
  const { cluster_id: id } = await call('POST', '/api/2.0/clusters/create', { cluster_name: NAME, spark_version: '18.2.x-scala2.13', node_type_id: 'm5.large', num_workers: 0, autotermination_minutes: 30, spark_conf: { 'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1' } });
  await reaches(id, 'RUNNING');
  return id;
}

async function reaches(id, state) {
  for (;;) {
    const now = await call('GET', `/api/2.0/clusters/get?cluster_id=${id}`);
    if (now.state === state) return;
    if (now.state === 'ERROR') throw new Error(`cluster ${id}: ${now.state_message}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** A page of somebody who has the notebook open, attached to the cluster. */
async function atNotebook(theme) {
  const page = await signedIn(browser, theme, (text) => excuse?.test(text) ?? false);
  page.on('dialog', (dialog) => problems.push(`${page.url()}: a script said ${dialog.message()}`));
  await page.goto(`${base}/notebook${PATH}`);
  await page.locator('h1', { hasText: NAME }).waitFor();
  return page;
}

async function attach(page) {
  await page.locator('.cluster-button').click();
  await page.getByRole('menuitem', { name: NAME }).first().click();
  await page.locator('.cluster-button', { hasText: NAME }).waitFor();
}

async function hostileNames(page) {
  await run(
    page,
    `spark.sql("""create or replace table main.default.\`${TABLE}\` (\`<b>id\` bigint comment '${HOSTILE}', name string) comment '${HOSTILE}'""")
spark.sql("""insert into main.default.\`${TABLE}\` values (1, '${HOSTILE}'), (2, '<script>alert(2)</script>')""")`,
  );
  const number = await run(page, `%sql\nselect \`<b>id\` as \`${HOSTILE}\`, name as \`<i>name\` from main.default.\`${TABLE}\` order by 1`);
  const grid = output(page, number).getByRole('grid');
  await grid.getByText('<script>alert(2)</script>').waitFor();
  await output(page, number).getByRole('button', { name: 'Visualization' }).click();
  const chart = output(page, number).locator('.chart-area svg, .chart-area canvas').first();
  await chart.waitFor();
  // What a chart tells of a point is HTML of the library's making.
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
  await page.mouse.move(box.x + box.width * 0.32, box.y + box.height * 0.5);
  await output(page, number).locator('.chart-area').getByText(HOSTILE).last().waitFor();
  await shot(page, 'names-chart');
  const title = await page.title();
  assert.match(title, /^faults/);

  const address = `${base}/explore/data/main/default/${encodeURIComponent(TABLE)}`;
  const seen = { '': HOSTILE, '?tab=sample': '<script>alert(2)</script>', '?tab=details': 'Location', '?tab=history': 'WRITE' };
  for (const [tab, text] of Object.entries(seen)) {
    await page.goto(address + tab);
    await page.locator('h1', { hasText: TABLE }).waitFor();
    await page.getByText(text).first().waitFor({ timeout: LONG });
    assert.match(await page.title(), /Slipway/);
  }
  await page.goto(`${base}/explore/data/main/default`);
  await page.getByRole('table').getByText(TABLE).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill('<script>');
  await page.getByRole('option').getByText(TABLE).waitFor();
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  await page.goto(`${base}/notebook${PATH}`);
  await page.locator('h1', { hasText: NAME }).waitFor();
}

async function deadKernel(page) {
  const before = await run(page, 'kept = 1');
  const number = await run(page, 'import os, signal\nprint("last words", flush=True)\nos.kill(os.getpid(), signal.SIGKILL)', 'error');
  await output(page, number).getByText('KernelDied').first().waitFor();
  await shot(page, 'dead-kernel');
  // The next command has a kernel again, and knows nothing of before.
  const next = await run(page, 'print("kept" in globals())');
  await output(page, next).getByText('False').waitFor();
  await cell(page, before).and(page.locator('.run-done')).waitFor();
}

async function fiftyMegabytes(page) {
  const draft = await append(page, '# written ');
  const kinds = {
    text: 'for i in range(50):\n    print("x" * 1_000_000)',
    line: 'print("x" * 50_000_000)',
    html: 'displayHTML("<p>" + "x" * 50_000_000 + "</p>")',
  };
  for (const [kind, code] of Object.entries(kinds)) {
    const number = await run(page, code, '');
    await cell(page, draft).locator('.cm-content').first().click();
    await page.keyboard.press('Control+End');
    const typing = page.keyboard.type(`during ${kind} `, { delay: 40 });
    const slowest = await longestWait(page, 4);
    await typing;
    await page.waitForFunction((at) => /run-(done|error)/.test(document.querySelectorAll('section.cell')[at - 1]?.className ?? ''), number, { timeout: LONG });
    console.log(`faults: longest wait of the page during 50 MB of ${kind}: ${slowest} ms`);
    await output(page, number).getByText(/Output was cut here|is left out/).first().waitFor();
    await shot(page, `50-mb-${kind}`);
  }
  await page.reload();
  await page.locator('h1', { hasText: NAME }).waitFor();
  await cell(page, draft).getByText('# written during text during line during html').waitFor();
}

/** A cell asks for a text and a password, another is interrupted while it asks. */
async function question(page) {
  const number = await run(page, 'import getpass\nname = input("Who? ")\nword = getpass.getpass()\nprint("hello", name.upper(), len(word))', '');
  await output(page, number).getByLabel('Who?').fill('ann');
  await shot(page, 'question');
  await output(page, number).getByLabel('Who?').press('Enter');
  await output(page, number).getByLabel('Password:').fill('secret word');
  await output(page, number).getByLabel('Password:').press('Enter');
  await output(page, number).getByText('hello ANN 11').waitFor();
  const text = await output(page, number).innerText();
  assert.match(text, /Who\? ann/);
  assert.doesNotMatch(text, /secret word/);
  const waits = await run(page, 'input("Still there? ")', '');
  await output(page, waits).getByLabel('Still there?').waitFor();
  await page.reload();
  await output(page, waits).getByLabel('Still there?').waitFor();
  await cell(page, waits).getByRole('button', { name: `Interrupt cell ${waits}` }).click();
  await output(page, waits).getByLabel('Still there?').waitFor({ state: 'detached' });
}

/** All rows of a result that shows the first 10,000. */
async function wholeResult(page) {
  const number = await run(page, '%sql\nselect id, concat("row ", id) as name from range(25001) order by id');
  await output(page, number).getByText('First 10,000 rows; there are more').waitFor();
  await output(page, number).getByRole('button', { name: 'Copy or download' }).click();
  await shot(page, 'whole');
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: LONG }), page.getByRole('menuitem', { name: 'Download all as CSV' }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString().trim().split('\r\n');
  assert.equal(download.suggestedFilename(), `output-of-cell-${number}.csv`);
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [25002, 'id,name', '25000,row 25000']);
  // What is sorted and filtered are all rows, not those that came.
  const grid = output(page, number).getByRole('grid');
  for (let click = 0; click < 2; click += 1) await grid.locator('.grid-sort').first().click();
  await output(page, number).getByText('sorted among all rows').waitFor({ timeout: LONG });
  await grid.getByText('row 25000', { exact: true }).waitFor();
  await shot(page, 'whole-sorted');
}

async function asleep(page) {
  const number = await run(page, 'import time\nfor i in range(80):\n    print("beat", i)\n    time.sleep(0.1)', '');
  await output(page, number).getByText('beat 2').waitFor();
  const tools = await page.context().newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const watcher = await atNotebook('dark');
  await write(watcher, number, '# changed while the other slept\nprint("new")');
  await until(watcher, number, 'done');
  await watcher.context().close();
  await tools.send('Page.setWebLifecycleState', { state: 'active' });
  await output(page, number).getByText('beat 79').waitFor({ timeout: LONG });
  await cell(page, number).getByText('# changed while the other slept').waitFor({ timeout: LONG });
  assert.equal((await output(page, number).textContent()).match(/beat \d+/g).length, 80);
}

async function twoInOneCell(page) {
  const number = await append(page, '#');
  const guest = await atNotebook('dark');
  const place = async (who, key) => {
    await cell(who, number).locator('.cm-content, .cell-static').first().click();
    await cell(who, number).locator('.cm-content').first().focus();
    await who.keyboard.press(key);
  };
  await place(page, 'Control+Home');
  await place(guest, 'Control+End');
  await Promise.all([page.keyboard.type('0123456789'.repeat(6), { delay: 15 }), guest.keyboard.type('abcdefghij'.repeat(6), { delay: 15 })]);
  const both = `${'0123456789'.repeat(6)}#${'abcdefghij'.repeat(6)}`;
  await cell(page, number).getByText(both).waitFor();
  await cell(guest, number).getByText(both).waitFor();
  await guest.context().close();
}

async function clusterEnds(page, id) {
  const whole = await run(page, '%sql\nselect id from range(25001)');
  const number = await run(page, 'import time\nprint("begun")\ntime.sleep(600)', '');
  await output(page, number).getByText('begun').waitFor();
  await call('POST', '/api/2.0/clusters/delete', { cluster_id: id });
  const banner = page.locator('.nb-banner');
  await banner.getByText('Start the cluster').first().waitFor({ timeout: LONG });
  await until(page, number, 'error');
  await shot(page, 'cluster-ended');
  // What has gone with the cluster says so.
  await output(page, whole).getByRole('button', { name: 'Copy or download' }).click();
  excuse = /404/;
  await page.getByRole('menuitem', { name: 'Download all as CSV' }).click();
  await page.getByText('does not know this result any more').waitFor();
  excuse = undefined;
  await reaches(id, 'TERMINATED');
  await banner.getByRole('button', { name: 'Start the cluster' }).click();
  const next = await run(page, 'print("here again")');
  await output(page, next).getByText('here again').waitFor({ timeout: LONG });
}

const id = await cluster();
await call('POST', '/api/2.0/workspace/delete', { path: PATH }).catch(() => {});
await call('POST', '/api/2.0/workspace/import', { path: PATH, content: Buffer.from('# Databricks notebook source\n').toString('base64'), format: 'SOURCE', language: 'PYTHON', overwrite: true });
const page = await atNotebook('light');
await attach(page);
const steps = {
  'names that are scripts': () => hostileNames(page),
  'a kernel that dies': () => deadKernel(page),
  'a cell that asks': () => question(page),
  'all rows of a result': () => wholeResult(page),
  'two people in one cell': () => twoInOneCell(page),
  'a tab that sleeps': () => asleep(page),
  'fifty megabytes': () => fiftyMegabytes(page),
  'a cluster that ends under a cell': () => clusterEnds(page, id),
};
for (const [name, step] of Object.entries(steps)) {
  if (only && !name.includes(only)) continue;
  console.log(`faults: ${name}`);
  await step();
}
// Who works at one step keeps the cluster for the next try.
if (!only) await call('POST', '/api/2.0/clusters/permanent-delete', { cluster_id: id });
await browser.close();
if (problems.length > 0) console.log(problems.join('\n'));
process.exit(problems.length > 0 ? 1 : 0);
