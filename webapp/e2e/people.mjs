// Two people in two browsers: an admin invites somebody, who chooses a password, comes into groups, and loses all of it at once.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { freshPage, launch, listen, problems, signedIn } from './browser.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const ANN = 'ann.e2e@example.com';
const PASSWORD = 'correct horse battery';

const SCIM = '/api/2.0/preview/scim/v2';
for (const [kind, filter] of [['Users', `userName eq "${ANN}"`], ['Groups', 'displayName sw "e2e "'], ['ServicePrincipals', 'displayName sw "e2e "']]) {
  const { Resources } = await call('GET', `${SCIM}/${kind}?filter=${encodeURIComponent(filter)}`);
  for (const { id } of Resources) await fetch(`${base}${SCIM}/${kind}/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${process.env.SLIPWAY_TOKEN}` } });
}

const browser = await launch();
// Whoever loses a right loses the socket with it, and is refused when their page opens it again.
const expected = (text) => /401|status of 400|status of 403|WebSocket connection to .*(code: 40[134]|Close received after close)/.test(text);
const admin = await signedIn(browser, 'light', expected);

/** A browser of somebody who has no session. */
async function stranger() {
  const page = await freshPage(browser);
  listen(page, expected);
  return page;
}

async function signIn(page, password) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('User name').fill(ANN.toUpperCase());
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

// The admin invites Ann and gets a link.
await admin.getByRole('link', { name: 'People' }).click();
await admin.getByRole('button', { name: 'Invite user' }).click();
await admin.getByLabel('E-mail address').fill(ANN);
await admin.getByRole('button', { name: 'Invite', exact: true }).click();
const link = await admin.locator('.secret code').innerText();
await admin.getByRole('row', { name: new RegExp(ANN) }).waitFor();
await admin.screenshot({ path: `${shots}/people-users.png` });

// Ann chooses a password; the link works once.
const ann = await stranger();
await ann.goto(link);
await ann.getByText(ANN).waitFor();
assert.ok(!ann.url().includes('invitation'), 'the secret is out of the address');
await ann.getByLabel('New password').fill(PASSWORD);
await ann.getByLabel('The same again').fill('something else');
await ann.getByText('The two differ.').waitFor();
await ann.screenshot({ path: `${shots}/people-invited.png` });
await ann.getByLabel('The same again').fill(PASSWORD);
await ann.getByRole('button', { name: 'Set password and sign in' }).click();
await ann.locator('h1', { hasText: 'Home' }).waitFor();
const late = await stranger();
await late.goto(link);
await late.getByText('This link was used already').waitFor();
await late.context().close();

// She sees who is here and changes nothing.
await ann.getByRole('link', { name: 'People' }).click();
await ann.getByRole('row', { name: new RegExp(ANN) }).waitFor();
assert.equal(await ann.getByRole('button', { name: 'Invite user' }).count(), 0);
assert.equal(await ann.getByRole('button', { name: /^(Deactivate|Remove)/ }).count(), 0);

// Groups, one in the other.
async function group(name, member) {
  await admin.goto(`${base}/people?tab=groups`);
  await admin.getByRole('button', { name: 'Create group' }).click();
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByRole('button', { name: 'Create', exact: true }).click();
  await admin.locator('h1', { hasText: name }).waitFor();
  await admin.getByLabel('Add a member').first().fill(member);
  await admin.getByRole('option', { name: member }).click();
  await admin.getByRole('button', { name: 'Add', exact: true }).click();
  await admin.getByRole('row', { name: new RegExp(member) }).waitFor();
}
await group('e2e inner', ANN);
await group('e2e outer', 'e2e inner');
await admin.screenshot({ path: `${shots}/people-group.png` });
await ann.reload();
await ann.getByRole('row', { name: new RegExp(`${ANN}.*e2e inner, e2e outer`) }).waitFor();

// What she may do in the workspace: by herself, and by everybody's group.
await admin.goto(`${base}/people`);
await admin.getByRole('button', { name: `What ${ANN} may do` }).click();
await admin.getByText('Also by users').first().waitFor();
await admin.getByLabel('Create instance pools').click();
await admin.getByRole('checkbox', { name: 'Create instance pools', checked: true }).waitFor();
await admin.screenshot({ path: `${shots}/people-entitlements.png` });
await admin.keyboard.press('Escape');
const entitlements = async () => ((await call('GET', `${SCIM}/Users?filter=${encodeURIComponent(`userName eq "${ANN}"`)}`)).Resources[0].entitlements ?? []).map(({ value }) => value);
assert.deepEqual(await entitlements(), ['allow-instance-pool-create']);

