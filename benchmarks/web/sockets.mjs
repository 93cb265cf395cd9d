// What 50 open notebooks cost the server, each with a connection of its own: resident memory as it grew, then what is left of that and of
// the heap after a full collection.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { signedIn } from '../../webapp/e2e/browser.mjs';
import { measure, notebook } from './browser.mjs';

const SOCKETS = 50;
const CELLS = Array.from({ length: 20 }, (_, at) => `values = [n * ${at} for n in range(20)]\nprint(values)`);
const { SLIPWAY_PID: pid, JAVA_HOME: java } = process.env;

/** MB. */
const residentNow = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' })) / 1024;

/** MB. The histogram of a heap begins with a full collection and ends with the sum of what is left. */
function collected() {
  const histogram = execFileSync(join(java, 'bin', 'jcmd'), [pid, 'GC.class_histogram'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const [, bytes] = /^Total +\d+ +(\d+)/m.exec(histogram);
  return { heap: Number(bytes) / 2 ** 20, resident: residentNow() };
}

/** Runs in the page: resolves when every notebook has been heard of. */
const open = (paths) =>
  Promise.all(
    paths.map(
      (path) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`ws://${location.host}/ui-api/notebooks/${encodeURIComponent(path)}/ws`);
          (window.sockets ??= []).push(socket);
          socket.onclose = () => reject(new Error(`${path} was closed`));
          socket.onmessage = ({ data }) => {
            const { type } = JSON.parse(data);
            if (type === 'welcome') socket.send('{"type":"hello"}');
            if (type === 'snapshot') resolve();
          };
        }),
    ),
  );

await measure(async (browser) => {
  const paths = [];
  for (let at = 0; at <= SOCKETS; at += 1) paths.push(await notebook(`sockets-${at}`, CELLS));
  const page = await signedIn(browser);
  // What is loaded with the first one is not the price of the others.
  await page.evaluate(open, paths.slice(0, 1));
  await page.waitForTimeout(1000);
  collected();
  const before = collected();
  await page.evaluate(open, paths.slice(1));
  await page.waitForTimeout(1000);
  const grown = residentNow();
  const after = collected();
  if (!(await page.evaluate(() => window.sockets.every(({ readyState }) => readyState === WebSocket.OPEN)))) throw new Error('a notebook was closed meanwhile');
  return { grown: grown - before.resident, resident: after.resident - before.resident, heap: after.heap - before.heap };
});
