import { describe, expect, it } from 'vitest';
import type { BatchItem, BatchProvider, BatchResult } from '../../harness/core/batch.ts';
import { type CompletionRequest, type Provider, ProviderError } from '../../harness/core/provider.ts';
import { type BatchDeps, createBatched } from '../../harness/run/batch.ts';
import type { Clock } from '../../harness/run/clock.ts';
import type { PendingBatch } from '../../harness/run/state.ts';

/** Hours pass at once, in turns of the event loop. */
function fastClock(): Clock & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    epochMs: () => now,
    monotonicMs: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) =>
        setImmediate(() => {
          if (signal?.aborted) return reject(signal.reason as Error);
          now += ms;
          slept.push(ms);
          resolve();
        }),
      ),
  };
}

const reply = (text: string) => ({ text, finish: { unified: 'stop' as const }, usage: {} });
const fault = (kind: ConstructorParameters<typeof ProviderError>[0], more = {}) =>
  new ProviderError(kind, `made to fail: ${kind}`, more);

/** A vendor that keeps its batches between sessions. */
class Vendor {
  readonly batches: { tag: string; items: readonly BatchItem[] }[] = [];
  alone: string[] = [];
  onSubmit: (n: number) => void = () => {};
  onLook: () => void = () => {};
  onFind: () => void = () => {};
  outcome: (item: BatchItem) => BatchResult | undefined = ({ id }) => ({
    id,
    status: 'replied',
    completion: reply(`of ${id}`),
  });
  private submits = 0;

  provider({ tags = true, limits = { requests: 50_000, bytes: 1e9 } } = {}): BatchProvider {
    return {
      id: 'vendor/m',
      limits,
      bytesOf: () => 100,
      submit: async (items, tag) => {
        this.batches.push({ tag, items });
        try {
          this.onSubmit(++this.submits);
        } catch (error) {
          if ((error as ProviderError).fault === 'rate-limit') this.batches.pop();
          throw error;
        }
        return `b${this.batches.length - 1}`;
      },
      look: async () => {
        this.onLook();
        return { ended: true, done: 0, failed: 0 };
      },
      results: (batch) => this.results(Number(batch.slice(1))),
      cancel: async () => {},
      ...(tags && {
        find: async (tag) => {
          this.onFind();
          const at = this.batches.findIndex((one) => one.tag === tag);
          return at < 0 ? undefined : `b${at}`;
        },
      }),
      close: async () => {},
    };
  }

  live(): Provider {
    return {
      id: 'vendor/m',
      complete: async ({ sampleHash = '' }) => {
        this.alone.push(sampleHash);
        return { ...reply(`alone ${sampleHash}`), latency: { totalMs: 1 } };
      },
    };
  }

  private async *results(batch: number): AsyncGenerator<BatchResult> {
    for (const item of [...(this.batches[batch]?.items ?? [])].reverse()) {
      const result = this.outcome(item);
      if (result) yield result;
    }
  }
}

/** What the journal holds of batches, through all sessions. */
class Book {
  readonly batches = new Map<string, PendingBatch>();
  readonly notices: string[] = [];

  session(batch: BatchProvider, live: Provider, clock = fastClock()) {
    const pending = [...this.batches.values()].filter(({ ended }) => !ended);
    const deps: BatchDeps = {
      batch,
      live,
      pending,
      clock,
      nextTag: () => `run.${this.batches.size + 1}`,
      record: (tag, about) => {
        const before = this.batches.get(tag) ?? { tag, model: 'vendor/m', attempts: [] };
        this.batches.set(tag, { ...before, ...about });
      },
      recordEnd: (tag) => {
        const before = this.batches.get(tag);
        if (before) this.batches.set(tag, { ...before, ended: true });
      },
      notice: (text) => this.notices.push(text),
    };
    const provider = createBatched(deps);
    const { signal } = new AbortController();
    return {
      clock,
      ask: (names: readonly string[]) =>
        Promise.allSettled(
          names.map((sampleHash) => {
            const request: CompletionRequest = { messages: [], settings: {}, sampleHash, epoch: 1 };
            return provider.complete(request, signal);
          }),
        ),
    };
  }

