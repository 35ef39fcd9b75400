// Bundles our own TypeScript to dist/. Packages stay external, so that a lazily imported SDK or solver costs
// nothing at start; splitting keeps every command in a chunk of its own.
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  // The thread that sends requests is a program of its own.
  entryPoints: { wattmark: 'harness/cli/main.ts', 'http-sender': 'providers/http/sender.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.12',
  format: 'esm',
  sourcemap: 'linked',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
await chmod(`${root}dist/wattmark.js`, 0o755);
