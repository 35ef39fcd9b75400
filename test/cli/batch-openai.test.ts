import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { emptyFolder, meritOrderSuite, wattmark } from './cli.ts';
import { command } from './in-process.ts';

interface Batch {
  id: string;
  file: number;
  metadata: Record<string, string>;
}

/** Speaks the Batch API: files go up and come down, and one request of each batch has expired. */
const files: string[] = [];
const batches: Batch[] = [];
let alone = 0;
let loseReplies = false;
const completion = (text: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-x-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 100, completion_tokens: 10 },
});

const server = createServer((request, response) => void answer(request, response));
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of request) body += String(piece);
  const url = request.url ?? '';
  const json = (value: object) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };
  const told = (batch: Batch) => ({
    ...batch,
    status: 'completed',
    output_file_id: `out-${batch.file}`,
    error_file_id: `err-${batch.file}`,
  });
  const ids = (at: number) => [...(files[at] ?? '').matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id);
  const content = /files\/(out|err)-(\d+)\/content/.exec(url);
  if (content) {
    const [last, ...others] = ids(Number(content[2])).reverse();
    const line = (custom_id: string | undefined, more: object) => JSON.stringify({ custom_id, ...more });
    if (content[1] === 'err') {
      const error = { code: 'batch_expired', message: 'not done in time' };
      return void response.end(`${line(last, { response: null, error })}\n`);
    }
    const reply = { status_code: 200, request_id: 'r', body: completion('{"price": 1}') };
    return void response.end(others.map((id) => `${line(id, { response: reply, error: null })}\n`).join(''));
  }
  if (url.endsWith('/files')) {
    files.push(body);
    return json({ id: `file-${files.length - 1}` });
  }
  if (url.endsWith('/batches') && request.method === 'POST') {
    const { input_file_id, metadata } = JSON.parse(body) as {
      input_file_id: string;
      metadata: Record<string, string>;
    };
    const batch = { id: `batch_${batches.length}`, file: Number(input_file_id.slice(5)), metadata };
    batches.push(batch);
    return loseReplies ? void response.destroy() : json(told(batch));
  }
  const one = /batches\/(batch_\d+)/.exec(url);
  if (one) return json(told(batches.find(({ id }) => id === one[1]) as Batch));
  if (url.includes('/batches')) return json({ data: batches.map(told), has_more: false });
  alone += 1;
  return json(completion('{"price": 2}'));
}
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
beforeEach(() => {
  files.length = 0;
  batches.length = 0;
  alone = 0;
  loseReplies = false;
});

const ARGS = ['run', './merit', '-m', 'openai/gpt-x', '--limit', '6', '--batch', '--runs', 'runs', '-q'];
function place(): string {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  return cwd;
}

/** A batch is gathered, and looked at, by the second. */
const HURRY = 20;

const env = () => ({
  OPENAI_API_KEY: 'sk-test-0123456789abcdef',
  OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
});

it('uploads a file, maps both files of results back, and asks alone only what expired', async () => {
  const { code, out, err } = await wattmark([...ARGS, '--json'], { cwd: place(), env: env() });
  expect(code, err).toBe(0);
  expect([files.length, batches.length, alone]).toEqual([1, 1, 1]);
  expect(files[0]?.match(/"custom_id"/g)).toHaveLength(6);
  expect(JSON.parse(out).models[0].unscored).toEqual([]);
  expect(batches[0]?.metadata['wattmark']).toMatch(/^\d{8}-\d{6}-\w+\.1$/);
});

it('finds the batch again whose creation was never answered', async () => {
  loseReplies = true;
  const { code, err } = await command(ARGS, { cwd: place(), env: env(), hurry: HURRY });
  expect(code, err).toBe(0);
  expect([batches.length, alone]).toEqual([1, 1]);
});

it('stops at its budget, and costs a reply of a batch at half the price', async () => {
  const cwd = place();
  writeFileSync(
    `${cwd}/wattmark.yaml`,
    'providers:\n  openai: { prices: { input: 1000, output: 1000, currency: EUR } }\n',
  );
  const { code, out } = await command([...ARGS, '--json'], { cwd, env: env(), hurry: HURRY });
  expect(code).toBe(0);
  // Five replies of 110 tokens at half of 1000 a million, one asked alone at the whole price.
  const { cost } = JSON.parse(out).models[0];
  expect(cost?.amount ?? cost).toBeCloseTo(5 * 0.055 + 0.11, 6);
  const stopped = await command([...ARGS, '--max-requests', '3'], {
    cwd: place(),
    env: env(),
    hurry: HURRY,
  });
  expect(stopped.code).toBe(130);
  expect(files.at(-1)?.match(/"custom_id"/g)?.length).toBeLessThanOrEqual(3);
});
