// Typing in the middle of a notebook of 200 cells with results, as fast as people who type well: what held the page up meanwhile. Then
// the same in a bare text field, which tells what is the machine's doing.
import { edit, measure, notebook, opened, runAll } from './browser.mjs';

const CELLS = 200;
const KEY_EVERY = 60;
const TYPED = `
total = sum(values) + len(values)
for number, value in enumerate(values):
    if value > total / 2:
        print(number, value, total)
average = total / max(1, len(values))
print("average", average, "of", len(values))`;

const code = (at) => `values = [n * ${at} for n in range(20)]\nfor value in values:\n    print("line of cell ${at}:", value)`;

/** Runs in the page: from now on notes what keeps it busy, and how long keys take until they are seen. */
const watch = () => {
  window.bench = { tasks: [], worst: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.bench.tasks.push(duration))).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') window.bench.worst = Math.max(window.bench.worst, duration);
  }).observe({ type: 'event', durationThreshold: 16 });
};

async function typed(page) {
  await page.waitForTimeout(2000);
  await page.evaluate(watch);
  await page.keyboard.type(TYPED, { delay: KEY_EVERY });
  // What is said of the last key comes later.
  await page.waitForTimeout(1000);
  return page.evaluate(() => window.bench);
}

async function bare(browser) {
  const page = await browser.newPage();
  await page.setContent('<textarea rows="20" cols="80"></textarea>');
  await page.locator('textarea').click();
  return typed(page);
}

await measure(async (browser) => {
  const path = await notebook('typing', Array.from({ length: CELLS }, (_, at) => code(at)));
  const page = await opened(browser, path);
  await runAll(page, CELLS);
  await edit(page, CELLS / 2);
  const ours = await typed(page);
  await page.context().close();
  return { ours, bare: await bare(browser) };
});
