import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import { providersConfigSchema } from '../../providers/config.ts';
import { parseModelSpec } from '../../providers/model-spec.ts';
import { type ResolveDeps, resolveModel } from '../../providers/registry.ts';
import { completionOf, faultOf, KEY, never, request } from './requests.ts';

const imported = vi.hoisted(() => ({ names: [] as string[] }));
vi.mock('openai', async (original) => {
  imported.names.push('openai');
  return original();
});
vi.mock('@anthropic-ai/sdk', async (original) => {
  imported.names.push('@anthropic-ai/sdk');
  return original();
});
vi.mock('undici', async (original) => {
  imported.names.push('undici');
  return original();
});
beforeEach(() => {
  imported.names.length = 0;
});

const deps = (providers: object = {}, env: Record<string, string> = {}, more: Partial<ResolveDeps> = {}) => ({
  config: providersConfigSchema.parse(providers),
  env: (name: string) => env[name],
  lookupSample: () => undefined,
  openReplay: async () => () => undefined,
  importModule: async () => ({}),
  ...more,
});
const LOCAL = { local: { base_url: 'http://127.0.0.1:8000/v1' } };

describe('parseModelSpec', () => {
  it.each([
    ['openai/gpt-x', { kind: 'named', provider: 'openai', model: 'gpt-x' }],
    ['local/org/model:8b', { kind: 'named', provider: 'local', model: 'org/model:8b' }],
    ['command:node "my model.mjs" -v', { kind: 'command', program: 'node', args: ['my model.mjs', '-v'] }],
    ['replay:runs/2026-11-01', { kind: 'replay', run: 'runs/2026-11-01', model: undefined }],
    ['replay:abc#openai/gpt-x', { kind: 'replay', run: 'abc', model: 'openai/gpt-x' }],
    ['module:./x.mjs', { kind: 'module', path: './x.mjs' }],
  ])('%s', (spec, parsed) => expect(parseModelSpec(spec)).toEqual(parsed));

  it.each(['', 'gpt-x', 'openai/', '/gpt', 'command:', 'replay: ', 'a b/c'])('refuses %j', (spec) => {
    expect(() => parseModelSpec(spec)).toThrow(UserError);
  });
});

describe('resolveModel', () => {
  it('imports no SDK and no HTTP client before a model is asked', async () => {
    const env = { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY };
    for (const name of ['openai/m', 'anthropic/m', 'local/m', 'baseline/guess', 'replay:x', 'command:x']) {
      const model = resolveModel(name, deps(LOCAL, env));
      await model.open();
    }
    expect(imported.names).toEqual([]);
    // The mocks do see an import where there is one.
    const proxied = await resolveModel('local/m', deps(LOCAL, { HTTP_PROXY: 'http://127.0.0.1:9' })).open();
    await faultOf(proxied.complete(request(), never()));
    expect(new Set(imported.names)).toEqual(new Set(['undici']));
  });

  it('suggests the near name', () => {
    expect(() => resolveModel('opnai/gpt-x', deps())).toThrow('did you mean openai/gpt-x?');
    expect(() => resolveModel('locl/llama', deps(LOCAL))).toThrow('did you mean local/llama?');
    expect(() => resolveModel('baseline/referense', deps())).toThrow('did you mean baseline/reference?');
    expect(() => resolveModel('baseline/guess,openai/m', deps())).toThrow('give each model a -m of its own');
  });

  it.each(['__proto__/x', 'constructor/x', 'toString/x', 'baseline/constructor', 'baseline/__proto__'])(
    'does not walk the prototype: %s',
    (spec) => expect(() => resolveModel(spec, deps())).toThrow(UserError),
  );

  it('names the variable of a key that is missing, or empty, and wants none for a dry run', () => {
    expect(() => resolveModel('openai/m', deps())).toThrow('OPENAI_API_KEY is not set');
    expect(() => resolveModel('anthropic/m', deps({}, { ANTHROPIC_API_KEY: ' ' }))).toThrow(
      'ANTHROPIC_API_KEY',
    );
    const config = { qwen: { base_url: 'https://x.test/v1', key_env: 'QWEN_KEY' } };
    expect(() => resolveModel('qwen/m', deps(config))).toThrow('QWEN_KEY is not set');
    expect(resolveModel('qwen/m', deps(config, {}, { requireKeys: false })).provider).toBe(
      'openai-compatible',
    );
    expect(resolveModel('local/m', deps(LOCAL)).provider).toBe('openai-compatible');
  });

  it.each(['sk-a b', 'sk-line\nbreak', '密钥', '“sk-quoted”'])('refuses what cannot be a key: %j', (key) => {
    const resolve = () => resolveModel('openai/m', deps({}, { OPENAI_API_KEY: key }));
    expect(resolve).toThrow('OPENAI_API_KEY holds');
    expect(resolve).not.toThrow(key);
  });

  it('finds the client by the entry, not by the order of a table', () => {
    const config = {
      kimi: { client: 'anthropic', base_url: 'https://x.test/anthropic', key_env: 'KIMI_KEY' },
      openai2: LOCAL.local,
    };
    const env = { KIMI_KEY: KEY, OPENAI_API_KEY: KEY };
    expect(resolveModel('kimi/k2', deps(config, env)).provider).toBe('anthropic');
    expect(resolveModel('openai2/m', deps(config, env)).provider).toBe('openai-compatible');
    expect(resolveModel('openai/m', deps(config, env)).provider).toBe('openai');
  });

  it('lets a model overrule its provider, limit by limit, and leaves unknown prices unknown', () => {
    const config = {
      local: {
        ...LOCAL.local,
        prices: { input: 1, output: 2, currency: 'CNY', as_of: '2026-11-01' },
        limits: { concurrency: 4, rpm: 60 },
        models: { 'big:70b': { limits: { rpm: 10 }, stream: true } },
      },
    };
    const big = resolveModel('local/big:70b', deps(config));
    expect(big.tuning).toMatchObject({ limits: { concurrency: 4, rpm: 10 }, stream: true });
    expect(big.prices).toEqual({ input: 1, output: 2, currency: 'CNY', asOf: '2026-11-01' });
    expect(resolveModel('local/__proto__', deps(config)).tuning.limits).toEqual({ concurrency: 4, rpm: 60 });
    expect(resolveModel('local/m', deps(LOCAL))).not.toHaveProperty('prices');
  });

  it('takes batches elsewhere than with the two vendors at the full price, unless told', () => {
    const prices = { input: 1, output: 2, currency: 'CNY' };
    const local = { ...LOCAL.local, prices };
    const shareOf = (entry: object) =>
      resolveModel('local/m', deps({ local: { ...local, ...entry } })).prices;
    expect(shareOf({})).not.toHaveProperty('batch');
    expect(shareOf({ batch: true })).toHaveProperty('batch', 1);
    expect(shareOf({ batch: true, prices: { ...prices, batch: 0.5 } })).toHaveProperty('batch', 0.5);
    const openai = resolveModel('openai/m', deps({ openai: { prices } }, { OPENAI_API_KEY: KEY }));
    expect(openai.prices).not.toHaveProperty('batch');
  });

  it('tells which settings the API will not hear', () => {
    const env = { OPENAI_API_KEY: KEY };
    const model = resolveModel('openai/m', deps({ openai: { api: 'responses' } }, env));
    expect(model.ignores({ seed: 1, temperature: 0 })).toEqual(['seed']);
    expect(resolveModel('openai/m', deps({}, env)).ignores({ seed: 1 })).toEqual([]);
  });
});

