// What a newcomer does, from the sign-in link to a scheduled job, in a real browser on a real cluster that they make by the form; and what
// may go wrong meanwhile: tabs close, the server is killed, two people type, a cell never stops printing, an output is a script.
//
// Whoever starts this restarts the server: on a line `restart` on standard output it is killed and started again, then answers with a line.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launch, listen, problems, signedIn } from './browser.mjs';
import { append, cell, LONG, longestWait, output, run, write } from './notebook.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch();
/** What a browser may say on its console for now. */
let excuse;

/** What it cannot load while the server is away, or a path leads nowhere any more. */
const AWAY = /ERR_CONNECTION|WebSocket|Failed to load resource|does not answer/;
/** What the script in an output is kept from, whenever that output is shown. */
const KEPT = /\/api\/2\.0\/clusters\/list'? ?.*Content Security Policy/;
const excused = (text) => KEPT.test(text) || (excuse?.test(text) ?? false);

const shot = (page, name) => page.screenshot({ path: `${shots}/tour-${name}.png` });
const step = (name) => console.log(`tour: ${name}`);

async function createCluster(page) {
  step('a cluster by the form');
  await page.locator('nav').getByRole('link', { name: 'Compute' }).first().click();
  await page.getByRole('link', { name: 'Create cluster' }).or(page.getByRole('button', { name: 'Create cluster' })).first().click();
  await page.getByLabel('Name', { exact: true }).fill('tour');
  await page.getByRole('button', { name: 'Create cluster' }).click();
  await page.locator('h1', { hasText: 'tour' }).waitFor();
  await page.getByText('Running', { exact: true }).first().waitFor({ timeout: LONG });
}

