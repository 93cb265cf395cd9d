// What the measurements share: notebooks, a page of somebody who has signed in, and the moment at which something is on the screen.
import { launch, problems, signedIn } from '../../webapp/e2e/browser.mjs';
import { base, call } from '../../webapp/e2e/platform.mjs';

export const LONG = 180_000;

/** Prints what a measurement answers as the last line of standard output. */
export async function measure(measurement) {
  const browser = await launch();
  try {
    const figures = await measurement(browser);
    problems.forEach((problem) => console.error(problem));
    console.log(JSON.stringify(figures));
  } finally {
    await browser.close();
  }
}

/** A new notebook of these cells; answers its path. */
export async function notebook(name, cells) {
  const path = `/Shared/bench/${name}-${Date.now()}`;
  const source = ['# Databricks notebook source', cells.join('\n\n# COMMAND ----------\n\n'), ''].join('\n');
  await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/bench' });
  await call('POST', '/api/2.0/workspace/import', { path, content: Buffer.from(source).toString('base64'), format: 'SOURCE', language: 'PYTHON' });
  return path;
}

export const addressOf = (path) => `${base}/notebook${path}`;

/** A signed-in page that shows the notebook. */
export async function opened(browser, path) {
  const page = await signedIn(browser);
  await page.goto(addressOf(path));
  await page.locator('section.cell').first().waitFor();
  return page;
}

/** Runs all cells, on the one cluster there is. */
export async function runAll(page, count) {
  await page.getByRole('button', { name: 'Run all' }).click();
  await page.locator('section.cell.run-done').nth(count - 1).waitFor({ timeout: LONG });
}

/** Puts the cursor at the end of a cell's text. */
export async function edit(page, number) {
  const cell = page.locator('section.cell').nth(number - 1);
  await cell.scrollIntoViewIfNeeded();
  await cell.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  return cell;
}

/**
 * Runs in the page: resolves with the time, by the page's clock, at which a frame was painted that has the text in the selected element.
 * A frame is painted when what its callbacks have put off is at work.
 */
export const painted = ({ selector, text }) =>
  new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(selector)?.textContent.includes(text)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    look();
  });

/** Presses keys that run a cell; answers the milliseconds until the text is on the screen. */
export async function pressed(page, selector, text) {
  await page.evaluate(() => {
    window.benchPressed = new Promise((resolve) => window.addEventListener('keydown', (event) => event.key === 'Enter' && resolve(event.timeStamp), { capture: true }));
  });
  const shown = page.evaluate(painted, { selector, text });
  await page.keyboard.press('Control+Enter');
  const end = await shown;
  return end - (await page.evaluate(() => window.benchPressed));
}
