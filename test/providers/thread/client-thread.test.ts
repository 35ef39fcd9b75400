import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompletionRequest, Provider } from '../../../harness/core/provider.ts';
import { systemClock } from '../../../providers/clock.ts';
import type { Throttle } from '../../../providers/middleware/rate.ts';
import type { RetryWait } from '../../../providers/middleware/retry.ts';
import { type AskingHooks, type AskingOrder, askingBy } from '../../../providers/open-model.ts';
import { startClientThread, threadSetup } from '../../../providers/thread/client-thread.ts';
import { VENDORS, type VendorName, type VendorOptions } from '../../../providers/vendors.ts';
import { startAnthropicServer } from '../../fixtures/servers/anthropic-server.ts';
import type { FixtureAnswer, FixtureHandler, FixtureServer } from '../../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../../fixtures/servers/openai-server.ts';
import { faultOf, KEY, never, request } from '../requests.ts';

const BUILT = pathToFileURL('dist/provider-thread.js');
const ONCE: AskingOrder = { concurrency: 40, retry: { tries: 1, baseMs: 1, capMs: 1, deadlineMs: 1000 } };
const TWICE: AskingOrder = { concurrency: 40, retry: { tries: 2, baseMs: 1, capMs: 1, deadlineMs: 10_000 } };

let server: FixtureServer;
let answer: (text: string, n: number) => FixtureAnswer | Promise<FixtureAnswer>;
const handler: FixtureHandler = (messages, n) => answer(messages.at(-1)?.content ?? '', n);
const opened: Provider[] = [];
beforeEach(() => {
  answer = (text) => ({ text: `echo ${text}`, usage: { input: 12, output: 3 } });
});
afterEach(async () => {
  for (const provider of opened.splice(0)) await provider.close?.();
  await server.close();
});

const optionsOf = (): VendorOptions => ({
  id: 'local/m-1',
  model: 'm-1',
  baseUrl: server.url,
  apiKey: KEY,
  headers: {},
  tuning: {},
  env: () => undefined,
  clock: systemClock,
});

const WAYS: [string, (vendor: VendorName, order: AskingOrder, hooks: AskingHooks) => Promise<Provider>][] = [
  [
    'here',
    (vendor, order, hooks) =>
      askingBy(order, (onRates) => VENDORS[vendor].open({ ...optionsOf(), onRates }), hooks),
  ],
  [
    'on a thread of its own',
    async (vendor, order, hooks) =>
      startClientThread(threadSetup(vendor, optionsOf()), BUILT)!.open(order, hooks),
  ],
];
const VENDOR_SERVERS: [VendorName, typeof startOpenAiServer][] = [
  ['openai-compatible', startOpenAiServer],
  ['openai', startOpenAiServer],
  ['anthropic', startAnthropicServer],
];

const say = (content: string): CompletionRequest => request({ messages: [{ role: 'user', content }] });

