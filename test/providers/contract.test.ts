import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionSchema, type Provider } from '../../harness/core/provider.ts';
import { systemClock } from '../../providers/clock.ts';
import { providersConfigSchema } from '../../providers/config.ts';
import { openModel } from '../../providers/open-model.ts';
import { resolveModel } from '../../providers/registry.ts';
import { startAnthropicServer } from '../fixtures/servers/anthropic-server.ts';
import type { FixtureHandler, FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { completionOf, faultOf, KEY, never, request, sampleOf } from './requests.ts';

const program = fileURLToPath(new URL('../fixtures/servers/echo-program.mjs', import.meta.url));
const sample = sampleOf();

/** One list of adapters, as a user names them, with the configuration each needs. */
const ADAPTERS: { id: string; spec: string; config?: object; http?: true }[] = [
  { id: 'openai chat', spec: 'openai/gpt-x', http: true },
  { id: 'openai chat, streamed', spec: 'openai/gpt-x', config: { stream: true }, http: true },
  { id: 'openai responses', spec: 'openai/gpt-x', config: { api: 'responses' }, http: true },
  {
    id: 'openai responses, streamed',
    spec: 'openai/gpt-x',
    config: { api: 'responses', stream: true },
    http: true,
  },
  { id: 'anthropic', spec: 'anthropic/claude-x', http: true },
  { id: 'anthropic, streamed', spec: 'anthropic/claude-x', config: { stream: true }, http: true },
  { id: 'compatible', spec: 'local/org/model:8b', http: true },
  { id: 'compatible, streamed', spec: 'local/org/model:8b', config: { stream: true }, http: true },
  { id: 'compatible responses', spec: 'local/org/model:8b', config: { api: 'responses' }, http: true },
  { id: 'command', spec: `command:"${process.execPath}" "${program}" echo` },
  { id: 'replay', spec: 'replay:2026-11-01-abc' },
  { id: 'module', spec: 'module:./mine.mjs' },
  ...['reference', 'mistakes', 'guess', 'silent'].map((name) => ({
    id: `baseline ${name}`,
    spec: `baseline/${name}`,
  })),
];

const handler: FixtureHandler = async (messages) => {
  const content = messages.at(-1)?.content ?? '';
  // The later a request, the sooner it is answered: replies must find their own way home.
  const turn = Number(/turn (\d+)/.exec(content)?.[1] ?? 0);
  return { text: `echo ${content}`, delayMs: turn ? 60 - turn * 10 : 0 };
};

let openai: FixtureServer;
let anthropic: FixtureServer;
beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(handler), startAnthropicServer(handler)]);
});
afterAll(async () => {
  await Promise.all([openai.close(), anthropic.close()]);
});

async function open({ spec, config }: (typeof ADAPTERS)[number]): Promise<Provider> {
  const name = spec.split('/')[0] as string;
  const base_url = name === 'anthropic' ? anthropic.url : openai.url;
  const needed = ['openai', 'anthropic', 'local'].includes(name);
  const providers = providersConfigSchema.parse(needed ? { [name]: { base_url, ...config } } : {});
  const model = resolveModel(spec, {
    config: providers,
    env: (variable) => (variable.endsWith('_API_KEY') ? KEY : undefined),
    lookupSample: (hash) => (hash === sample.hash ? sample : undefined),
    openReplay: async () => (hash, _, epoch) =>
      hash === sample.hash ? completionOf(`recorded ${epoch}`) : undefined,
    importModule: async () => ({
      default: ({ id }: { id: string }) => ({
        id,
        complete: async (asked: { messages: { content: string }[] }) =>
          completionOf(`echo ${asked.messages.at(-1)?.content}`),
      }),
    }),
  });
  return openModel(model, { concurrency: 8, clock: systemClock });
}

describe.each(ADAPTERS)('$id', (adapter) => {
  const ask = (provider: Provider, content: string, signal = never()) =>
    provider.complete(
      request({ messages: [{ role: 'user', content }], sampleHash: sample.hash, epoch: 2 }),
      signal,
    );

  it('gives a completion that a journal can hold, under the name the user gave', async () => {
    const provider = await open(adapter);
    const completion = await ask(provider, 'hello');
    expect(completionSchema.parse(JSON.parse(JSON.stringify(completion)))).toEqual(completion);
    expect(provider.id).toBe(adapter.spec);
    expect(completion.latency.totalMs).toBeGreaterThanOrEqual(0);
    await provider.close?.();
  });

  it('leaves counts that nobody told absent, never 0', async () => {
    const provider = await open(adapter);
    const { usage } = await ask(provider, 'hello');
    for (const count of Object.values(usage)) expect(count).toBeGreaterThan(0);
    if (adapter.http) expect(usage).toEqual({});
    await provider.close?.();
  });

  it('throws a cancelled ProviderError when the signal was aborted already', async () => {
    const provider = await open(adapter);
    const fault = await faultOf(ask(provider, 'hello', AbortSignal.abort()));
    expect(fault).toMatchObject({ fault: 'cancelled', retryable: false });
    await provider.close?.();
  });

  it('does not mix up the replies of concurrent requests', async () => {
    const provider = await open(adapter);
    const turns = [1, 2, 3, 4, 5];
    const replies = await Promise.all(turns.map((turn) => ask(provider, `turn ${turn}`)));
    if (/^(openai|anthropic|local|command|module)/.test(adapter.spec)) {
      for (const [at, { text }] of replies.entries()) expect(text).toContain(`turn ${at + 1}`);
    } else expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    await provider.close?.();
  });

  it('never shows a vendor which sample is asked', async () => {
    const provider = await open(adapter);
    const { text } = await ask(provider, 'hello');
    expect(text).not.toContain(sample.hash);
    for (const { body, headers } of [...openai.requests, ...anthropic.requests]) {
      expect(JSON.stringify([body, headers])).not.toContain(sample.hash);
    }
    await provider.close?.();
  });

  it('can be closed twice', async () => {
    const provider = await open(adapter);
    await ask(provider, 'hello');
    await provider.close?.();
    await expect(Promise.resolve(provider.close?.())).resolves.toBeUndefined();
  });
});
