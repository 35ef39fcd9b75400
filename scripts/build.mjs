// Bundles our own TypeScript to dist/. Packages stay external, so that a lazily imported SDK or solver costs
// nothing at start; splitting keeps every command in a chunk of its own.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Of everything that draws, asks, scores and reports: a result names the very code that made it. */
async function sourceHash() {
  const hash = createHash('sha256');
  for (const folder of ['harness', 'providers']) {
    const names = (await readdir(`${root}${folder}`, { recursive: true })).filter((name) =>
      name.endsWith('.ts'),
    );
    for (const name of names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`).sort())
      hash
        .update(`${name}\n`)
        .update(readFileSync(`${root}${name}`))
        .update('\n');
  }
  return hash.digest('hex').slice(0, 12);
}

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
  define: { SOURCE_HASH: JSON.stringify(await sourceHash()) },
  logLevel: 'warning',
});
await chmod(`${root}dist/wattmark.js`, 0o755);