describe.each(WAYS)('a model asked %s', (_way, openBy) => {
  const open = async (
    order: AskingOrder,
    hooks: AskingHooks = {},
    vendor: VendorName = 'openai-compatible',
  ) => {
    const provider = await openBy(vendor, order, hooks);
    opened.push(provider);
    return provider;
  };

  it.each(VENDOR_SERVERS)('answers each of many requests with its own reply: %s', async (vendor, start) => {
    server = await start(handler);
    const provider = await open(ONCE, {}, vendor);
    expect(provider.id).toBe('local/m-1');
    const asked = Array.from({ length: 100 }, (_, i) => `负荷 ${i}`);
    const replies = await Promise.all(asked.map((text) => provider.complete(say(text), never())));
    expect(replies.map(({ text }) => text)).toEqual(asked.map((text) => `echo ${text}`));
    expect(replies[0]).toMatchObject({
      usage: { inputTokens: 12, outputTokens: 3 },
      finish: { unified: 'stop' },
    });
  });

  it('tells the whole of a fault: its kind, status, wait, request and tries', async () => {
    server = await startOpenAiServer(handler);
    const headers = { 'retry-after': '7', 'x-request-id': 'req_9' };
    answer = () => ({ fault: 'status', status: 429, headers, body: { error: { message: 'slow down' } } });
    const provider = await open(ONCE);
    const fault = await faultOf(provider.complete(say('a'), never()));
    expect(fault).toMatchObject({
      fault: 'rate-limit',
      status: 429,
      retryAfterMs: 7000,
      retryable: true,
      tries: 1,
      requestId: 'req_9',
    });
    expect(fault.message).toContain('slow down');
  });

  it('tells of a wait with the request that waits, and how often it was sent', async () => {
    server = await startOpenAiServer(handler);
    answer = (text, n) => (n === 1 ? { fault: 'status', status: 503 } : { text });
    const waits: RetryWait[] = [];
    const provider = await open(TWICE, { onWait: (wait) => void waits.push(wait) });
    const asked = say('patience');
    expect(await provider.complete(asked, never())).toMatchObject({ text: 'patience', tries: 2 });
    expect(waits).toMatchObject([{ model: 'local/m-1', fault: 'overloaded', tries: 1, asked: false }]);
    // The very object: a trace finds its span by it.
    expect(waits[0]?.request).toBe(asked);
  });

  it('keeps to the limits, and says who is held back', async () => {
    server = await startOpenAiServer(handler);
    let most = 0;
    let now = 0;
    answer = async (text) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now--;
      return { text };
    };
    const throttles: Throttle[] = [];
    const limits = { concurrency: 3, rpm: 600 };
    const provider = await open(
      { ...ONCE, limits },
      { onThrottle: (throttle) => void throttles.push(throttle) },
    );
    await Promise.all(Array.from({ length: 12 }, (_, i) => provider.complete(say(`${i}`), never())));
    expect(most).toBe(3);
    expect(throttles[0]).toMatchObject({ by: 'config' });
  });

  it('cuts an attempt after its time, and tries again', async () => {
    server = await startOpenAiServer(handler);
    answer = (text, n) => (n === 1 ? { fault: 'hang' } : { text });
    const provider = await open({ ...TWICE, timeoutMs: 200 });
    expect(await provider.complete(say('late'), never())).toMatchObject({ text: 'late', tries: 2 });
  });

  it('lets go of a request that is aborted, and of its connection', async () => {
    server = await startOpenAiServer(handler);
    answer = () => ({ fault: 'hang' });
    const provider = await open(ONCE);
    const controller = new AbortController();
    const hanging = provider.complete(say('wait'), controller.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    expect((await faultOf(hanging)).fault).toBe('cancelled');
    await expect.poll(() => server.openSockets()).toBe(0);
    answer = (text) => ({ text });
    expect((await provider.complete(say('again'), never())).text).toBe('again');
  });

  it('sends nothing for a request that was aborted before', async () => {
    server = await startOpenAiServer(handler);
    const provider = await open(ONCE);
    expect((await faultOf(provider.complete(say('no'), AbortSignal.abort()))).fault).toBe('cancelled');
    expect(server.requests).toHaveLength(0);
  });
});

describe('the thread of a client', () => {
  it('that dies fails what it held, and the next request starts another', async () => {
    server = await startOpenAiServer(handler);
    const dies = new URL(
      'data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.on("message",()=>process.exit(3))',
    );
    const provider = startClientThread(threadSetup('openai-compatible', optionsOf()), dies)!.open(ONCE, {});
    opened.push(provider);
    for (const text of ['first', 'second']) {
      expect(await faultOf(provider.complete(say(text), never()))).toMatchObject({
        fault: 'network',
        message: 'the thread of the client ended',
        retryable: true,
      });
    }
  });

  it('that dies before it is asked anything does no harm', async () => {
    server = await startOpenAiServer(handler);
    const broken = new URL('data:text/javascript,throw new Error("broken")');
    const thread = startClientThread(threadSetup('openai-compatible', optionsOf()), broken)!;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const provider = thread.open(ONCE, {});
    opened.push(provider);
    expect((await faultOf(provider.complete(say('a'), never()))).fault).toBe('network');
  });

  it('holds no request after it is closed', async () => {
    server = await startOpenAiServer(handler);
    answer = () => ({ fault: 'hang' });
    const provider = startClientThread(threadSetup('openai-compatible', optionsOf()), BUILT)!.open(ONCE, {});
    const fault = faultOf(provider.complete(say('a'), never()));
    await provider.close?.();
    expect((await fault).message).toBe('the connection was closed');
  });

  it('is given no part of the environment but what a client looks up', () => {
    const env: Record<string, string> = {
      HTTPS_PROXY: 'http://p:1',
      OPENAI_ORG_ID: 'org-1',
      OPENAI_API_KEY: KEY,
    };
    const setup = threadSetup('openai', { ...optionsOf(), env: (name) => env[name] });
    expect(setup.env).toEqual({ HTTPS_PROXY: 'http://p:1', OPENAI_ORG_ID: 'org-1' });
    expect(() => structuredClone(setup)).not.toThrow();
  });
});
