import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CompletionRequest, Provider } from '../../../harness/core/provider.ts';
import { openReplyCache, type ReplyCache, withCache } from '../../../providers/middleware/cache.ts';
import { completionOf, never, request } from '../requests.ts';

const IDENTITY = { id: 'openai/m', endpoint: 'https://example.test/v1' };
const folderOf = () => mkdtempSync(join(tmpdir(), 'wattmark-cache-'));

function counting(text = 'done'): Provider & { asked: number } {
  const provider = {
    id: 'openai/m',
    asked: 0,
    complete: async () => {
      provider.asked += 1;
      return { ...completionOf(`${text} ${provider.asked}`), tries: 3 };
    },
  };
  return provider;
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** A reply is kept beside the run, so a test waits for the file. */
async function kept(folder: string, files: number): Promise<void> {
  await expect.poll(() => filesOf(folder).filter((path) => path.endsWith('.json')).length).toBe(files);
}

describe('withCache', () => {
  it('gives a reply again, marked as cached and without the tries it once took', async () => {
    const folder = folderOf();
    const provider = counting();
    const model = withCache(await openReplyCache(folder, 1e6), IDENTITY)(provider);
    expect(await model.complete(request(), never())).toMatchObject({ text: 'done 1', tries: 3 });
    await kept(folder, 1);
    const again = await model.complete(request(), never());
    expect(again).toMatchObject({ text: 'done 1', cached: true });
    expect(again.tries).toBeUndefined();
    expect(provider.asked).toBe(1);
  });

  const others: [string, Partial<CompletionRequest>][] = [
    ['another epoch', { epoch: 2 }],
    ['another temperature', { settings: { temperature: 0.5 } }],
    ['another message', { messages: [{ role: 'user', content: '负荷 851 MW，机组出力各为多少？' }] }],
    ['the same words in another role', { messages: [{ role: 'assistant', content: 'You balance grids.' }] }],
  ];
  it.each(others)('asks again for %s', async (_name, change) => {
    const folder = folderOf();
    const provider = counting();
    const model = withCache(await openReplyCache(folder, 1e6), IDENTITY)(provider);
    await model.complete(request(), never());
    await kept(folder, 1);
    expect((await model.complete(request(change), never())).cached).toBeUndefined();
    expect(provider.asked).toBe(2);
  });

  it('asks again at another endpoint of the same name', async () => {
    const folder = folderOf();
    const cache = await openReplyCache(folder, 1e6);
    await withCache(cache, IDENTITY)(counting()).complete(request(), never());
    await kept(folder, 1);
    const elsewhere = withCache(cache, { ...IDENTITY, endpoint: 'http://localhost:8000/v1' })(
      counting('else'),
    );
    expect((await elsewhere.complete(request(), never())).text).toBe('else 1');
  });

  it('does not know a sample by its name: the same question under two names is one', async () => {
    const folder = folderOf();
    const provider = counting();
    const model = withCache(await openReplyCache(folder, 1e6), IDENTITY)(provider);
    await model.complete(request({ sampleId: 'a', sampleHash: 'aa' }), never());
    await kept(folder, 1);
    await model.complete(request({ sampleId: 'b', sampleHash: 'bb' }), never());
    expect(provider.asked).toBe(1);
  });

  it.each(['content-filter', 'unknown', 'other'] as const)(
    'keeps no reply that ended in %s',
    async (unified) => {
      const folder = folderOf();
      const provider: Provider = {
        id: 'openai/m',
        complete: async () => ({ ...completionOf('x'), finish: { unified } }),
      };
      await withCache(await openReplyCache(folder, 1e6), IDENTITY)(provider).complete(request(), never());
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(filesOf(folder)).toEqual([]);
    },
  );
});

describe('the cache on disk', () => {
  const put = (cache: ReplyCache, n: number, text = 'x'.repeat(900)) =>
    cache.put(n.toString(16).padStart(64, '0'), completionOf(text));
  const get = (cache: ReplyCache, n: number) => cache.get(n.toString(16).padStart(64, '0'));

  it.each(['', '{"text": "half', '[]', '{"text": 3}', '{"__proto__": {"text": "x"}}'])(
    'takes a damaged file %j for no reply',
    async (text) => {
      const folder = folderOf();
      const cache = await openReplyCache(folder, 1e6);
      await put(cache, 1);
      writeFileSync(filesOf(folder)[0] as string, text);
      expect(await get(cache, 1)).toBeUndefined();
    },
  );

  it('stays below its size, and lets the oldest go first', async () => {
    const folder = folderOf();
    const cache = await openReplyCache(folder, 20_000);
    for (let n = 0; n < 60; n++) {
      await put(cache, n);
      const bytes = filesOf(folder).reduce((sum, path) => sum + statSync(path).size, 0);
      expect(bytes).toBeLessThanOrEqual(20_000);
      // A file system's clock may stand still for some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    expect(await get(cache, 59)).toBeDefined();
    expect(await get(cache, 0)).toBeUndefined();
  });

  it('knows how full it is when it is opened again', async () => {
    const folder = folderOf();
    const first = await openReplyCache(folder, 1e6);
    for (let n = 0; n < 30; n++) await put(first, n);
    await put(await openReplyCache(folder, 10_000), 99);
    expect(filesOf(folder).length).toBeLessThan(12);
  });

  it('is never read in half while many write the same reply', async () => {
    const folder = folderOf();
    const caches = await Promise.all(Array.from({ length: 4 }, () => openReplyCache(folder, 1e7)));
    const long = '负荷'.repeat(50_000);
    await put(caches[0] as ReplyCache, 1, long);
    const writes = caches.flatMap((cache) => Array.from({ length: 10 }, () => put(cache, 1, long)));
    const reads = caches.flatMap((cache) => Array.from({ length: 10 }, () => get(cache, 1)));
    for (const found of await Promise.all(reads)) expect(found?.text).toBe(long);
    await Promise.all(writes);
    expect(filesOf(folder)).toHaveLength(1);
  });

  it('touches nothing else in its folder', async () => {
    const folder = folderOf();
    writeFileSync(join(folder, 'thesis.txt'), 'mine'.repeat(10_000));
    const cache = await openReplyCache(folder, 2000);
    for (let n = 0; n < 10; n++) await put(cache, n);
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toHaveLength(40_000);
  });

  it('that cannot be written asks again, and fails nothing', async () => {
    const folder = folderOf();
    const cache = await openReplyCache(folder, 1e6);
    writeFileSync(join(folder, '00'), 'a file where a folder should be');
    await put(cache, 1);
    expect(await get(cache, 1)).toBeUndefined();
  });
});
