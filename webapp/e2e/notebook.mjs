// Cells of an open notebook, as a person handles them.
export const LONG = Number(process.env.SLIPWAY_LONG ?? 180_000);

export const cell = (page, number) => page.locator('section.cell').nth(number - 1);
export const output = (page, number) => cell(page, number).locator('.outputs');

/** Puts text into a cell as a person would paste it; editors would close brackets that are typed. */
export async function write(page, number, text) {
  await cell(page, number).locator('.cm-content, .cell-static').first().click();
  await cell(page, number).locator('.cm-content').first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Waits until a cell's run is in a state; `` waits for nothing. */
export async function until(page, number, state) {
  if (state) await page.locator(`section.cell >> nth=${number - 1}`).and(page.locator(`.run-${state}`)).waitFor({ timeout: LONG });
}

/** Appends a cell; answers its number. */
export async function append(page, text) {
  await page.locator('.between').last().getByRole('button', { name: 'Code' }).click();
  const number = await page.locator('section.cell').count();
  await write(page, number, text);
  return number;
}

/** Appends a cell and runs it; answers its number. */
export async function run(page, text, wait = 'done') {
  const number = await append(page, text);
  await page.keyboard.press('Control+Enter');
  await until(page, number, wait);
  return number;
}

/** The longest that a page kept somebody waiting within some seconds, in ms. */
export const longestWait = (page, seconds) =>
  page.evaluate(async (millis) => {
    let worst = 0;
    const end = performance.now() + millis;
    while (performance.now() < end) {
      const before = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 10));
      worst = Math.max(worst, performance.now() - before);
    }
    return Math.round(worst);
  }, seconds * 1000);
