// A cell that does next to nothing on a warm kernel: from the key to its output on the screen, time after time.
import { edit, LONG, measure, notebook, opened, pressed, runAll } from './browser.mjs';

const UNCOUNTED = 5;
const COUNTED = 40;
const OUTPUT = 'section.cell:nth-of-type(2) .outputs pre';

await measure(async (browser) => {
  const path = await notebook('cell', ['number = iter(range(1000))', 'print("number", next(number), "comes")']);
  const page = await opened(browser, path);
  await runAll(page, 2);
  const cell = await edit(page, 2);
  const times = [];
  for (let number = 1; number <= UNCOUNTED + COUNTED; number += 1) {
    times.push(await pressed(page, OUTPUT, `number ${number} comes`));
    await cell.and(page.locator('.run-done')).waitFor({ timeout: LONG });
    await page.waitForTimeout(150);
  }
  return times.slice(UNCOUNTED);
});
