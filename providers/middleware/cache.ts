import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../harness/core/canonical.ts';
import {
  type Completion,
  type CompletionRequest,
  completionSchema,
  type Middleware,
} from '../../harness/core/provider.ts';

/** Replies on a disk, shared by any number of processes. It never fails: what cannot be read or kept is asked again. */
export interface ReplyCache {
  get(name: string): Promise<Completion | undefined>;
  put(name: string, completion: Completion): Promise<void>;
}

/** A reply that ended in any other way says nothing lasting of its model. */
const KEPT_FINISHES: ReadonlySet<string> = new Set(['stop', 'length', 'refusal']);

/**
 * Answers from the cache what was answered before. `identity` is what tells this model and endpoint from others; with it the name
 * of a reply holds everything that can change it: messages, settings and epoch, so that repeats stay independent. No
 * key of a user is part of it. It sits outermost: a reply from the cache waits for no limit.
 */
export function withCache(cache: ReplyCache, identity: unknown): Middleware {
  return (next) => ({
    ...next,
    async complete(request, signal) {
      const name = nameOf(identity, request);
      const held = await cache.get(name);
      if (held) return { ...held, cached: true };
      const completion = await next.complete(request, signal);
      // Not waited for: a slow disk must not hold up a reply that has come.
      if (KEPT_FINISHES.has(completion.finish.unified)) void cache.put(name, completion);
      return completion;
    },
  });
}

function nameOf(identity: unknown, { messages, settings, epoch = 1 }: CompletionRequest): string {
  const plain = messages.map(({ role, content }) => ({ role, content }));
  return createHash('sha256')
    .update(canonicalJson({ v: 1, identity, messages: plain, settings, epoch }))
    .digest('hex');
}

/** How full it is again after it was swept, so that not every reply sweeps. */
const SWEPT_SHARE = 0.8;

/**
 * A cache in a folder, a file a reply. Files are made under another name and moved into place, so that no process ever reads half
 * of one; above `maxBytes` the oldest go first.
 */
export async function openReplyCache(folder: string, maxBytes: number): Promise<ReplyCache> {
  await mkdir(folder, { recursive: true });
  let bytes = (await filesIn(folder)).reduce((sum, { size }) => sum + size, 0);
  let sweeping: Promise<void> | undefined;
  const sweep = async () => {
    // Counted anew, since other processes write here too.
    const files = (await filesIn(folder)).sort((a, b) => a.atMs - b.atMs);
    bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files) {
      if (bytes <= maxBytes * SWEPT_SHARE) return;
      await rm(path, { force: true });
      bytes -= size;
    }
  };
  return {
    async get(name) {
      try {
        const text = await readFile(fileOf(folder, name), 'utf8');
        const parsed = completionSchema.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : undefined;
      } catch {
        return undefined;
      }
    },
    async put(name, completion) {
      const { tries: _tries, ...reply } = completion;
      const path = fileOf(folder, name);
      const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
      try {
        const text = JSON.stringify(reply);
        await mkdir(join(path, '..'), { recursive: true });
        await writeFile(draft, text, { flag: 'wx' });
        await rename(draft, path);
        bytes += Buffer.byteLength(text);
        if (bytes > maxBytes) await (sweeping ??= sweep().finally(() => (sweeping = undefined)));
      } catch {
        await rm(draft, { force: true }).catch(() => {});
      }
    },
  };
}

const fileOf = (folder: string, name: string) => join(folder, name.slice(0, 2), `${name}.json`);

/** The cache's own files, drafts that a crash left behind included; nothing else of the folder is touched. */
async function filesIn(folder: string): Promise<{ path: string; size: number; atMs: number }[]> {
  const parts = await readdir(folder).catch(() => []);
  const inParts = parts
    .filter((part) => /^[0-9a-f]{2}$/.test(part))
    .map(async (part) => {
      const names = await readdir(join(folder, part)).catch(() => []);
      return names.filter((name) => /^[0-9a-f]{64}\.json/.test(name)).map((name) => join(folder, part, name));
    });
  const files: { path: string; size: number; atMs: number }[] = [];
  for (const path of (await Promise.all(inParts)).flat()) {
    const found = await stat(path).catch(() => undefined);
    if (found) files.push({ path, size: found.size, atMs: found.mtimeMs });
  }
  return files;
}
