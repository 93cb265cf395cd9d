// A cell that prints a million lines: how long the page stood still at most, and when its last line was on the screen.
import { edit, LONG, measure, notebook, opened, pressed, runAll } from './browser.mjs';

const TICK = 10;

/** Runs in the page: from now on notes by how much a timer was late at most. */
const watch = (tick) => {
  window.bench = 0;
  let before = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.bench = Math.max(window.bench, now - before - tick);
    before = now;
  }, tick);
};

await measure(async (browser) => {
  const path = await notebook('flood', ['print("warm")', 'for line in range(1_000_000):\n    print(line)']);
  const page = await opened(browser, path);
  await page.getByRole('button', { name: 'Run cell 1' }).click();
  await page.locator('section.cell.run-done').first().waitFor({ timeout: LONG });
  const cell = await edit(page, 2);
  await page.waitForTimeout(1000);
  await page.evaluate(watch, TICK);
  const last = await pressed(page, 'section.cell:nth-of-type(2) .outputs pre', '999999');
  const wait = await page.evaluate(() => window.bench);
  await cell.and(page.locator('.run-done')).waitFor({ timeout: LONG });
  return { wait, last };
});
