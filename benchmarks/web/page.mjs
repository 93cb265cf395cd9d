// From the navigation to rows of a result of 10,000 on the screen: in a browser that has never been here, in one that has, and for the
// same table as a bare page, until all of it is there.
import { createServer } from 'node:http';
import { addressOf, measure, notebook, opened, painted, runAll } from './browser.mjs';

const ROWS = 10_000;
const SOURCE = `display(spark.range(${ROWS}).selectExpr("id", "id % 7 as kind", "concat('name ', id) as name", "id * 1.5 as amount", "date_add(date'2024-01-01', cast(id % 365 as int)) as day"))`;
const CELL = { selector: '.grid-row .grid-cell:nth-of-type(4)', text: 'name 0' };

function bareTable() {
  const day = (id) => new Date(Date.UTC(2024, 0, 1 + (id % 365))).toISOString().slice(0, 10);
  const row = (id) => `<tr><td>${id}<td>${id % 7}<td>name ${id}<td>${(id * 1.5).toFixed(1)}<td>${day(id)}`;
  return `<!doctype html><title>table</title><table><tr><th>id<th>kind<th>name<th>amount<th>day${Array.from({ length: ROWS }, (_, id) => row(id)).join('')}</table>`;
}

async function visit(page, address, seen) {
  await page.goto(address, { waitUntil: 'commit' });
  return page.evaluate(painted, seen);
}

async function bare(browser) {
  const html = bareTable();
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(html));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  try {
    return await visit(await context.newPage(), `http://127.0.0.1:${server.address().port}/`, { selector: 'tr:last-child', text: `name ${ROWS - 1}` });
  } finally {
    await context.close();
    server.close();
  }
}

await measure(async (browser) => {
  const path = await notebook('page', [SOURCE]);
  const maker = await opened(browser, path);
  await runAll(maker, 1);
  await maker.evaluate(painted, CELL);
  const storageState = await maker.context().storageState();
  await maker.context().close();
  // The session alone is taken along: no file is in this browser's cache.
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, storageState });
  const page = await context.newPage();
  const first = await visit(page, addressOf(path), CELL);
  await page.goto('about:blank');
  const later = await visit(page, addressOf(path), CELL);
  await context.close();
  return { first, later, bare: await bare(browser) };
});
