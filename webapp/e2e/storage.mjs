// Buckets in the browser: what is dropped is seen, changed, linked, brought back and deleted; who may act as nobody is told what to do.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { freshPage, launch, listen, problems, signedIn } from './browser.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const BUCKET = `e2e.storage-${Date.now()}`;
const MEGA = 1 << 20;
// A red dot of one pixel.
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const browser = await launch();
// What a bucket has none of, S3 tells by a status that browsers write on their consoles; refusals are what some of this is about.
const expected = (text) => /status of (400|403|404|409)/.test(text);
const page = await signedIn(browser, 'light', expected);

const shot = (name) => page.screenshot({ path: `${shots}/storage-${name}.png` });
const chosen = (files) => page.getByLabel('Files to upload').setInputFiles(files.map(({ name, text, type = '' }) => ({ name, mimeType: type, buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) })));
const uploaded = async (count) => page.getByText(`Uploads: ${count} of ${count} done`).waitFor();
const open = (name) => page.getByRole('table', { name: 'objects' }).getByRole('link', { name, exact: true }).click();
const panel = page.locator('.object-panel');

/** As somebody drags files from a desktop onto the page. */
async function drop(files) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, base64, type } of all) transfer.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name, { type }));
    return transfer;
  }, files);
  await page.locator('.storage-drop').dispatchEvent('drop', { dataTransfer: data });
}

