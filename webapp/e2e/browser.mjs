// The browser of the tests, and people who have signed in with it.
import { chromium } from 'playwright-core';
import { base, call } from './platform.mjs';

/** What went wrong without anybody waiting for it: errors on a console, exceptions in a page. */
export const problems = [];

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });

/** Reports what the page complains of, but for what `expected` matches. */
export function listen(page, expected = () => false) {
  const note = (text) => expected(text) || problems.push(`${page.url()}: ${text}`);
  page.on('console', (message) => message.type() === 'error' && note(message.text()));
  page.on('pageerror', (error) => note(error.message));
}

/** A page in a browser of somebody of whom nothing is known. Nothing moves: drawing every frame of it would cost more than all else. */
export async function freshPage(browser, colorScheme = 'light') {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, colorScheme, reducedMotion: 'reduce' });
  return context.newPage();
}

/** A page of somebody who came by a sign-in link, in a browser of their own. */
export async function signedIn(browser, colorScheme = 'light', expected) {
  const page = await freshPage(browser, colorScheme);
  listen(page, expected);
  const { code } = await call('POST', '/ui-api/sign-in-links', {});
  await page.goto(`${base}/sign-in#code=${code}`);
  await page.locator('h1', { hasText: 'Home' }).waitFor();
  return page;
}
