/**
 * A whole `wattmark run` over HTTP beside the least that a program could do: from the start of the process to the written
 * summary, against an OpenAI-compatible endpoint of fixed latency in a process of its own.
 *
 *   npx tsx scripts/bench-http.ts [samples] [concurrencies] [rounds] [epochs] [built command line] [clients] [unlocked]
 *
 * The samples are seeds of one task of the suite dispatch, with its three checks, each asked `epochs` times; with 1 epoch all
 * of them are different questions. The suite is locked beforehand, as a published suite is, so that its problems are drawn
 * while they are asked; with `unlocked` as the last argument all are drawn first. Ideal is samples × latency / concurrency.
 * Each figure is a median; the plain loops run right beside, since the machine may be busy with other things.
 *
 * Clients: `pool` for endpoints that speak OpenAI's protocol, `openai` and `anthropic` for the
 * vendors' SDKs, each beside a bare loop over the same; `promptfoo:<its folder in node_modules>` for that harness, which is no dependency
 * of this project: as many hand-written cases of one prompt, each with one assertion.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LATENCY_MS = 50;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A task of a suite that comes with Wattmark, with as many problems as are wanted. */
const task = (seeds: number) =>
  readFileSync(here('../suites/dispatch/tasks/merit-order.yaml'), 'utf8').replace(
    /^( +seeds:) .*/m,
    `$1 ${seeds}`,
  );

interface Measure {
  wallS: number;
  cpuMs: number;
  peakMb: number;
}

function startServer(): Promise<{ server: ChildProcess; url: string }> {
  const server = fork(here('./bench-http-server.mjs'), [`${LATENCY_MS}`]);
  return new Promise((resolve) =>
    server.once('message', (port) => resolve({ server, url: `http://127.0.0.1:${port}` })),
  );
}

/** Runs a Node program to its end. What it used is written by a hook at its exit. */
function measure(args: readonly string[], cwd: string): Promise<Measure> {
  const report = join(cwd, 'usage.json');
  const env = {
    PATH: process.env['PATH'] ?? '',
    USAGE_FILE: report,
    OPENAI_API_KEY: 'sk-bench',
    ANTHROPIC_API_KEY: 'sk-bench',
    // Promptfoo keeps its database at home.
    HOME: cwd,
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
  };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const hook = ['--import', here('./bench-http-usage.mjs')];
    const child = spawn(process.execPath, [...hook, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`${args.join(' ')} ended with ${code}: ${err}`));
      const wallS = (performance.now() - startedAt) / 1000;
      resolve({ wallS, ...(JSON.parse(readFileSync(report, 'utf8')) as Omit<Measure, 'wallS'>) });
    });
  });
}

function writeSuite(folder: string, seeds: number): void {
  mkdirSync(join(folder, 'tasks'), { recursive: true });
  writeFileSync(
    join(folder, 'suite.yaml'),
    'name: bench\nversion: 1.0.0\ntitle: { en: Bench }\nlanguages: [en]\n',
  );
  writeFileSync(join(folder, 'tasks', 'merit-order.yaml'), task(seeds));
}

const configOf = (url: string) => `providers:
  bench: { base_url: '${url}/v1' }
  openai: { base_url: '${url}/v1', api: chat, stream: false }
  anthropic: { base_url: '${url}', stream: false }
`;

/** Writes the same number of cases for promptfoo, and says how it is run. */
function promptfoo(at: string, folder: string, of: { url: string; samples: number; c: number }): string[] {
  const { bin } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  const question = `${'Unit G1 runs up to 450 MW at 23.5 $/MWh. '.repeat(8)}Find the system marginal price.`;
  const config = {
    // A prompt with a slash in it would be taken for a file.
    prompts: ['{{ question }}'],
    providers: [{ id: 'openai:chat:m', config: { apiBaseUrl: `${of.url}/v1` } }],
    tests: Array.from({ length: of.samples }, (_, n) => ({
      vars: { question: `Case ${n}. ${question}` },
      assert: [{ type: 'contains', value: '23.5' }],
    })),
  };
  writeFileSync(join(folder, 'promptfoo.json'), JSON.stringify(config));
  const quiet = ['--no-cache', '--no-table', '--no-progress-bar'];
  const files = ['-c', 'promptfoo.json', '-o', 'promptfoo-out.json'];
  return [join(at, bin['promptfoo'] ?? ''), 'eval', ...files, ...quiet, '-j', `${of.c}`];
}

const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function main(
  samples: number,
  concurrencies: readonly number[],
  rounds: number,
  epochs: number,
  bin: string,
  clients: readonly string[],
  locked: boolean,
) {
  const folder = mkdtempSync(join(tmpdir(), 'wattmark-http-'));
  const { server, url } = await startServer();
  writeSuite(join(folder, 'suite'), Math.ceil(samples / epochs));
  if (locked) await measure([bin, 'suites', 'lock', './suite'], folder);
  writeFileSync(join(folder, 'wattmark.yaml'), configOf(url));
  console.log(
    `${samples} samples of ${LATENCY_MS} ms, median of ${rounds}; ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  );
  for (const c of concurrencies) {
    const loop = (client: string) => [here('./bench-http-loop.mjs'), client, url, `${samples}`, `${c}`];
    const run = ['run', './suite', '--epochs', `${epochs}`];
    const asked = (model: string) => [bin, ...run, '-m', model, '--concurrency', `${c}`, '--quiet'];
    const programs = clients.flatMap((client): [string, string[]][] => {
      const [name, at] = client.split(':');
      if (name === 'promptfoo') return [[name, promptfoo(at ?? '', folder, { url, samples, c })]];
      if (client !== 'pool')
        return [
          [`wattmark, ${client}`, asked(`${client}/m`)],
          [`${client} loop`, loop(client)],
        ];
      return [
        ['wattmark run', asked('bench/m')],
        ['undici loop', loop('undici')],
        ['http.Agent loop', loop('agent')],
      ];
    });
    const measures = new Map<string, Measure[]>(programs.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const [name, args] of programs) measures.get(name)?.push(await measure(args, folder));
    const idealS = (samples * LATENCY_MS) / 1000 / c;
    for (const [name, list] of measures) {
      const of = (key: keyof Measure) => median(list.map((each) => each[key]));
      console.log(
        `c=${String(c).padEnd(4)} ${name.padEnd(19)} ${of('wallS').toFixed(2).padStart(7)} s = ${(of('wallS') / idealS).toFixed(2)} × ideal   ` +
          `${(of('cpuMs') / samples).toFixed(3)} ms CPU a sample   peak ${of('peakMb').toFixed(0)} MB`,
      );
    }
  }
  server.disconnect();
  rmSync(folder, { recursive: true });
}

const [samples, concurrencies, rounds, epochs, bin, clients, unlocked] = process.argv.slice(2);
await main(
  Number(samples ?? 10_000),
  (concurrencies ?? '200,50').split(',').map(Number),
  Number(rounds ?? 3),
  Number(epochs ?? 10),
  resolve(bin ?? here('../dist/wattmark.js')),
  (clients ?? 'pool').split(','),
  unlocked === undefined,
);
