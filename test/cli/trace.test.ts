import { type ChildProcess, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { emptyFolder, FINISHING, meritOrderSuite, said, wattmark, wattmarkOn } from './cli.ts';
import { command } from './in-process.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  events: { name: string; attributes: { key: string; value: Record<string, unknown> }[] }[];
  status?: { code: number; message?: string };
}

interface Collector {
  url: string;
  spans: Span[];
  requests: { path: string; headers: Record<string, unknown>; body: string }[];
  server: Server;
}

const open: (Server | FixtureServer)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function startCollector(status = 200): Promise<Collector> {
  const collector = { spans: [] as Span[], requests: [] as Collector['requests'] };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      collector.requests.push({ path: request.url ?? '', headers: request.headers, body });
      if (status < 300)
        for (const { scopeSpans } of JSON.parse(body).resourceSpans)
          for (const { spans } of scopeSpans) collector.spans.push(...spans);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { ...collector, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const SECRET = 'collector-secret-9876543210';
const KEY = 'sk-test-0123456789abcdef';
const RUN = ['run', './merit', '--seeds', '1-2', '-m', 'local/m'];

/** An endpoint that refuses the first request of all, or none. */
async function world(refuse = true) {
  const model = await startOpenAiServer((_, n) => {
    if (refuse && n === 1) return { fault: 'status', status: 429, headers: { 'retry-after-ms': '5' } };
    return { text: '{"price": "30 $/MWh"}', finish: 'stop', usage: { input: 400, output: 30, cached: 100 } };
  });
  open.push(model);
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  writeFileSync(
    join(cwd, 'wattmark.yaml'),
    `providers:\n  local: { base_url: '${model.url}', key_env: LOCAL_KEY, prices: { input: 1, output: 2, currency: EUR } }\n`,
  );
  return { cwd, model, env: { LOCAL_KEY: KEY } };
}

/** util-linux's script gives a command a terminal. */
const NO_TERMINAL = spawnSync('script', ['--version']).status !== 0;

function wattmarkOnTerminal(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
) {
  const keeps = join(cwd, 'run.sh');
  writeFileSync(keeps, '#!/bin/sh\nexec script -qec "$(printf "\'%s\' " "$@")" /dev/null\n', { mode: 0o755 });
  return wattmarkOn([keeps], args, { cwd, env });
}

const read = (span: Span | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));

describe('--trace', () => {
  it('sends one span a call below one of the run, with usage, retries and the score, and no word of the prompts', async () => {
    const collector = await startCollector();
    const { cwd, env, model } = await world();
    const { code, err } = await wattmark(
      [...RUN, '--quiet', '--temperature', '0.5', '--max-tokens', '900', '--trace', collector.url],
      { cwd, env: { ...env, OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${SECRET},x-team=grid%20planning` } },
    );
    expect(code, err).toBe(0);
    const [root] = collector.spans.filter(({ kind }) => kind === 1);
    const calls = collector.spans.filter(({ kind }) => kind === 3);
    expect(root).toMatchObject({ name: 'wattmark run', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(read(root)['wattmark.run']).toBe(readdirSync(join(cwd, 'results', 'runs'))[0]);
    expect(calls).toHaveLength(4);
    for (const span of calls) {
      expect(span).toMatchObject({ name: 'chat m', parentSpanId: root?.spanId, traceId: root?.traceId });
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(span.status).toBeUndefined();
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
      expect(read(span)).toMatchObject({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'local',
        'gen_ai.request.model': 'm',
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.max_tokens': '900',
        'gen_ai.usage.input_tokens': '400',
        'gen_ai.usage.output_tokens': '30',
        'gen_ai.usage.cache_read.input_tokens': '100',
        'gen_ai.response.finish_reasons': { values: [{ stringValue: 'stop' }] },
        'server.address': '127.0.0.1',
        'server.port': new URL(model.url).port,
      });
      expect(span.events.at(-1)?.name).toBe('gen_ai.evaluation.result');
    }
    expect(new Set(calls.map((span) => read(span)['wattmark.sample'])).size).toBe(4);
    expect(calls.filter((span) => read(span)['http.request.resend_count'] === '1')).toHaveLength(1);
    expect(calls.flatMap(({ events }) => events).filter(({ name }) => name === 'wattmark.retry')).toEqual([
      expect.objectContaining({
        attributes: [
          { key: 'error.type', value: { stringValue: 'rate-limit' } },
          { key: 'wattmark.tries', value: { intValue: '1' } },
          { key: 'wattmark.wait_ms', value: { intValue: '5' } },
        ],
      }),
    ]);
    expect(collector.requests[0]).toMatchObject({
      path: '/v1/traces',
      headers: { 'x-api-key': SECRET, 'x-team': 'grid planning', 'content-type': 'application/json' },
    });
    const sent = collector.requests.map(({ body }) => body).join('');
    for (const private_ of ['must-run', '机组', KEY, '30 $/MWh']) expect(sent).not.toContain(private_);
    const kept = readFileSync(
      join(cwd, 'results', 'runs', String(read(root)['wattmark.run']), 'journal.jsonl'),
      'utf8',
    );
    for (const secret of [SECRET, KEY]) expect(kept + err).not.toContain(secret);
  });

  it('carries prompts and replies where that is asked for', async () => {
    const collector = await startCollector();
    const { cwd, env } = await world(false);
    const { code } = await command([...RUN, '--quiet', '--trace-content', '--trace'], {
      cwd,
      env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` },
    });
    expect(code).toBe(0);
    const [call] = collector.spans.filter(({ kind }) => kind === 3);
    const messages = JSON.parse(String(read(call)['gen_ai.input.messages']));
    expect(messages.at(-1)).toMatchObject({ role: 'user', parts: [{ type: 'text' }] });
    const [reply] = JSON.parse(String(read(call)['gen_ai.output.messages']));
    expect(reply).toMatchObject({ role: 'assistant', parts: [{ content: '{"price": "30 $/MWh"}' }] });
  });

  it.each([
    ['that refuses', 503],
    ['that is not there', undefined],
  ])('a collector %s costs one warning and no reply', async (_, status) => {
    const collector = status === undefined ? undefined : await startCollector(status);
    const { cwd, env } = await world(false);
    const { code, err } = await command(
      [...RUN, '--quiet', '--trace', collector?.url ?? 'http://127.0.0.1:9'],
      { cwd, env },
    );
    expect(code, err).toBe(0);
    expect(err.match(/takes no spans/g)).toHaveLength(1);
    expect(err).toContain('5 spans were not delivered');
  });

  it('of a run that is stopped holds what was asked till then', async () => {
    const collector = await startCollector();
    let child: ChildProcess | undefined;
    let heard = () => {};
    // Else the rest might be done before the signal gets through.
    const hearing = new Promise<void>((resolve) => (heard = resolve));
    const model = await startOpenAiServer(async (_, n) => {
      if (n === 3) child?.kill('SIGINT');
      if (n >= 3) await hearing;
      return { text: '{"price": "30 $/MWh"}' };
    });
    open.push(model);
    const cwd = emptyFolder();
    const suite = meritOrderSuite(cwd);
    writeFileSync(join(cwd, 'wattmark.yaml'), `providers:\n  local: { base_url: '${model.url}' }\n`);
    const args = ['run', suite, '--seeds', '1-20', '-m', 'local/m', '--quiet', '--concurrency', '2'];
    await wattmark([...args, '--trace', collector.url], {
      cwd,
      onStart: (started) => {
        child = started;
        void said(started, FINISHING).then(heard);
      },
    });
    const root = collector.spans.find(({ kind }) => kind === 1);
    expect(read(root)['wattmark.status']).toBe('interrupted');
    const calls = collector.spans.filter(({ kind }) => kind === 3);
    expect(calls).toHaveLength(model.requests.length);
    expect(calls.length).toBeLessThan(40);
  });

  it('says what is wrong with an address or a header before anything is asked', async () => {
    const { cwd, env, model } = await world();
    const bad = await command([...RUN, '--trace', 'collector:4317'], { cwd, env });
    expect([bad.code, bad.err.includes('is no http address')]).toEqual([2, true]);
    const header = await command([...RUN, '--trace', 'http://127.0.0.1:9'], {
      cwd,
      env: { ...env, OTEL_EXPORTER_OTLP_HEADERS: `x api key=${SECRET}` },
    });
    expect([header.code, header.err.includes(SECRET)]).toEqual([2, false]);
    expect(model.requests).toEqual([]);
  });
});

describe('--log-level', () => {
  it('keeps a nightly log in one form, progress and all', async () => {
    const { cwd, env } = await world();
    const { err } = await command([...RUN, '--log-level', 'info'], { cwd, env });
    expect(err).toMatch(
      /level=info event=progress model=local\/m done=4 total=4 running=0 failed=0 unscored=0 retries=1 per_second=\S+ cost=0.00184 currency=EUR left_s=0\n$/,
    );
  });

  it.skipIf(NO_TERMINAL)('writes above the bars of a terminal, and loses neither', async () => {
    const { cwd, env } = await world();
    const { out } = await wattmarkOnTerminal([...RUN, '--log-level', 'info'], { cwd, env });
    expect(out.match(/event=replied model=local\/m sample=\S+ epoch=1 tokens=430/g)).toHaveLength(4);
    expect(out).toMatch(/event=retrying [^\n]*wait_ms=5\u001b\[K\r\n/);
    expect(out).toMatch(/4\/4 {2}done · 0.00184 EUR/);
    expect(out).not.toContain('event=progress');
  });

  it('tells of each event in a line, at its level and above, and of no prompt', async () => {
    const { cwd, env } = await world();
    const { err } = await wattmark([...RUN, '--log-level', 'info'], { cwd, env });
    const lines = err.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^time=\S+Z level=(error|warn|info) event=[a-z-]+ /);
    expect(lines.filter((line) => line.includes('event=replied'))).toHaveLength(4);
    expect(err).toMatch(
      /level=warn event=retrying model=local\/m sample=\S+ epoch=1 fault=rate-limit tries=1 wait_ms=5/,
    );
    expect(err).toMatch(
      /level=info event=replied model=local\/m sample=dispatch\/merit-order\/s1\/en epoch=1 tokens=430 cost=0.00046/,
    );
    for (const private_ of ['must-run', '机组', KEY, '30 $/MWh']) expect(err).not.toContain(private_);
    const quieter = await wattmark([...RUN], { cwd, env: { ...env, WATTMARK_LOG_LEVEL: 'error' } });
    expect(quieter.err).toBe('');
    const debug = await command([...RUN, '--log-level', 'debug'], { cwd, env });
    expect(debug.err).toMatch(/level=debug event=scored \S+ \S+ epoch=1 status=scored score=/);
    expect((await command([...RUN, '--log-level', 'loud'], { cwd, env })).code).toBe(2);
  });
});
