/**
 * What a large run in batches takes: wall time and peak memory of the built command line, against a server on this machine
 * that answers a batch at once. Linux alone tells the peak.
 *
 *   npm run build && npx tsx scripts/bench-batch.ts [requests]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const QUESTIONS = 100;
const TEXT = `${'Load the cheapest unit first, then the next, until demand is met. '.repeat(11)}\n{"price": 1}`;
const PROGRAM = fileURLToPath(new URL('../dist/wattmark.js', import.meta.url));

const anthropicReply = {
  type: 'message',
  model: 'bench',
  content: [{ type: 'text', text: TEXT }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 500, output_tokens: 200 },
};
const openaiReply = {
  object: 'chat.completion',
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 500, completion_tokens: 200 },
};

/** The names of the requests of each batch, by its number. */
const batches: string[][] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '';
  const at = Number(/_(\d+)/.exec(url)?.[1]);
  const uploads = url.endsWith('/files') || url.endsWith('/messages/batches');
  let body = '';
  for await (const piece of request) body += String(piece);
  if (uploads) batches.push([...body.matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id as string));
  if (url.endsWith('/results') || url.endsWith('/content')) {
    for (const custom_id of batches[at] ?? []) {
      const line = url.endsWith('/results')
        ? { custom_id, result: { type: 'succeeded', message: anthropicReply } }
        : { custom_id, response: { status_code: 200, request_id: 'r', body: openaiReply }, error: null };
      if (!response.write(`${JSON.stringify(line)}\n`)) await once(response, 'drain');
    }
    return void response.end();
  }
  const id = Number.isNaN(at) ? batches.length - 1 : at;
  response.setHeader('content-type', 'application/json');
  const named = url.endsWith('/files') ? `file_${id}` : `batch_${id}`;
  const openai = { status: 'completed', output_file_id: `out_${id}` };
  response.end(JSON.stringify({ id: named, processing_status: 'ended', ...openai }));
}

interface Measure {
  wallS: number;
  peakMb: number;
  batches: number;
  asked: number;
}

async function measure(model: string, requests: number, url: string): Promise<Measure> {
  batches.length = 0;
  const cwd = mkdtempSync(join(tmpdir(), 'wattmark-bench-'));
  const began = performance.now();
  const args = [PROGRAM, 'run', 'dispatch', '-m', model, '--limit', `${QUESTIONS}`, '--batch', '-q'];
  const env = {
    ...{ PATH: process.env['PATH'], ANTHROPIC_API_KEY: 'bench', OPENAI_API_KEY: 'bench' },
    ...{ ANTHROPIC_BASE_URL: url, OPENAI_BASE_URL: `${url}/v1` },
  };
  const child = spawn(process.execPath, [...args, '--epochs', `${Math.ceil(requests / QUESTIONS)}`], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid))), 50);
  await once(child, 'exit');
  clearInterval(watch);
  rmSync(cwd, { recursive: true });
  const asked = batches.reduce((sum, names) => sum + names.length, 0);
  return { wallS: (performance.now() - began) / 1000, peakMb, batches: batches.length, asked };
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const requests = Number(process.argv[2] ?? 20_000);
const server = createServer((request, response) => void answer(request, response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
for (const model of ['anthropic/bench', 'openai/bench']) {
  const { wallS, peakMb, batches: count, asked } = await measure(model, requests, url);
  process.stdout.write(
    `${model}: ${asked} requests in ${count} batches, ${wallS.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB\n`,
  );
}
server.close();
