import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.SLIPWAY_URL ?? 'http://127.0.0.1:8585';
const proxied = ['/api', '/ui-api', '/driver-proxy', '/.well-known'];

/** Every browser that the bundle is for reads woff2: the older forms of KaTeX's fonts stay out of it. */
const modernFonts: Plugin = {
  name: 'modern-fonts',
  enforce: 'pre',
  transform: (code, id) => (/katex.*\.css$/.test(id) ? code.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, '') : undefined),
};

export default defineConfig({
  plugins: [react(), modernFonts],
  base: '/',
  build: {
    outDir: 'target/classes/META-INF/webui',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // What the licences of others ask for: their texts come along.
    license: { fileName: 'licences.txt' },
    target: 'es2022',
    // build/finish.mjs keeps the budgets, in what really travels.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      output: {
        // A slow line waits for each part: what is shown first is one, and what is small and many pages have is another.
        codeSplitting: {
          groups: [
            { name: 'shell', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 6, maxModuleSize: 12_000, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    // The example that the home page adds is the one of the repository.
    fs: { allow: ['.', '../examples'] },
    proxy: {
      ...Object.fromEntries(proxied.map((prefix) => [prefix, { target: server, ws: true }])),
      // Calls of AWS's APIs go anywhere: their signature tells them.
      '/': { target: server, bypass: ({ headers, url }) => (headers.authorization?.startsWith('AWS4-') ? undefined : url) },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
