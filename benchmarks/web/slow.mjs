// From the navigation to the first row of a list of 1,000 jobs, on a line of 50 kB/s on which every answer takes 800 ms to begin: in a
// browser that has never been here, and in one that has.
import { measure, painted } from './browser.mjs';
import { signedIn } from '../../webapp/e2e/browser.mjs';
import { base, call } from '../../webapp/e2e/platform.mjs';

const JOBS = 1000;
const LINE = { offline: false, latency: 800, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const ROW = { selector: 'table[aria-label="jobs"] tbody tr', text: 'bench' };

async function manyJobs() {
  const task = { task_key: 'a', existing_cluster_id: 'none', notebook_task: { notebook_path: '/Shared/a' } };
  const { clusters = [] } = await call('GET', '/api/2.0/clusters/list');
  if (clusters[0]) task.existing_cluster_id = clusters[0].cluster_id;
  for (let done = 0; done < JOBS; done += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => call('POST', '/api/2.1/jobs/create', { name: `bench ${done + at}`, tags: { team: 'bench' }, tasks: [task] })));
  }
}

async function visit(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', LINE);
  await page.goto(`${base}/jobs`, { waitUntil: 'commit' });
  const seen = await page.evaluate(painted, ROW);
  await tools.detach();
  await page.goto('about:blank');
  return seen;
}

await measure(async (browser) => {
  await manyJobs();
  const maker = await signedIn(browser);
  const storageState = await maker.context().storageState();
  await maker.context().close();
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, storageState });
  const page = await context.newPage();
  const first = await visit(page);
  // The shell keeps what its pages need; a second look would find all of it.
  const later = await visit(page);
  await context.close();
  return { first, later };
});