// A service principal: whoever made it manages it, and who may use it has jobs run as it, until the role is taken away.
await admin.goto(`${base}/people?tab=programs`);
await admin.getByRole('button', { name: 'Create service principal' }).click();
await admin.getByLabel('Name', { exact: true }).fill('e2e ci');
await admin.getByRole('button', { name: 'Create', exact: true }).click();
await admin.getByRole('button', { name: 'Permissions of e2e ci' }).click();
const roles = admin.getByRole('table', { name: 'who has a role' });
await roles.getByRole('row', { name: /Manager/ }).waitFor();
await admin.getByLabel('Give a role to').first().fill(ANN);
await admin.getByRole('option', { name: ANN }).click();
await admin.getByRole('button', { name: 'Give', exact: true }).click();
await roles.getByRole('row', { name: new RegExp(`${ANN}.*User`) }).waitFor();
await admin.screenshot({ path: `${shots}/people-roles.png` });
const { Resources: [ci] } = await call('GET', `${SCIM}/ServicePrincipals?filter=${encodeURIComponent('displayName eq "e2e ci"')}`);
const job = () =>
  ann.evaluate(async (name) => {
    const { csrf_token: csrf } = await (await fetch('/ui-api/session')).json();
    const body = { name: 'e2e as ci', run_as: { service_principal_name: name } };
    const answer = await fetch('/api/2.1/jobs/create', { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, ...(await answer.json()) };
  }, ci.applicationId);
const made = await job();
assert.equal(made.status, 200, made.message);
await admin.getByRole('button', { name: `Take user from ${ANN}` }).click();
await roles.getByRole('row', { name: new RegExp(ANN) }).waitFor({ state: 'detached' });
const refused = await job();
assert.equal(refused.status, 403);
assert.match(refused.message, /does not have the role roles\/servicePrincipal.user on service principal/);
await call('POST', '/api/2.1/jobs/delete', { job_id: made.job_id });
await admin.keyboard.press('Escape');

// Who manages a group is said on its page.
await admin.goto(`${base}/people?tab=groups`);
await admin.getByRole('link', { name: 'e2e inner' }).first().click();
await admin.getByRole('button', { name: 'Permissions' }).click();
await roles.getByRole('row', { name: /Manager/ }).waitFor();
await admin.keyboard.press('Escape');

// What she was not given she does not see, in lists, by its address or in what is found.
const secret = `# Databricks notebook source\nprint("plans of the board")\n`;
await call('POST', '/api/2.0/workspace/mkdirs', { path: '/e2e-people' });
await call('POST', '/api/2.0/workspace/import', { path: '/e2e-people/plans', language: 'PYTHON', overwrite: true, content: Buffer.from(secret).toString('base64') });
const { object_id: plans } = await call('GET', '/api/2.0/workspace/get-status?path=/e2e-people/plans');
await ann.goto(`${base}/workspace`);
await ann.getByRole('link', { name: 'Shared' }).first().waitFor();
assert.equal(await ann.getByText('e2e-people').count(), 0);
await ann.goto(`${base}/objects/${plans}`);
await ann.getByText('does not have CAN_READ permission on /e2e-people/plans').first().waitFor();
const found = await ann.evaluate(async () => (await fetch('/ui-api/search?q=plans')).text());
assert.ok(!found.includes('plans'), found);

// The admin shares the folder with the outer group; Ann reads and does not write.
await admin.goto(`${base}/workspace`);
await admin.getByRole('button', { name: 'Actions for e2e-people' }).first().click();
await admin.getByRole('menuitem', { name: 'Share' }).click();
await admin.getByLabel('Give access to').first().fill('e2e outer');
await admin.getByRole('option', { name: 'e2e outer' }).click();
await admin.getByRole('button', { name: 'Add', exact: true }).click();
await admin.getByRole('table', { name: 'who has access' }).getByText('e2e outer').waitFor();
await admin.screenshot({ path: `${shots}/people-share.png` });
await ann.goto(`${base}/objects/${plans}`);
await ann.getByText('plans of the board').first().waitFor();
await ann.getByText('Read only').waitFor();
assert.equal(await ann.getByRole('button', { name: /^Run/ }).count(), 0);
await admin.getByLabel('What e2e outer can do').first().click();
await admin.getByRole('option', { name: 'Can run' }).click();
await ann.getByRole('button', { name: 'Run all' }).waitFor();
await admin.getByRole('button', { name: 'Take access from e2e outer' }).click();
await ann.getByText('does not have CAN_READ permission').first().waitFor();
await admin.keyboard.press('Escape');

// A wrong password, then the right one in another browser.
const second = await stranger();
await signIn(second, 'not the password');
await second.getByText('The user name or the password is wrong.').waitFor();
await signIn(second, PASSWORD);
await second.locator('h1', { hasText: 'Home' }).waitFor();

// Deactivated, she is out everywhere at once, and does not come in again.
await admin.goto(`${base}/people`);
await admin.getByRole('button', { name: `Deactivate ${ANN}` }).click();
await admin.getByRole('button', { name: 'Deactivate', exact: true }).click();
await admin.getByRole('button', { name: `Activate ${ANN}` }).waitFor();
for (const page of [ann, second]) {
  await page.goto(`${base}/people`);
  await page.getByLabel('User name').waitFor();
}
await signIn(second, PASSWORD);
await second.getByText('The user name or the password is wrong.').waitFor();

// Removed, her name is gone from the page.
await admin.getByRole('button', { name: `Remove ${ANN}` }).click();
await admin.getByRole('button', { name: 'Remove', exact: true }).click();
await admin.getByRole('row', { name: new RegExp(ANN) }).waitFor({ state: 'detached' });

await browser.close();
assert.deepEqual(problems, []);
console.log('two people, as it should be');
