// Who may do what in the account, in the browser: a role for clusters with a policy that is corrected while it is written, the question
// which statement lets it do something, a user whose key works, and what hangs on them when they go.
//
// SLIPWAY_BUCKET names a bucket. On a line `key <id> <secret>` whoever started this tries the key, and answers with a line.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launch, problems, signedIn } from './browser.mjs';
import { base } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const bucket = process.env.SLIPWAY_BUCKET ?? 'photos';
const ROLE = `e2e-machines-${Date.now()}`;
const USER = `e2e.backup-${Date.now()}`;
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const browser = await launch();
// What IAM refuses, and what it has none of, browsers write on their consoles.
const page = await signedIn(browser, 'light', (text) => /status of (400|403|404|409)/.test(text));
const shot = (name) => page.screenshot({ path: `${shots}/access-${name}.png` });
const dialog = page.getByRole('dialog');
const tab = (name) => page.getByRole('tab', { name, exact: true }).click();
const heading = (name) => page.locator('h1', { hasText: name }).waitFor();

// A role for clusters. IAM says beside the field what it thinks of a name.
await page.getByRole('link', { name: 'Access', exact: true }).click();
await heading('Access');
await tab('Roles');
await page.getByRole('button', { name: 'Create role' }).click();
await dialog.getByLabel('Role name').fill('not a name');
await dialog.locator('.cm-content').getByText('ec2.amazonaws.com').waitFor();
await dialog.getByRole('button', { name: 'Create role' }).click();
await dialog.getByText('must contain only alphanumeric characters').waitFor();
await dialog.getByLabel('Role name').fill(ROLE);
await dialog.getByRole('button', { name: 'Create role' }).click();
await heading(ROLE);
await page.getByText('EC2 (clusters)').waitFor();

// A policy by the template, one line of which is broken: the editor says where, IAM refuses it, and nothing typed is lost.
await page.getByRole('button', { name: 'Create inline policy' }).click();
await dialog.getByLabel('Policy name').fill('raw');
await dialog.getByRole('combobox', { name: 'Template' }).click();
await page.getByRole('option', { name: 'Read and write below one prefix' }).click();
await dialog.getByLabel('Bucket').fill(bucket);
await dialog.getByLabel('Prefix').fill('raw/');
const editor = dialog.locator('.cm-content');
await editor.getByText(`arn:aws:s3:::${bucket}/raw/*`).waitFor();
await dialog.getByText('Nothing is wrong with the form of this policy.').waitFor();
await editor.getByText('"Allow"').first().dblclick();
await page.keyboard.insertText('Permit');
const problem = dialog.getByRole('list', { name: 'Problems' }).getByRole('button');
await problem.getByText('Effect is "Allow" or "Deny", not "Permit".').waitFor();
assert.match(await problem.first().innerText(), /Line 6/);
await shot('broken');
await dialog.getByRole('button', { name: 'Create policy' }).click();
await dialog.getByRole('alert').getByText('MalformedPolicyDocument').waitFor();
await problem.first().click();
await page.keyboard.insertText('"Allow"');
await dialog.getByText('Nothing is wrong with the form of this policy.').waitFor();
await dialog.getByRole('button', { name: 'Create policy' }).click();
await dialog.waitFor({ state: 'detached' });
await page.locator('.inline-policy summary', { hasText: 'raw' }).waitFor();

// Clusters of this workspace may have it by one click.
await tab('Instance profiles');
await page.getByRole('button', { name: 'Make instance profile and add it to this workspace' }).click();
await page.getByRole('row', { name: new RegExp(`${ROLE}.*added`) }).waitFor();

// Inside the prefix a statement allows it, which is shown; outside nothing does.
await page.getByRole('link', { name: 'What may it do?' }).click();
const inside = `arn:aws:s3:::${bucket}/raw/2024.csv`;
const outside = `arn:aws:s3:::${bucket}/final/2024.csv`;
await page.getByRole('combobox', { name: 'do', exact: true }).or(page.getByRole('textbox', { name: 'do', exact: true })).fill('s3:PutObject');
await page.keyboard.press('Enter');
for (const resource of [inside, outside]) {
  await page.getByRole('combobox', { name: 'with', exact: true }).or(page.getByRole('textbox', { name: 'with', exact: true })).fill(resource);
  await page.keyboard.press('Enter');
}
await page.getByRole('button', { name: 'Ask' }).click();
const answer = (resource) => page.getByRole('article', { name: `s3:PutObject ${resource}` });
await answer(inside).getByText('A statement allows it.').waitFor();
const marked = JSON.parse(await answer(inside).locator('mark').innerText());
assert.equal(marked.Sid, 'ReadAndWrite');
await answer(inside).getByRole('link', { name: `Inline policy raw of role ${ROLE}` }).waitFor();
await answer(outside).getByText('Nothing allows it.').waitFor();
assert.equal(await answer(outside).locator('mark').count(), 0);
await shot('simulator');

// A user of S3 with a key that works elsewhere.
await tab('Users');
await page.getByRole('button', { name: 'Create user' }).click();
await dialog.getByLabel('User name').fill(USER);
await dialog.getByRole('button', { name: 'Create' }).click();
await heading(USER);
await page.getByRole('combobox', { name: 'Attach a policy' }).fill('AmazonS3ReadOnly');
await page.getByRole('option', { name: 'AmazonS3ReadOnlyAccess' }).click();
await page.getByRole('button', { name: 'Attach', exact: true }).click();
await page.getByRole('row', { name: /AmazonS3ReadOnlyAccess.*AWS/ }).waitFor();
await tab('Access keys');
await page.getByRole('button', { name: 'Create access key' }).click();
const secret = await page.locator('[data-secret]').innerText();
const [credentials] = await page.getByLabel('~/.aws/credentials', { exact: true }).allInnerTexts();
const [, id] = /aws_access_key_id = (\S+)/.exec(credentials) ?? [];
assert.ok(credentials.includes(secret));
await shot('key');
console.log(`key ${id} ${secret}`);
if (process.env.SLIPWAY_BUCKET) assert.equal((await answers.next()).value, 'works');
await page.reload();
await page.getByRole('row', { name: new RegExp(`${id}.*active`) }).waitFor();
assert.equal(await page.locator('[data-secret]').count(), 0);

/** What hangs on a thing is said first, and taken off. */
async function remove(kind, hanging) {
  await page.getByRole('button', { name: `Delete ${kind}` }).click();
  for (const each of hanging) await dialog.getByText(each).waitFor();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await heading('Access');
}
await remove('user', [`the access key ${id}, which is active, is deleted`, 'the policy AmazonS3ReadOnlyAccess is detached']);
await page.getByRole('row', { name: USER }).waitFor({ state: 'detached' });
await page.goto(`${base}/access/roles/${ROLE}`);
await remove('role', [`it is taken out of instance profile ${ROLE}`, 'the inline policy raw is deleted']);
await page.goto(`${base}/access/instance-profiles/${ROLE}`);
await page.getByText('Added: clusters may have it.').waitFor();
await remove('instance profile', ['clusters of this workspace may not have it any more']);

await browser.close();
assert.deepEqual(problems, []);
console.log('access: all as it should be');
process.exit(0);