  open = () => [...this.batches.values()].filter(({ ended }) => !ended).map(({ tag }) => tag);
}

const NAMES = ['a', 'b', 'c', 'd'];
const texts = (ends: PromiseSettledResult<{ text: string }>[]) =>
  ends.map((end) => (end.status === 'fulfilled' ? end.value.text : (end.reason as Error).message));
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('asking in batches', () => {
  it('gives each its own reply whatever the order, asks alone what is missing or may pass, and then the batch has ended', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.outcome = ({ id }) =>
      id === 'a-1'
        ? undefined
        : id === 'b-1'
          ? { id, status: 'failed', error: fault('server') }
          : id === 'c-1'
            ? { id, status: 'failed', error: fault('context-length') }
            : { id, status: 'replied', completion: reply(`of ${id}`) };
    const { ask } = book.session(vendor.provider(), vendor.live());
    const ends = await ask(NAMES);
    expect(texts(ends as never)).toEqual(['alone a', 'alone b', 'made to fail: context-length', 'of d-1']);
    expect(ends[3]).toMatchObject({ value: { batch: true } });
    await turn();
    expect([vendor.batches.length, book.open()]).toEqual([1, []]);
  });

  it('splits what is too many for one batch, each under a tag of its own', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    const names = Array.from({ length: 2500 }, (_, i) => `s${i}`);
    const ends = await book
      .session(vendor.provider({ limits: { requests: 1000, bytes: 1e9 } }), vendor.live())
      .ask(names);
    expect(ends.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(vendor.batches.map(({ items }) => items.length)).toEqual([1000, 1000, 500]);
    expect(new Set(vendor.batches.map(({ tag }) => tag)).size).toBe(3);
    const small = new Vendor();
    await new Book()
      .session(small.provider({ limits: { requests: 1000, bytes: 250 } }), small.live())
      .ask(NAMES);
    expect(small.batches.map(({ items }) => items.length)).toEqual([2, 2]);
  });

  it('is never so large that the memory it is written in counts in hundreds of megabytes', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    const provider = { ...vendor.provider({ limits: { requests: 50_000, bytes: 1e9 } }), bytesOf: () => 2e7 };
    await book.session(provider, vendor.live()).ask(NAMES);
    expect(vendor.batches.map(({ items }) => items.length)).toEqual([3, 1]);
  });

  it('says how far the vendor is at every tenth, and not at every look', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    const counts = [0, 1, 1, 2, 3];
    const look = async () => ({ ended: counts.length === 0, done: counts.shift() ?? 4, failed: 0 });
    await book.session({ ...vendor.provider(), look }, vendor.live()).ask(NAMES);
    const told = book.notices.filter((text) => text.includes('done'));
    expect(told.map((text) => text.replace(/.*: /, ''))).toEqual([
      '1 of 4 done',
      '2 of 4 done',
      '3 of 4 done',
    ]);
  });

  it('sends a batch again that the vendor would not have yet, after the wait it asks for', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onSubmit = (n) => {
      if (n === 1) throw fault('rate-limit', { retryAfterMs: 77_000 });
    };
    const session = book.session(vendor.provider(), vendor.live());
    expect(texts((await session.ask(NAMES)) as never)[0]).toBe('of a-1');
    expect(session.clock.slept).toContain(77_000);
    expect(vendor.batches).toHaveLength(1);
  });
});

