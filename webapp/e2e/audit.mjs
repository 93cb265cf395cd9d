// Whoever looks into the audit log: sees what was done and what was refused, finds one call, and is told of newer ones.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { launch, problems, signedIn } from './browser.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const SCOPE = `audited-${Date.now()}`;
const SECRET = 'the-value-that-nobody-sees';

await call('POST', '/api/2.0/secrets/scopes/create', { scope: SCOPE });
await call('POST', '/api/2.0/secrets/put', { scope: SCOPE, key: 'k', string_value: SECRET });
for (let i = 0; i < 3; i++) await fetch(`${base}/api/2.0/clusters/list`, { headers: { Authorization: `Bearer dapi${'0'.repeat(32)}` } });
await fetch(`${base}/api/2.0/nothing-here`);

const browser = await launch();
for (const theme of ['light', 'dark']) {
  const page = await signedIn(browser, theme);
  await page.goto(`${base}/settings?tab=audit`);
  await page.getByRole('row', { name: /putSecret/ }).first().waitFor();
  await page.getByText(/\d+ refused/).first().waitFor();
  await page.screenshot({ path: `${shots}/audit-${theme}.png` });

  // All of one call, without its secret.
  await page.getByRole('row', { name: new RegExp(`putSecret.*${SCOPE}`) }).getByTitle('All of this call').click();
  const details = page.getByRole('dialog');
  await details.getByText('[REDACTED]').waitFor();
  assert.ok(!(await details.innerText()).includes(SECRET));
  await page.screenshot({ path: `${shots}/audit-details-${theme}.png` });
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });

  // What was refused, and who had nothing to show for it. The filter is in the address.
  await page.getByText('Refused', { exact: true }).click();
  await page.getByRole('row', { name: /nobody known.*clusters.*list.*refused 403/ }).first().waitFor();
  assert.equal(await page.getByRole('row', { name: /putSecret/ }).count(), 0);
  assert.match(page.url(), /outcome=refused/);
  await page.screenshot({ path: `${shots}/audit-refused-${theme}.png` });

  // Newer ones of the same kind are told, and not those that the page makes itself.
  await fetch(`${base}/api/2.0/clusters/list`, { headers: { Authorization: 'Bearer nonsense' } });
  await page.getByRole('button', { name: /Show \d+ newer/ }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: /newer/ }).waitFor({ state: 'hidden' });

  // A part of a name finds it; nothing is found by what is not there.
  await page.getByRole('button', { name: 'Clear' }).click();
  const box = page.getByLabel('On what');
  await box.fill(SCOPE);
  await box.press('Enter');
  await page.waitForURL(new RegExp(`text=${SCOPE}`));
  await page.getByRole('row', { name: /createScope/ }).waitFor();
  assert.equal(await page.getByRole('row').count(), 3, 'the head, and two calls');
  const arrives = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const lines = readFileSync(await (await arrives).path(), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ serviceName, actionName }) => `${serviceName}/${actionName}`), ['secrets/putSecret', 'secrets/createScope']);
  await box.fill('no such thing at all');
  await box.press('Enter');
  await page.getByText('No call of this time is like that').waitFor();
  await page.context().close();
}
await call('POST', '/api/2.0/secrets/scopes/delete', { scope: SCOPE });
await browser.close();
assert.deepEqual(problems, []);
console.log('audit: done');
