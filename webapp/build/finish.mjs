// After the bundler: compresses, lists the files for the server, and fails when a part has outgrown its budget.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const out = 'target/classes/META-INF/webui';
const kB = (bytes) => Math.round(bytes / 102.4) / 10;

/** Gzipped kilobytes, from `budget.json` of a folder: what is loaded by itself and may have more than is usual. */
const budget = (folder) => {
  const path = join('src', folder, 'budget.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
};
const { shell: shellMost, styles: stylesMost, usual } = budget('app');

const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const sizes = new Map();
const names = [];
for (const path of files(out)) {
  const name = relative(out, path);
  if (name.endsWith('.gz') || name === 'files.txt' || name.startsWith('.vite')) continue;
  names.push(name);
  if (/\.(js|css|html|svg|json)$/.test(name)) {
    const zipped = gzipSync(readFileSync(path), { level: 9 });
    writeFileSync(`${path}.gz`, zipped);
    names.push(`${name}.gz`);
    sizes.set(name, zipped.length);
  }
}
writeFileSync(join(out, 'files.txt'), `${names.sort().join('\n')}\n`);

const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
const entry = manifest['index.html'];
/** A chunk and what it cannot be shown without. */
const closure = (key, seen = new Set()) => {
  if (!seen.has(key)) {
    seen.add(key);
    (manifest[key].imports ?? []).forEach((next) => closure(next, seen));
  }
  return seen;
};
const weight = (keys) => [...keys].reduce((sum, key) => sum + (sizes.get(manifest[key].file) ?? 0), 0);

const shell = closure('index.html');
/** What is there already when a chunk is asked for: the shell, and what all that ask for it have. */
const present = (key) => {
  const asking = Object.keys(manifest).filter((each) => manifest[each].dynamicImports?.includes(key));
  const [first = shell, ...rest] = asking.map((each) => closure(each));
  return new Set([...shell, ...[...first].filter((each) => rest.every((other) => other.has(each)))]);
};
const rows = [
  ['shell', weight(shell), shellMost],
  ['styles', (entry.css ?? []).reduce((sum, file) => sum + sizes.get(file), 0), stylesMost],
];
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = new Set([...closure(key)].filter((each) => !present(key).has(each)));
  rows.push([chunk.name, weight(own), budget(key.split('/')[1])[chunk.name] ?? usual]);
}
let tooBig = false;
for (const [name, bytes, most] of rows) {
  // Without a number it is too big as well.
  const over = !(kB(bytes) <= most);
  tooBig ||= over;
  console.log(`  ${name.padEnd(20)} ${String(kB(bytes)).padStart(7)} kB of ${most}${over ? '  TOO BIG' : ''}`);
}
if (tooBig) process.exit(1);
