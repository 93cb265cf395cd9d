// Prints one hash of everything that the bundle is made of.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const hash = createHash('sha256');
const visit = (path) => {
  if (statSync(path).isDirectory()) {
    readdirSync(path)
      .sort()
      .forEach((name) => visit(join(path, name)));
  } else {
    hash.update(path).update('\0').update(readFileSync(path));
  }
};
['src', 'build', 'public', '../examples', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'eslint.config.js'].forEach(visit);
console.log(hash.digest('hex'));