async function createNotebook(page) {
  step('a notebook in the workspace');
  await page.locator('nav').getByRole('link', { name: 'Workspace' }).first().click();
  await page.getByText('My folder').first().click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('menuitem', { name: 'Python notebook' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('tour');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.locator('h1', { hasText: 'tour' }).waitFor();
}

async function work(page) {
  step('Python, SQL, a chart, a widget');
  const first = await run(page, 'print("hello from", spark.version)');
  await output(page, first).getByText('hello from').waitFor();
  const table = await run(page, 'spark.range(12).selectExpr("id", "id % 3 as kind", "id * 1.5 as amount").write.mode("overwrite").saveAsTable("main.default.tour")\n' + 'print("kept")');
  await output(page, table).getByText('kept').waitFor();
  const sql = await run(page, '%sql\nselect kind, sum(amount) as amount from main.default.tour group by kind order by kind');
  const grid = output(page, sql).getByRole('grid');
  await grid.getByText('27.0').or(grid.getByText('27')).first().waitFor();
  // In a window that the cell does not fit into, of a cell that is not the active one.
  await output(page, first).getByText('hello from').click();
  await page.setViewportSize({ width: 1360, height: 420 });
  await output(page, sql).getByRole('button', { name: 'Visualization' }).click();
  await page.setViewportSize({ width: 1360, height: 860 });
  await output(page, sql).locator('.chart-area svg, .chart-area canvas').first().waitFor();
  await shot(page, 'chart');
  const frame = await run(page, 'print(_sqldf.count(), "rows of the cell before")');
  await output(page, frame).getByText('3 rows of the cell before').waitFor();
  const widget = await run(page, 'dbutils.widgets.text("name", "world")\nprint("hello", dbutils.widgets.get("name"))');
  await output(page, widget).getByText('hello world').waitFor();
  await page.getByLabel('Widgets').getByLabel('name').fill('harbour');
  await page.keyboard.press('Enter');
  await output(page, widget).getByText('hello harbour').waitFor({ timeout: LONG });
  const bad = await run(page, 'def inner():\n    return 1 / 0\ninner()', 'error');
  await output(page, bad).getByText('division by zero').first().waitFor();
  await cell(page, bad).focus();
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await page.getByText('ZeroDivisionError').first().waitFor({ state: 'detached' });
}

async function twoBrowsers(page) {
  step('two browsers');
  const guest = await signedIn(browser, 'dark');
  await guest.goto(page.url());
  await guest.getByText('hello from').first().waitFor();
  const number = await run(guest, 'print("typed by a guest")');
  await output(page, number).getByText('typed by a guest').waitFor();
  await write(page, number, '# both of us are here\nprint("two")');
  await guest.getByText('# both of us are here').waitFor();
  await carets(page, guest, number);
  await shot(guest, 'guest');
  await guest.context().close();
}

/** Who types somewhere is seen there, and stays at their letter while somebody else types before it. */
async function carets(page, guest, number) {
  step('carets');
  const caret = cell(page, number).locator('.cm-guest.caret');
  const left = () => caret.evaluate((element) => element.getBoundingClientRect().left);
  await cell(guest, number).locator('.cm-content').focus();
  await guest.keyboard.press('Control+End');
  await guest.keyboard.insertText('  # guest');
  await cell(page, number).getByText('# guest').waitFor();
  await caret.waitFor();
  const end = await cell(page, number).locator('.cm-line', { hasText: '# guest' }).evaluate((line) => {
    const text = document.createRange();
    text.selectNodeContents(line);
    return text.getBoundingClientRect().right;
  });
  assert.ok(Math.abs((await left()) - end) < 4, `the caret is at ${await left()}, the text ends at ${end}`);
  await shot(page, 'carets');
  const before = await left();
  await cell(page, number).locator('.cm-content').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await page.keyboard.insertText('12345678; ');
  await cell(guest, number).getByText('12345678; ').waitFor();
  await page.waitForFunction(([element, from]) => element.getBoundingClientRect().left > from + 40, [await caret.elementHandle(), before]);
  await guest.keyboard.press('Escape');
  await caret.waitFor({ state: 'detached' });
}

async function closedTab(page) {
  step('a tab that is closed during a run');
  const number = await run(page, 'import time\nfor i in range(40):\n    print("line", i)\n    time.sleep(0.1)', '');
  await output(page, number).getByText('line 2').waitFor();
  const address = page.url();
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  listen(again, excused);
  await again.goto(address);
  await output(again, number).getByText('line 39').waitFor({ timeout: LONG });
  assert.equal((await output(again, number).textContent()).match(/line \d+/g).length, 40);
  return again;
}

async function killedServer(page) {
  step('the server is killed under an open notebook');
  const number = await run(page, 'import time\nfor i in range(60):\n    print("tick", i)\n    time.sleep(0.1)', '');
  await output(page, number).getByText('tick 2').waitFor();
  excuse = AWAY;
  console.log('restart');
  await page.locator('.nb-banner').first().waitFor({ timeout: LONG });
  await append(page, 'print("typed while nobody listened")');
  assert.equal((await answers.next()).value, 'restarted');
  await output(page, number).getByText('tick 59').waitFor({ timeout: LONG });
  excuse = undefined;
  await cell(page, number + 1).getByRole('button', { name: `Run cell ${number + 1}` }).click();
  await output(page, number + 1).getByText('typed while nobody listened').waitFor({ timeout: LONG });
  assert.equal((await output(page, number).textContent()).match(/tick \d+/g).length, 60);
}

async function flood(page) {
  step('a million lines');
  const number = await run(page, 'for i in range(1_000_000):\n    print(i)', '');
  const slowest = await longestWait(page, 5);
  console.log(`tour: longest wait of the page during a flood of output: ${slowest} ms`);
  await output(page, number).getByText('999999').first().waitFor({ timeout: LONG });
  await cell(page, number).and(page.locator('.run-done')).waitFor({ timeout: LONG });
}

async function hostileOutput(page) {
  step('an output that is a script');
  const title = await page.title();
  const number = await run(
    page,
    `displayHTML("""<p id="said">here</p><script>
      const said = document.getElementById("said");
      try { parent.document.title = "taken"; said.textContent = "reached the page"; } catch (refused) { said.textContent = "alone"; }
      fetch("${base}/api/2.0/clusters/list").then((answer) => { said.textContent += " and heard " + answer.status; }, () => { said.textContent += " and deaf"; });
    </script>""")`,
  );
  const frame = output(page, number).frameLocator('iframe');
  await frame.getByText('alone and deaf').waitFor({ timeout: LONG });
  assert.equal(await page.title(), title);
  const plain = await run(page, 'from IPython.display import Markdown, display as show\nshow(Markdown("<img src=x onerror=document.title=1> **bold**"))\nprint("<script>document.title=2</script>")');
  await output(page, plain).getByText('<script>document.title=2</script>').waitFor();
  assert.equal(await page.title(), title);
}

async function moved(page) {
  step('a notebook that is moved while it is open');
  excuse = AWAY;
  await run(page, 'print("before the move")');
  await call('POST', `/ui-api/objects/${await objectId(page)}/move`, { path: '/Shared/tour moved' });
  await page.waitForURL('**/notebook/Shared/tour%20moved');
  await page.getByText('print("before the move")').first().waitFor();
  excuse = undefined;
}

async function schedule(page) {
  step('the notebook as a job');
  // As a job it shall end well and soon.
  const text = 'print("hello from the job", dbutils.widgets.get("name"))';
  const { path } = await call('GET', `/ui-api/objects/${await objectId(page)}`);
  const source = `# Databricks notebook source\ndbutils.widgets.text("name", "world")\n${text}`;
  await call('POST', '/api/2.0/workspace/import', { path, content: Buffer.from(source).toString('base64'), format: 'SOURCE', language: 'PYTHON', overwrite: true });
  await page.getByText('hello from the job').first().waitFor();
  await page.getByRole('button', { name: 'Schedule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the job').fill('tour job');
  await dialog.getByRole('button', { name: 'Create job' }).click();
  await dialog.getByRole('link', { name: 'tour job' }).first().click();
  await page.locator('h1', { hasText: 'tour job' }).waitFor();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.waitForURL('**/runs/*');
  await page.getByText('hello from the job world').waitFor({ timeout: LONG });
  await page.getByText('Success', { exact: true }).first().waitFor({ timeout: LONG });
  await shot(page, 'run');
}

async function objectId(page) {
  const path = decodeURIComponent(new URL(page.url()).pathname.replace('/notebook', ''));
  return (await call('GET', `/api/2.0/workspace/get-status?path=${encodeURIComponent(path)}`)).object_id;
}

async function browse(page) {
  step('the table in the catalog');
  await page.locator('nav').getByRole('link', { name: 'Catalog' }).first().click();
  await page.goto(`${base}/explore/data/main/default/tour?tab=sample`);
  await page.getByRole('grid').getByText('16.5').waitFor({ timeout: LONG });
}

const page = await signedIn(browser, 'light', excused);
// Who works at a later step has a cluster already.
if (!process.env.SLIPWAY_CLUSTER) await createCluster(page);
await createNotebook(page);
await work(page);
await twoBrowsers(page);
await flood(page);
await hostileOutput(page);
const again = await closedTab(page);
await killedServer(again);
await moved(again);
await schedule(again);
await browse(again);
await browser.close();
if (problems.length > 0) console.log(problems.join('\n'));
process.exit(problems.length > 0 ? 1 : 0);
