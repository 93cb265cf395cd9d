// People sign in by the company's provider, a real one, in browsers of their own: as themselves, as somebody else, and in the middle of a program's login.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { freshPage, launch, listen, problems } from './browser.mjs';
import { base, call } from './platform.mjs';

const shots = process.env.SLIPWAY_SCREENSHOTS ?? 'target/screenshots';
mkdirSync(shots, { recursive: true });
const SCIM = '/api/2.0/preview/scim/v2';
await call('POST', `${SCIM}/Groups`, { displayName: 'engineers' });

const browser = await launch();

async function stranger() {
  const page = await freshPage(browser);
  // What is refused; what the provider's pages complain of is the provider's.
  listen(page, (text) => !page.url().startsWith(base) || /status of 40[13]/.test(text));
  return page;
}

/** From our page to the provider's. */
async function toProvider(page, address = '/sign-in') {
  await page.goto(`${base}${address}`);
  await page.getByRole('button', { name: 'Sign in with Example' }).click();
  await page.waitForURL(/^http:\/\/localhost:\d+\/interaction\//);
}

async function identify(page, login) {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

// The page offers it above the other ways, and nothing stands in anybody's way.
const ann = await stranger();
await ann.goto(`${base}/sign-in`);
await ann.getByRole('button', { name: 'Sign in with Example' }).waitFor();
await ann.screenshot({ path: `${shots}/sign-in-provider.png` });
const { violations } = await new AxeBuilder({ page: ann }).analyze();
assert.deepEqual(violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) => each.id), []);

// Ann is not in the directory yet: she is made a user, goes where she wanted to go, and is in her group, and no admin.
await toProvider(ann, '/sign-in?next=/jobs');
await identify(ann, 'ann');
await ann.locator('h1', { hasText: 'Jobs' }).waitFor();
assert.equal(new URL(ann.url()).pathname, '/jobs');
const me = await ann.evaluate(async () => (await fetch('/ui-api/session')).json());
assert.equal(me.user_name, 'ann.idp@example.com');
assert.equal(me.display_name, 'Ann Example');
assert.equal(me.admin, false);
const [user] = (await call('GET', `${SCIM}/Users?filter=${encodeURIComponent('userName eq "ann.idp@example.com"')}`)).Resources;
assert.deepEqual((user.groups ?? []).map((each) => each.display).filter((name) => name !== 'users'), ['engineers']);

// The code is out of the address, and of what was visited; coming back with it brings nothing.
assert.ok(!ann.url().includes('code='));

// Mallory shows Ann's address and is refused; Bob's was not verified. Both read why on the sign-in page, and where they wanted to go is kept.
for (const [login, why] of [
  ['mallory', 'Somebody else of the provider signs in here as ann.idp@example.com'],
  ['bob', 'Example does not say that it has verified the e-mail address bob.idp@example.com'],
]) {
  const page = await stranger();
  await toProvider(page, '/sign-in?next=/jobs');
  await identify(page, login);
  await page.getByText(why).waitFor();
  assert.equal(new URL(page.url()).search, '?next=%2Fjobs');
  assert.equal(await page.evaluate(async () => (await fetch('/ui-api/session')).text()), '{}');
  if (login === 'mallory') await page.screenshot({ path: `${shots}/sign-in-refused.png` });
  await page.context().close();
}

// Who turns back at the provider's is told so.
const undecided = await stranger();
await toProvider(undecided);
await undecided.getByText('[ Cancel ]').click();
await undecided.getByText('Example has refused the sign-in, or it was cancelled there.').waitFor();
await undecided.context().close();

// What somebody else began elsewhere is not finished here, and nobody is sent to another site.
const victim = await stranger();
await victim.goto(`${base}/sign-in?code=stolen&state=of-somebody-else&next=//evil.example`);
await victim.getByText('began in another browser').waitFor();
assert.equal(new URL(victim.url()).search, '');
await victim.context().close();

// A program's login in the middle of which Ann has to sign in: she comes back to it, and it gets its code.
const got = new Promise((resolve) => {
  const listener = createServer((request, response) => {
    response.end('done');
    listener.close();
    resolve(new URL(request.url, 'http://localhost').searchParams);
  });
  listener.listen(0, 'localhost', async () => {
    const page = await stranger();
    const asked = new URLSearchParams({
      client_id: 'databricks-cli',
      redirect_uri: `http://localhost:${listener.address().port}`,
      response_type: 'code',
      scope: 'all-apis offline_access',
      state: 'of the program',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    await toProvider(page, `/oidc/v1/authorize?${asked}`);
    await identify(page, 'ann');
    await page.getByText('done').waitFor();
    await page.context().close();
  });
});
const answer = await got;
assert.equal(answer.get('state'), 'of the program');
assert.ok(answer.get('code'));

// Deactivated, Ann does not come in any more, though the provider knows her and does not even ask.
await call('PATCH', `${SCIM}/Users/${user.id}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'active', value: false }] });
await ann.goto(`${base}/sign-in`);
await ann.getByRole('button', { name: 'Sign in with Example' }).click();
await ann.getByText('ann.idp@example.com is not active here. Ask an admin.').waitFor();

await browser.close();
assert.deepEqual(problems, []);
console.log('people of the provider, as it should be');
