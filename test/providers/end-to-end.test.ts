import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REASONING_EFFORTS } from '../../harness/core/provider.ts';
import { providersConfigSchema } from '../../providers/config.ts';
import { openModel } from '../../providers/open-model.ts';
import { resolveModel } from '../../providers/registry.ts';
import { startAnthropicServer } from '../fixtures/servers/anthropic-server.ts';
import type { FixtureReply, FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { KEY, never, request } from './requests.ts';

const reply: FixtureReply = {
  text: '边际电价为 18.5 元/MWh。',
  reasoning: '先按报价排序，',
  usage: { input: 812, output: 96, reasoning: 60, cached: 512 },
};
let openai: FixtureServer;
let anthropic: FixtureServer;
beforeAll(async () => {
  [openai, anthropic] = await Promise.all([
    startOpenAiServer(() => reply),
    startAnthropicServer(() => reply),
  ]);
});
afterAll(() => Promise.all([openai.close(), anthropic.close()]));

async function open(spec: string, providers: object) {
  const env: Record<string, string> = {
    OPENAI_API_KEY: KEY,
    ANTHROPIC_API_KEY: KEY,
    OPENAI_BASE_URL: openai.url,
    ANTHROPIC_BASE_URL: `${anthropic.url}/v1`,
    LOCAL_KEY: 'local-secret-1',
  };
  const model = resolveModel(spec, {
    config: providersConfigSchema.parse(providers),
    env: (name) => env[name],
    lookupSample: () => undefined,
    openReplay: async () => () => undefined,
    importModule: async () => ({}),
  });
  return openModel(model, { concurrency: 2, retry: { tries: 1, baseMs: 1, capMs: 1, deadlineMs: 1 } });
}

const local = (more: object) => ({ local: { base_url: openai.url, key_env: 'LOCAL_KEY', ...more } });
const CASES = (): [string, object][] => [
  ['openai/gpt-x', {}],
  ['openai/gpt-x', { openai: { stream: true } }],
  ['openai/gpt-x', { openai: { api: 'responses' } }],
  ['openai/gpt-x', { openai: { api: 'responses', stream: true } }],
  ['anthropic/claude-opus-5', {}],
  ['anthropic/claude-opus-5', { anthropic: { stream: true } }],
  ['anthropic/claude-haiku-4-5', {}],
  ['local/org/m:8b', local({})],
  ['local/org/m:8b', local({ stream: true, reasoning: 'enable-thinking', key_header: 'Api-Key' })],
  ['local/org/m:8b', local({ api: 'responses', stream: true })],
];

describe('every client against a server that speaks its protocol', () => {
  it('reads the same answer, reasoning and counts, streamed or not', async () => {
    for (const [spec, providers] of CASES()) {
      const provider = await open(spec, providers);
      const completion = await provider.complete(request(), never());
      expect(completion, `${spec} ${JSON.stringify(providers)}`).toMatchObject({
        text: reply.text,
        reasoning: reply.reasoning,
        finish: { unified: 'stop' },
        usage: { inputTokens: 812, outputTokens: 96, reasoningTokens: 60, cachedInputTokens: 512 },
        servedModel: expect.stringContaining(spec.slice(spec.indexOf('/') + 1)),
        requestId: expect.stringMatching(/^req_\d+$/),
      });
      expect(completion.latency.firstTokenMs !== undefined).toBe(
        JSON.stringify(providers).includes('"stream":true'),
      );
      await provider.close?.();
    }
  });

  it('sends no combination of settings that its protocol refuses', async () => {
    for (const [spec, providers] of CASES()) {
      const provider = await open(spec, providers);
      for (const reasoningEffort of [undefined, ...REASONING_EFFORTS]) {
        for (const maxTokens of [undefined, 500, 2000]) {
          const settings = {
            temperature: 0,
            topP: 1,
            seed: 1,
            ...(reasoningEffort && { reasoningEffort }),
            ...(maxTokens && { maxTokens }),
          };
          const completion = await provider.complete(request({ settings }), never());
          expect(completion.text).toBe(reply.text);
        }
      }
      await provider.close?.();
    }
  });

  it('carries its key in the header it was told, and nowhere else', async () => {
    const provider = await open('local/m', local({ key_header: 'Api-Key' }));
    await provider.complete(request(), never());
    await provider.close?.();
    const { headers, body, path } = openai.requests.at(-1) ?? {};
    expect(headers).toMatchObject({ 'api-key': 'local-secret-1' });
    expect(headers).not.toHaveProperty('authorization');
    expect(JSON.stringify([body, path])).not.toContain('local-secret-1');
  });
});

it('the configuration that the README shows is one that is accepted', () => {
  const readme = readFileSync(new URL('../../providers/README.md', import.meta.url), 'utf8');
  const shown = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { providers } = parse(shown) as { providers: unknown };
  expect(Object.keys(providersConfigSchema.parse(providers))).toEqual(['local', 'openai']);
});