describe('what a later session pays for', () => {
  it('nothing again, where a key was refused while the batch was looked at', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onLook = () => {
      throw fault('auth');
    };
    const first = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(first as never)).toEqual(NAMES.map(() => 'made to fail: auth'));
    expect(book.open()).toEqual(['run.1']);
    vendor.onLook = () => {};
    const second = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(second as never)).toEqual(NAMES.map((name) => `of ${name}-1`));
    await turn();
    expect([vendor.batches.length, vendor.alone, book.open()]).toEqual([1, [], []]);
  });

  it('nothing again, where the reply to its creation was lost and looking for it failed at first', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onSubmit = () => {
      throw fault('network');
    };
    vendor.onFind = () => {
      throw fault('network');
    };
    const first = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(first as never)[0]).toBe('made to fail: network');
    expect(book.open()).toEqual(['run.1']);
    vendor.onFind = () => {};
    const second = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(second as never)[0]).toBe('of a-1');
    expect(vendor.batches).toHaveLength(1);
  });

  it('a second batch with a word of warning, where the vendor keeps no tags and may have created the first', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onSubmit = (n) => {
      if (n === 1) throw fault('timeout');
    };
    await book.session(vendor.provider({ tags: false }), vendor.live()).ask(NAMES);
    expect(book.open()).toEqual(['run.1']);
    await book.session(vendor.provider({ tags: false }), vendor.live()).ask(NAMES);
    expect(book.notices.join('\n')).toContain('was about to be created');
    await turn();
    expect([vendor.batches.length, book.open()]).toEqual([2, []]);
  });

  it('a second batch where the first was refused or is gone, and only then', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onLook = () => {
      throw fault('bad-request');
    };
    await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(book.open()).toEqual([]);
    vendor.onLook = () => {
      throw fault('server', { retryable: false });
    };
    await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(book.open()).toEqual(['run.2']);
    let looked = 0;
    vendor.onLook = () => {
      if (++looked === 1) throw fault('not-found');
    };
    const last = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(last as never)[0]).toBe('of a-1');
    expect(book.notices.join('\n')).toContain('is gone');
    await turn();
    expect([vendor.batches.length, book.open()]).toEqual([3, []]);
  });

  it('a new batch for what a cancelled one did not answer, whether the vendor lists it or leaves it out', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onLook = () => {
      throw fault('auth');
    };
    await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    const left = book.batches.get('run.1') as PendingBatch;
    book.batches.set('run.1', { ...left, cancelled: true });
    vendor.onLook = () => {};
    vendor.outcome = ({ id }) =>
      vendor.batches.length > 1 || id === 'd-1'
        ? { id, status: 'replied', completion: reply(`of ${id}`) }
        : id === 'a-1'
          ? undefined
          : { id, status: 'failed', error: fault('cancelled', { retryable: true }) };
    const ends = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(ends as never)).toEqual(NAMES.map((name) => `of ${name}-1`));
    expect(vendor.batches[1]?.items.map(({ id }) => id).sort()).toEqual(['a-1', 'b-1', 'c-1']);
    await turn();
    expect([vendor.alone, book.open()]).toEqual([[], []]);
  });

  it('nothing at the full price, where a batch was cancelled in the console while the run waited for it', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.outcome = ({ id }) => ({ id, status: 'failed', error: fault('cancelled', { retryable: true }) });
    const ends = await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    expect(texts(ends as never)).toEqual(NAMES.map(() => 'made to fail: cancelled'));
    expect(vendor.alone).toEqual([]);
  });

  it('nothing again, where it ended before all of its replies were asked for', async () => {
    const [vendor, book] = [new Vendor(), new Book()];
    vendor.onLook = () => {
      throw fault('auth');
    };
    await book.session(vendor.provider(), vendor.live()).ask(NAMES);
    vendor.onLook = () => {};
    const session = book.session(vendor.provider(), vendor.live());
    await session.ask(['a', 'b']);
    await turn();
    expect(book.open(), 'the replies to c and d are kept by nobody yet').toEqual(['run.1']);
    expect(texts((await session.ask(['c', 'd'])) as never)).toEqual(['of c-1', 'of d-1']);
    await turn();
    expect([vendor.batches.length, book.open()]).toEqual([1, []]);
  });
});
