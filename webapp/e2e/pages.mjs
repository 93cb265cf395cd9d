// What people do on the pages of files, tables and runs, with a cluster (SLIPWAY_CLUSTER). An argument chooses steps by a part of their names.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { launch, problems, signedIn } from './browser.mjs';
import { LONG } from './notebook.mjs';
import { base, call } from './platform.mjs';

const cluster = process.env.SLIPWAY_CLUSTER;
const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
const only = process.argv[2];
mkdirSync(shots, { recursive: true });
const browser = await launch();

const put = (path, text) => call('POST', '/api/2.0/workspace/import', { path, content: Buffer.from(text).toString('base64'), format: 'AUTO', overwrite: true });

/** Runs code on the cluster (API 1.2); answers what it prints. */
async function ran(language, command) {
  const { id: contextId } = await call('POST', '/api/1.2/contexts/create', { clusterId: cluster, language });
  for (;;) {
    const { status } = await call('GET', `/api/1.2/contexts/status?clusterId=${cluster}&contextId=${contextId}`);
    if (status !== 'Pending') break;
  }
  const { id: commandId } = await call('POST', '/api/1.2/commands/execute', { clusterId: cluster, contextId, language, command });
  for (;;) {
    const { results } = await call('GET', `/api/1.2/commands/status?clusterId=${cluster}&contextId=${contextId}&commandId=${commandId}`);
    if (!results) continue;
    if (results.resultType === 'error') throw new Error(`${command}: ${results.summary ?? results.cause}`);
    return results.data;
  }
}

const FILE = "/Shared/pages/Größe's #1 50%25.csv";
const LINES = '/Shared/pages/lines [1].jsonl';
const address = (path) => `${base}/file/${path.slice(1).split('/').map(encodeURIComponent).join('/')}`;

/** From the page of a file three clicks make a table; the paths there are those that code reads. */
async function tableOfFile(page) {
  await put(FILE, 'zip code,amount\n00123,1.5\n04109,2\n');
  await ran('sql', 'drop table if exists main.default.`größe_s_1_50_25`');
  await page.goto(address(FILE));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = async (who) => {
    await page.getByRole('button', { name: `Copy the path for ${who}` }).click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const [python, spark] = [await copied('Python, shell'), await copied('Spark')];
  assert.equal(spark, `file:${python}`);
  assert.match(String(await ran('python', `import pandas as pd\nprint(pd.read_csv(${JSON.stringify(python)}, dtype=str).values.tolist())`)), /00123.*04109/s);
  await page.screenshot({ path: `${shots}/pages-file.png` });

  await page.getByRole('button', { name: 'Create table' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('00123').waitFor({ timeout: LONG });
  assert.equal(await dialog.getByRole('combobox', { name: 'Type of zip_code' }).inputValue(), 'STRING');
  assert.equal(await dialog.getByRole('combobox', { name: 'Type of amount' }).inputValue(), 'DOUBLE');
  await page.screenshot({ path: `${shots}/pages-table-of-file.png` });
  await dialog.getByRole('button', { name: 'Create table' }).click();
  await page.locator('h1', { hasText: 'größe_s_1_50_25' }).waitFor({ timeout: LONG });
  assert.deepEqual(await ran('sql', 'select * from main.default.`größe_s_1_50_25` order by 1'), [['00123', 1.5], ['04109', 2]]);
}

/** From the catalog too: a file of the workspace, whose name looks like a pattern, and one of this computer, which goes to the reader's folder. */
async function tableFromCatalog(page) {
  await put(LINES, '{"a": 1, "b": "right"}\n{"a": 2, "b": null}\n');
  await put('/Shared/pages/lines 1.jsonl', '{"a": 1, "b": "wrong"}\n');
  await page.goto(`${base}/explore/data`);
  await page.getByRole('button', { name: 'Create table from file' }).click();
  await page.getByRole('menuitem', { name: 'From the workspace' }).click();
  const dialog = page.getByRole('dialog');
  for (const folder of ['/Shared', '/Shared/pages']) await dialog.getByRole('button', { name: `Open ${folder}`, exact: true }).click();
  await dialog.getByText(LINES.split('/').at(-1)).click();
  await dialog.getByText(`file:/Workspace${LINES}`).waitFor({ timeout: LONG });
  await dialog.getByText('right').waitFor();
  await page.keyboard.press('Escape');

  await page.getByLabel('File for a table').setInputFiles({ name: 'pages-here.csv', mimeType: 'text/csv', buffer: Buffer.from('a\n1\n') });
  await dialog.getByText(/file:\/Workspace\/Users\/.*\/pages-here.*\.csv/).waitFor({ timeout: LONG });
  await page.keyboard.press('Escape');
}

/** What a table holds, who changed it, what it was before, and its columns' comments. */
async function tablePage(page) {
  await ran('sql', 'drop table if exists main.default.pages_history');
  await ran('sql', 'create table main.default.pages_history (id int, name string)');
  await ran('sql', "insert into main.default.pages_history values (1, 'first')");
  await ran('sql', "insert overwrite main.default.pages_history values (2, 'second'), (3, 'third')");
  await page.goto(`${base}/explore/data/main/default/pages_history?tab=details`);
  await page.getByText(/^2 rows, .* in \d+ files?$/).waitFor({ timeout: LONG });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('row', { name: /slipway.local.*WRITE/ }).first().waitFor({ timeout: LONG });
  await page.screenshot({ path: `${shots}/pages-history.png` });
  await page.getByRole('button', { name: 'Show version 1', exact: true }).click();
  await page.getByRole('dialog').getByRole('grid').getByText('first').waitFor({ timeout: LONG });
  await page.screenshot({ path: `${shots}/pages-version.png` });
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Restore version 1', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('row', { name: /RESTORE/ }).waitFor({ timeout: LONG });
  assert.deepEqual(await ran('sql', 'select * from main.default.pages_history'), [[1, 'first']]);

  await page.getByRole('tab', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Comment on name' }).click();
  await page.getByLabel('What it holds').fill("it's a \\ name");
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: "it's a \\ name" }).waitFor({ timeout: LONG });
}

const page = await signedIn(browser, 'light', (text) => /the server responded with a status of 4\d\d/.test(text));
await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/pages' });
const STEPS = { 'table of a file': tableOfFile, 'table from the catalog': tableFromCatalog, 'page of a table': tablePage };
for (const [name, step] of Object.entries(STEPS)) {
  if (only && !name.includes(only)) continue;
  const from = Date.now();
  try {
    await step(page);
  } catch (failure) {
    problems.push(`${name}: ${failure.message.split('\n').slice(0, 6).join(' ')}`);
    await page.screenshot({ path: `${shots}/pages-failed.png` });
  }
  console.log(`pages: ${name}, ${Date.now() - from} ms`);
}
await browser.close();
problems.forEach((problem) => console.log(problem));
process.exit(problems.length > 0 ? 1 : 0);
