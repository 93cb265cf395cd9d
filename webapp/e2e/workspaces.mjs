// Two workspaces in one browser: an admin makes one, goes there and back; two tabs stay in two workspaces; one who is in one sees no switch.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { launch, listen, problems, signedIn } from './browser.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const NAME = `e2e team ${Date.now() % 100_000}`;
const FOLDER = `/Shared/only of the first ${Date.now() % 100_000}`;

const browser = await launch();
const page = await signedIn(browser, 'light', (text) => /403|404/.test(text));
await call('POST', '/api/2.0/workspace/mkdirs', { path: FOLDER });

// The admin makes a workspace.
await page.goto(`${base}/settings?tab=workspaces`);
await page.getByRole('button', { name: 'Create workspace' }).click();
await page.getByLabel('Name', { exact: true }).fill(NAME);
await page.getByRole('button', { name: 'Create', exact: true }).click();
await page.getByRole('row', { name: new RegExp(NAME) }).waitFor();
await page.screenshot({ path: `${shots}/workspaces.png` });
await page.getByRole('button', { name: `Who is in ${NAME}` }).click();
await page.getByRole('dialog').getByText('admin@').first().waitFor();
await page.screenshot({ path: `${shots}/workspaces-people.png` });
await page.keyboard.press('Escape');

// And goes there: what is in the first is not there.
await page.getByRole('button', { name: /^Workspace / }).click();
await page.screenshot({ path: `${shots}/workspaces-switch.png` });
await page.getByRole('menuitem', { name: NAME }).click();
await page.getByRole('button', { name: `Workspace ${NAME}` }).waitFor();
await page.locator('h1', { hasText: 'Home' }).waitFor();
await page.goto(`${base}/workspace/Shared`);
await page.locator('h1, [aria-current=page]', { hasText: 'Shared' }).first().waitFor();
assert.equal(await page.getByText(FOLDER.slice(8)).count(), 0, 'a folder of another workspace');

// Another tab of the same browser goes back; the first one stays where it is.
const other = await page.context().newPage();
listen(other, (text) => /403|404/.test(text));
await other.goto(`${base}/`);
await other.getByRole('button', { name: /^Workspace / }).click();
await other.getByRole('menuitem', { name: 'slipway' }).click();
await other.getByRole('button', { name: 'Workspace slipway' }).waitFor();
await other.goto(`${base}/workspace/Shared`);
await other.getByText(FOLDER.slice(8)).first().waitFor();
await page.reload();
await page.getByRole('button', { name: `Workspace ${NAME}` }).waitFor();
assert.equal(await page.getByText(FOLDER.slice(8)).count(), 0, 'the tab has stayed in its workspace');

// An address that names a workspace opens it there.
const { workspaces } = await call('GET', '/ui-api/workspaces');
const made = workspaces.find((each) => each.name === NAME);
await other.goto(`${base}/?o=${made.id}`);
await other.getByRole('button', { name: `Workspace ${NAME}` }).waitFor();

// It is deleted: whoever is there is told, and comes back to the first one.
await other.goto(`${base}/settings?tab=workspaces&o=1001`);
await other.getByRole('button', { name: `Delete ${NAME}` }).click();
await other.getByRole('button', { name: 'Delete workspace' }).click();
await other.getByText(`Deleted ${NAME}.`).waitFor();
await page.goto(`${base}/workspace/Shared`);
await page.getByText(FOLDER.slice(8)).first().waitFor();

await call('POST', '/api/2.0/workspace/delete', { path: FOLDER });

await browser.close();
assert.deepEqual(problems, []);
console.log('two workspaces, as it should be');
