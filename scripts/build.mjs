// Bundles our TypeScript and the packages it uses to dist/: Node takes a fifth of a second to find and read the files of the
// latter one by one. Splitting keeps every command, SDK and solver in chunks of their own, read where they are used.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
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

// A WebAssembly module beside its loader, tables of many megabytes, and CommonJS that is imported by name.
const EXTERNAL = ['highs', 'gpt-tokenizer', 'undici'];

const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  external: EXTERNAL,
  platform: 'node',
  target: 'node20.12',
  format: 'esm',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  sourcemap: 'linked',
  sourcesContent: false,
  define: { SOURCE_HASH: JSON.stringify(await sourceHash()) },
  logLevel: 'warning',
};
// Packages that are CommonJS require parts of Node.
const REQUIRE =
  "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);";

await rm(`${root}dist`, { recursive: true, force: true });
const built = await Promise.all([
  build({
    ...options,
    entryPoints: { wattmark: 'harness/cli/main.ts' },
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  }),
  // The thread that asks a vendor is a program of its own: what it shares with the other would come in many small files.
  build({
    ...options,
    entryPoints: { 'provider-thread': 'providers/thread/client.ts' },
    chunkNames: 'thread-[name]-[hash]',
    banner: { js: REQUIRE },
  }),
]);
await chmod(`${root}dist/wattmark.js`, 0o755);
await writeFile(
  `${root}dist/THIRD-PARTY-NOTICES.txt`,
  notices(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** The licences of all packages that are bundled, as these ask. */
function notices(files) {
  const folders = files.flatMap((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
      const file = readdirSync(`${root}${folder}`).find((each) => /^licen[cs]e/i.test(each));
      const text = file ? readFileSync(`${root}${folder}/${file}`, 'utf8').trim() : `Licence: ${license}`;
      return `${name} ${version}\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