describe('a module of the user', () => {
  const open = (exports: unknown) =>
    resolveModel('module:./x.mjs', deps({}, {}, { importModule: async () => exports })).open();
  const ask = async (complete: unknown) =>
    (await open({ default: () => ({ id: 'x', complete }) })).complete(request(), never());

  it('is refused where it exports no factory or the factory gives no provider', async () => {
    await expect(open({})).rejects.toThrow('exports no provider factory');
    await expect(open({ default: () => ({}) })).rejects.toThrow('gave no provider');
    const missing = resolveModel(
      'module:./x.mjs',
      deps({}, {}, { importModule: () => Promise.reject(new Error('no file')) }),
    );
    await expect(missing.open()).rejects.toThrow('cannot be loaded: no file');
  });

  it('cannot throw anything but a ProviderError, nor return anything but a completion', async () => {
    const thrown = await faultOf(
      ask(() => {
        throw new Error(`bad ${KEY}`);
      }),
    );
    expect(thrown).toMatchObject({ fault: 'server', message: 'the module threw: bad ***' });
    expect((await faultOf(ask(async () => ({ text: 1 })))).fault).toBe('bad-response');
    expect((await faultOf(ask(() => undefined))).fault).toBe('bad-response');
    expect(await ask(async () => completionOf('fine'))).toEqual(completionOf('fine'));
  });
});

describe('providers in wattmark.yaml', () => {
  const problems = (entry: object, name = 'local') => {
    const parsed = providersConfigSchema.safeParse({ [name]: { ...LOCAL.local, ...entry } });
    return parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  };

  it.each([
    { Authorization: 'Bearer x' },
    { 'x-api-key': 'abc' },
    { 'Api-Key': 'abc' },
    { cookie: 'a=b' },
    { 'X-Auth-Token': 'abc' },
    { 'x-custom': 'sk-abcdefgh12345678' },
    { 'x-custom': 'Bearer abcdefgh' },
  ])('keeps keys out of the file: %o', (headers) => {
    expect(problems({ headers }).join()).toContain('key_env');
  });

  it('takes headers that hold no key', () => {
    expect(problems({ headers: { 'x-team': 'grid', 'HTTP-Referer': 'https://x.test' } })).toEqual([]);
    expect(problems({ headers: { 'x-team': 'a\r\nauthorization: b' } }).join()).toContain('line break');
  });

  it.each([
    [{ base_url: 'ftp://x' }, 'http'],
    [{ base_url: 'localhost:8000' }, 'http'],
    [{ base_url: 'https://u:p@x.test/v1' }, 'password'],
    [{ base_url: 'https://x.test/v1?key=1' }, 'query'],
    [{ base_url: undefined }, 'base_url'],
    [{ key_env: 'MY KEY' }, 'environment variable'],
    [{ temprature: 1 }, 'temprature'],
    [{ limits: { rpm: 0 } }, 'rpm'],
    [{ prices: { input: 1, output: 2, currency: 'dollars' } }, 'currency'],
    [{ timeout_s: -1 }, 'timeout_s'],
  ])('refuses %o', (entry, word) => expect(problems(entry).join()).toContain(word));

  it('does not send a vendor the key of another unasked', () => {
    expect(problems({ client: 'anthropic' }).join()).toContain('key_env');
    expect(problems({ client: 'anthropic', key_env: 'KIMI_KEY' })).toEqual([]);
    expect(problems({ client: 'openai-compatible' }, 'openai')).toEqual([]);
    const own = { openai: { client: 'openai-compatible', base_url: 'https://x.test/v1' } };
    expect(resolveModel('openai/m', deps(own, {})).provider).toBe('openai-compatible');
  });

  it.each(['baseline', 'command', 'replay', 'module', 'a/b', '__proto__x!'])(
    'refuses the name %s',
    (name) => {
      expect(problems({}, name)).not.toEqual([]);
    },
  );
});
