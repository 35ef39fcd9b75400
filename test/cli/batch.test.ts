import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { emptyFolder, meritOrderSuite, said, wattmark } from './cli.ts';
import { command } from './in-process.ts';
import { messageOf } from './message-batches.ts';

interface Line {
  custom_id: string;
  params: { max_tokens: number };
}

/** Speaks the Message Batches protocol; expires the first request of each batch, and answers in reverse order. */
let batches: Line[][] = [];
let alone = 0;
let ended = true;
let keyRefused = false;
const message = (text: string) => messageOf(text, { input_tokens: 100, output_tokens: 10 });
const server = createServer((req, res) => void answer(req, res));
async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of req) body += String(piece);
  const url = req.url ?? '';
  const json = (value: object) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(value));
  };
  if (keyRefused && req.method === 'GET') {
    res.statusCode = 401;
    return json({ type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } });
  }
  const at = Number(/msgbatch_(\d+)/.exec(url)?.[1]);
  if (url.endsWith('/results')) {
    const lines = [...(batches[at] ?? [])].reverse().map(({ custom_id }, i, all) => {
      const last = i === all.length - 1;
      return JSON.stringify({
        custom_id,
        result: last ? { type: 'expired' } : { type: 'succeeded', message: message('{"price": 1}') },
      });
    });
    res.end(`${lines.join('\n')}\n`);
  } else if (req.method === 'GET') {
    json({ id: `msgbatch_${at}`, processing_status: ended ? 'ended' : 'in_progress' });
  } else if (url.endsWith('/batches')) {
    batches.push((JSON.parse(body) as { requests: Line[] }).requests);
    json({ id: `msgbatch_${batches.length - 1}`, processing_status: 'in_progress' });
  } else {
    alone += 1;
    json(message('{"price": 2}'));
  }
}
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
beforeEach(() => {
  batches = [];
  alone = 0;
  ended = true;
  keyRefused = false;
});

const env = () => ({
  ANTHROPIC_API_KEY: 'sk-test-0123456789abcdef',
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});
const ARGS = [
  'run',
  './merit',
  '-m',
  'anthropic/claude-x',
  '--limit',
  '6',
  '--batch',
  '--runs',
  'runs',
  '-q',
];

function place(): string {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  return cwd;
}

/** A batch is gathered, and looked at, by the second. */
const HURRY = 20;

function journalOf(cwd: string, err: string) {
  const run = /run --resume (\S+)/.exec(err)?.[1];
  return run ? readFileSync(join(cwd, 'runs', run, 'journal.jsonl'), 'utf8') : '';
}

it('asks all in one batch, maps replies back in any order, and asks alone only what expired', async () => {
  const { code, out } = await command([...ARGS, '--json'], { cwd: place(), env: env(), hurry: HURRY });
  expect(batches.map((b) => b.length)).toEqual([6]);
  expect(alone).toBe(1);
  expect(code).toBe(0);
  expect(JSON.parse(out).models[0].latency?.n ?? 0).toBe(1);
});

it('goes on with the same batch after kill -9, instead of paying twice', async () => {
  ended = false;
  const cwd = place();
  const killed = await wattmark(ARGS, {
    cwd,
    env: env(),
    onStart(child) {
      void said(child, 'is with the vendor').then(() => child.kill('SIGKILL'));
    },
  });
  expect(killed.code).toBeNull();
  const status = await wattmark(['status', 'latest', '--runs', 'runs'], { cwd });
  expect(status.out).toContain('in batch msgbatch_0');
  ended = true;
  const resumed = await wattmark(['run', '--resume', 'latest', '--runs', 'runs', '-q'], { cwd, env: env() });
  expect([resumed.code, batches.length, alone]).toEqual([0, 1, 1]);
});

it('goes on with the same batch after its key was refused, instead of paying twice', async () => {
  keyRefused = true;
  const cwd = place();
  const refused = await command(ARGS, { cwd, env: env(), hurry: HURRY });
  expect([refused.code, batches.length]).toEqual([3, 1]);
  expect(journalOf(cwd, refused.err)).toContain('"fault":"auth"');
  keyRefused = false;
  const resumed = await command(['run', '--resume', 'latest', '--runs', 'runs'], {
    cwd,
    env: env(),
    hurry: HURRY,
  });
  expect([resumed.code, batches.length, alone]).toEqual([0, 1, 1]);
  expect(resumed.err).toContain('batch msgbatch_0 is gone on with');
  const status = await command(['status', 'latest', '--runs', 'runs'], { cwd });
  expect(status.out).not.toContain('in batch');
});

it('leaves the batch running on Ctrl-C, and says how to go on', async () => {
  ended = false;
  const cwd = place();
  const stopped = await wattmark(ARGS, {
    cwd,
    env: env(),
    onStart(child) {
      void said(child, 'is with the vendor').then(() => child.kill('SIGINT'));
    },
  });
  expect(stopped.code).toBe(130);
  expect(stopped.err).toContain('--resume');
  expect(journalOf(cwd, stopped.err)).not.toContain('completion-error');
});

it('refuses a model without a batch interface before anything is asked', async () => {
  const refused = await command(['run', 'dispatch', '-m', 'command:cat', '--batch']);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('no batch interface');
});
