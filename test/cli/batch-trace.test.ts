import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, meritOrderSuite } from './cli.ts';
import { command, pressCtrlC } from './in-process.ts';
import { createMessageBatches } from './message-batches.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  events: { name: string }[];
  status?: object;
}

const vendor = createMessageBatches();
let spans: Span[] = [];
const collector = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    for (const { scopeSpans } of JSON.parse(body).resourceSpans)
      for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
beforeAll(async () => {
  await vendor.listen();
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  vendor.close();
  collector.close();
});
beforeEach(() => {
  vendor.reset();
  spans = [];
});

const read = (span: Span | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));

async function traced() {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const args = ['run', './merit', '-m', 'anthropic/claude-x', '--limit', '6', '--batch', '-q'];
  const { code, err } = await command([...args, '--trace', url], {
    cwd,
    env: vendor.env,
    hurry: 20,
  });
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [batch, ...others] = named('batch claude-x');
  expect(others).toEqual([]);
  return { code, err, batch, calls: named('chat claude-x'), root: named('wattmark run')[0] };
}

describe('--trace of a run in batches', () => {
  it('sends a span of the batch with its counts, and below it one of each reply, scored as any other', async () => {
    const { code, err, batch, calls, root } = await traced();
    expect(code, err).toBe(0);
    expect(batch).toMatchObject({ parentSpanId: root?.spanId, traceId: root?.traceId });
    expect(batch?.status).toBeUndefined();
    expect(read(batch)).toMatchObject({
      'gen_ai.operation.name': 'batch',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-x',
      'server.address': '127.0.0.1',
      'wattmark.batch': 'msgbatch_0',
      'wattmark.batch.requests': '6',
      'wattmark.batch.replied': '6',
      'wattmark.batch.failed': '0',
      'wattmark.batch.unanswered': '0',
    });
    expect(calls).toHaveLength(6);
    for (const call of calls) {
      expect(call).toMatchObject({ parentSpanId: batch?.spanId, traceId: root?.traceId });
      expect(read(call)).toMatchObject({
        'gen_ai.usage.input_tokens': '1000',
        'gen_ai.usage.output_tokens': '100',
        'gen_ai.response.model': 'claude-x',
      });
      expect(call.events.at(-1)?.name).toBe('gen_ai.evaluation.result');
      expect(BigInt(call.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(batch?.startTimeUnixNano ?? 0));
    }
    expect(new Set(calls.map((call) => read(call)['wattmark.sample'])).size).toBe(6);
  });

  it('tells of a batch that is left with the vendor, and not as of one that failed', async () => {
    vendor.endsAtLook = 1e9;
    vendor.onLook = pressCtrlC;
    const { code, batch } = await traced();
    expect(code).toBe(130);
    expect(read(batch)).toMatchObject({ 'wattmark.batch.left': true, 'wattmark.batch.requests': '6' });
    expect(read(batch)).not.toHaveProperty('error.type');
    expect(batch?.status).toBeUndefined();
  });
});