// A bucket: its name is checked as one types, and S3 says what it thinks of a name that is taken.
await page.getByRole('link', { name: 'Storage' }).click();
await page.locator('h1', { hasText: 'Storage' }).waitFor();
const create = async (name) => {
  await page.getByRole('button', { name: 'Create bucket' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
};
await create('Not_A_Name');
await page.getByText('Only small letters, digits, dots and hyphens.').waitFor();
assert.ok(await page.getByRole('button', { name: 'Create', exact: true }).isDisabled());
await page.getByLabel('Name', { exact: true }).fill(BUCKET);
await page.getByLabel('Keep older versions of objects').check();
await page.getByRole('button', { name: 'Create', exact: true }).click();
await page.getByText('This bucket is empty').waitFor();
await shot('empty');

// A picture and a table are dropped, and seen.
await drop([
  { name: 'dot.png', base64: PNG, type: 'image/png' },
  { name: 'cities.csv', base64: Buffer.from('city,people\nRome,2748109\n"Köln, am Rhein",1087353\n').toString('base64'), type: 'text/csv' },
]);
await uploaded(2);
await open('dot.png');
await panel.locator('img').waitFor();
await panel.getByText('1 × 1').waitFor();
await open('cities.csv');
await panel.getByRole('grid').getByText('Köln, am Rhein').waitFor();
await shot('csv');
await page.reload();
await panel.getByRole('grid').getByText('2748109').waitFor();

// A text, whose first version comes back.
await page.getByRole('button', { name: 'Close the object' }).click();
await chosen([{ name: 'notes.txt', text: 'first words' }]);
await uploaded(1);
await chosen([{ name: 'notes.txt', text: 'second words' }]);
await page.getByText('One object is there already').waitFor();
await page.getByRole('button', { name: 'Replace' }).click();
await uploaded(2);
await open('notes.txt');
await panel.getByText('second words').waitFor();
await panel.getByRole('tab', { name: 'Versions' }).click();
await panel.getByRole('button', { name: /^Restore version/ }).click();
await page.getByText('Restored: a copy').waitFor();
await panel.getByRole('list', { name: 'Versions' }).getByRole('listitem').nth(2).waitFor();
await shot('versions');
await panel.getByRole('tab', { name: 'Preview' }).click();
await panel.getByText('first words').waitFor();

// Tags, what is known, and a link that needs nobody.
await panel.getByRole('tab', { name: 'Properties' }).click();
await panel.getByText('text/plain').waitFor();
await panel.getByRole('button', { name: 'Tag', exact: true }).click();
await panel.getByLabel('Key of tag 1').fill('team');
await panel.getByLabel('Value of tag 1').fill('e2e / more');
await panel.getByRole('button', { name: 'Save tags' }).click();
await panel.getByRole('button', { name: 'Save tags' }).waitFor({ state: 'detached' });
await page.reload();
await panel.getByLabel('Value of tag 1').waitFor();
assert.equal(await panel.getByLabel('Value of tag 1').inputValue(), 'e2e / more');
await shot('properties');
await panel.getByRole('tab', { name: 'Link' }).click();
await panel.getByRole('button', { name: 'Make a link' }).click();
const link = await panel.locator('.presigned').innerText();
assert.equal(await (await fetch(link)).text(), 'first words');
assert.equal((await fetch(link.replace('notes.txt', 'dot.png'))).status, 403);
await shot('link');

// Odd names, JSON, and a file of several parts, of which the first piece is shown.
await page.getByRole('button', { name: 'Close the object' }).click();
const long = Buffer.from('line of a long text\n'.repeat(Math.ceil((17 * MEGA) / 20)));
await page.getByRole('button', { name: 'New folder' }).click();
await page.getByLabel('Name', { exact: true }).fill('a b+c');
await page.getByRole('button', { name: 'Create', exact: true }).click();
await page.getByText('This folder is empty').waitFor();
await chosen([{ name: "ü'%2F(1) & more.json", text: '{"deep":{"er":[1,2]}}' }, { name: 'long.log', text: long }]);
await uploaded(2);
await open("ü'%2F(1) & more.json");
await panel.getByRole('button', { name: 'deep: ' }).click();
await panel.getByText('er: ').waitFor();
await open('long.log');
await panel.getByText('Only the first').waitFor();
await panel.getByRole('tab', { name: 'Properties' }).click();
await panel.getByText(`${long.length.toLocaleString('en')} bytes`).waitFor();
await page.getByLabel('Begins with').fill('lon');
await page.getByRole('table', { name: 'objects' }).getByRole('link', { name: /more.json/ }).waitFor({ state: 'detached' });
await page.getByRole('table', { name: 'objects' }).getByRole('link', { name: 'long.log' }).waitFor();
assert.match(page.url(), /begins=lon/);

// Settings: S3 says what is wrong with a policy, beside it.
await page.goto(`${base}/storage/${BUCKET}?tab=settings`);
const editor = page.getByLabel('Policy of the bucket');
await editor.fill('{"Version":"2012-10-17"}');
await page.getByRole('button', { name: 'Save policy' }).click();
await page.getByText('MalformedPolicy').first().waitFor();
const byExample = async (noun) => {
  await page.getByRole('button', { name: `Example: ${noun}` }).click();
  await page.getByRole('button', { name: `Save ${noun}` }).click();
  await page.getByText(`Saved the ${noun}.`).waitFor();
  await page.getByRole('button', { name: `Delete ${noun}` }).waitFor();
};
for (const noun of ['policy', 'lifecycle rules', 'CORS rules']) await byExample(noun);
await page.getByRole('button', { name: 'Delete lifecycle rules' }).click();
await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
await page.getByText('Objects stay until somebody deletes them.').waitFor();
await page.getByLabel('CORS rules of the bucket').fill('<CORSConfiguration><CORSRule/></CORSConfiguration>');
await page.getByRole('button', { name: 'Save CORS rules' }).click();
await page.getByText('MalformedXML').first().waitFor();
await page.getByLabel('New policies that are public are refused').click();
await page.getByRole('checkbox', { name: 'New policies that are public are refused', checked: false }).waitFor();
await page.getByRole('button', { name: 'Tag', exact: true }).click();
await page.getByLabel('Key of tag 1').fill('team');
await page.getByLabel('Value of tag 1').fill('a / b');
await page.getByRole('button', { name: 'Save tags' }).click();
await page.getByRole('button', { name: 'Save tags' }).waitFor({ state: 'detached' });
await page.reload();
await page.getByLabel('Value of tag 1').waitFor();
assert.equal(await page.getByLabel('Value of tag 1').inputValue(), 'a / b');
assert.ok(!(await page.getByLabel('New policies that are public are refused').isChecked()));
assert.ok(await page.getByLabel('New access lists that are public are refused').isChecked());
assert.match(await page.getByLabel('CORS rules of the bucket').innerText(), /www\.example\.com/);
await shot('settings');

// A narrow window, dark.
await page.emulateMedia({ colorScheme: 'dark' });
await page.setViewportSize({ width: 700, height: 900 });
await page.goto(`${base}/storage/${BUCKET}?object=cities.csv`);
await panel.getByRole('grid').getByText('2748109').waitFor();
await shot('narrow');
assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0, 'nothing is wider than the window');
await page.setViewportSize({ width: 1360, height: 860 });
await page.emulateMedia({ colorScheme: 'light' });

// What is chosen goes: the folder with what is in it.
await page.goto(`${base}/storage/${BUCKET}`);
await page.getByLabel('Choose a b+c/').check();
await page.getByLabel('Choose dot.png').check();
await page.getByRole('button', { name: 'Delete 2 chosen' }).click();
await page.getByRole('dialog').getByText('Delete 4 objects?').waitFor();
await shot('delete');
await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
await page.getByText('Deleted 4 objects.').waitFor();
assert.deepEqual(await page.getByRole('table', { name: 'objects' }).getByRole('link').allInnerTexts(), ['cities.csv', 'notes.txt']);

// The bucket goes when it is empty.
await page.goto(`${base}/storage`);
const act = async (name) => {
  await page.getByRole('button', { name: `Actions on ${BUCKET}` }).click();
  await page.getByRole('menuitem', { name }).click();
};
await act('Delete');
await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
await page.getByRole('dialog').getByText('BucketNotEmpty').waitFor();
await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
await act('Empty');
await page.getByLabel(`Type ${BUCKET} to confirm`).fill(BUCKET);
await page.getByRole('button', { name: 'Delete everything' }).click();
await page.getByText(`${BUCKET} is empty`).waitFor();
await act('Delete');
await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
await page.getByText(`Deleted ${BUCKET}.`).waitFor();
assert.equal(await page.getByRole('link', { name: BUCKET }).count(), 0);

// Who may act as nobody is told what an admin must do.
const SCIM = '/api/2.0/preview/scim/v2/Users';
const NOBODY = `nobody.e2e.${Date.now()}@example.com`;
const { id } = await call('POST', SCIM, { userName: NOBODY });
const { code } = await call('POST', '/ui-api/invitations', { user_id: Number(id) });
const other = await freshPage(browser);
listen(other, expected);
await other.goto(`${base}/sign-in#invitation=${code}`);
await other.getByLabel('New password').fill('correct horse battery');
await other.getByLabel('The same again').fill('correct horse battery');
await other.getByRole('button', { name: 'Set password and sign in' }).click();
await other.locator('h1', { hasText: 'Home' }).waitFor();
await other.goto(`${base}/storage`);
await other.getByText('You may act as nobody at AWS yet').waitFor();
await other.screenshot({ path: `${shots}/storage-nobody.png` });
await fetch(`${base}${SCIM}/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${process.env.SLIPWAY_TOKEN}` } });

await browser.close();
assert.deepEqual(problems, []);
console.log('buckets, as they should be');
