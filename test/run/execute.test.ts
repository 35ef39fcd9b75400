import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import { type Completion, ProviderError } from '../../harness/core/provider.ts';
import { openJournal } from '../../harness/run/journal.ts';
import { type JournalFile, openFile } from '../../harness/run/journal-file.ts';
import type { ProgressEvent } from '../../harness/run/progress.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { eventsOf, journalOf, run, tempFolder } from './kit.ts';
import { byTarget, completionOf, makeSamples, providerOf, realClock, rightReply } from './made.ts';

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}

const kinds = async (folder: string, kind: string) =>
  (await eventsOf(folder)).filter((event) => event.event === kind);

/** A model whose replies the test lets go of one by one. */
function heldModel(id: string) {
  const waiting: (() => void)[] = [];
  const provider = providerOf(id, async (request) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return completionOf(rightReply(request));
  });
  return {
    provider,
    waiting,
    release: (n = waiting.length) => waiting.splice(0, n).forEach((go) => void go()),
  };
}

const countLines = (path: string) => readFileSync(path, 'utf8').split('\n').length - 1;

const tick = () => new Promise((resolve) => setImmediate(resolve));
async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await tick();
  }
}

describe('Ctrl-C once', () => {
  it('begins nothing more, and keeps and scores what is in flight', async () => {
    const folder = emptyRun();
    const model = heldModel('m');
    const stop = new AbortController();
    const running = run({ folder, samples: makeSamples(20), providers: [model.provider], stop: stop.signal });
    await until(() => model.waiting.length === 4);
    stop.abort();
    model.release();
    const { outcome } = await running;
    expect(outcome).toMatchObject({ status: 'interrupted', reason: 'stopped by the user' });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 4, scored: 4, left: 16 });
    expect(await kinds(folder, 'score-end')).toHaveLength(4);
    expect((await kinds(folder, 'run-end'))[0]).toMatchObject({ status: 'interrupted' });
  });

  it('is heard while a model answers at once, without a pause', async () => {
    const stop = new AbortController();
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    let timer: NodeJS.Timeout | undefined;
    const { outcome } = await run({
      folder: emptyRun(),
      samples: makeSamples(30_000),
      providers: [provider],
      stop: stop.signal,
      onProgress: () => (timer ??= setTimeout(() => stop.abort(), 5)),
    });
    expect(outcome.status).toBe('interrupted');
    expect(outcome.lanes.get('m')?.replied).toBeGreaterThan(0);
    expect(outcome.lanes.get('m')?.left).toBeGreaterThan(0);
  });

  it('before the run has begun asks nothing', async () => {
    const provider = providerOf('m', () => Promise.reject(new Error('was asked')));
    const samples = makeSamples(3);
    const { outcome } = await run({
      folder: emptyRun(),
      samples,
      providers: [provider],
      stop: AbortSignal.abort(),
    });
    expect(outcome.lanes.get('m')).toMatchObject({ failed: 0, left: 3 });
  });
});

describe('Ctrl-C twice', () => {
  it('ends at once even where the provider never looks at its signal, and leaves no trace of what it cut', async () => {
    const folder = emptyRun();
    const stop = new AbortController();
    const abort = new AbortController();
    const model = heldModel('deaf');
    const samples = makeSamples(10);
    const running = run({
      folder,
      samples,
      providers: [model.provider],
      stop: stop.signal,
      abort: abort.signal,
    });
    await until(() => model.waiting.length === 4);
    model.release(1);
    await until(
      () => model.waiting.length === 4 && readFileSync(journalOf(folder), 'utf8').includes('score-end'),
    );
    stop.abort();
    abort.abort();
    const { outcome } = await running;
    expect(outcome.lanes.get('deaf')).toMatchObject({ replied: 1, scored: 1, failed: 0, left: 9 });
    expect(await kinds(folder, 'completion-error')).toEqual([]);
    // Late replies find the journal closed, and must not bring the process down.
    model.release();
    await tick();
    expect(await kinds(folder, 'completion-end')).toHaveLength(1);
  });

  it('scores nothing more: replies that wait for it are in the journal, and resume scores them', async () => {
    const folder = emptyRun();
    const samples = makeSamples(40);
    const abort = new AbortController();
    let scored = 0;
    const slow: Scoring = {
      ...byTarget,
      score(sample, reply) {
        if (++scored === 3) abort.abort();
        for (const until = performance.now() + 3; performance.now() < until; );
        return byTarget.score(sample, reply);
      },
    };
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    const common = { folder, samples, providers: [provider] };
    const { outcome } = await run({
      ...common,
      scoring: slow,
      concurrency: () => 40,
      abort: abort.signal,
    });
    const lane = outcome.lanes.get('m');
    expect([lane?.replied, lane?.scored, lane?.left]).toEqual([40, 3, 37]);
    const again = await run(common);
    expect(again.outcome.lanes.get('m')).toMatchObject({ replied: 0, scored: 37, left: 0 });
  });

  it('reaches every request in flight through its own signal', async () => {
    const abort = new AbortController();
    const signals: AbortSignal[] = [];
    const provider = providerOf('m', (_request, signal) => {
      signals.push(signal);
      return new Promise<Completion>((_, reject) => {
        signal.addEventListener('abort', () => reject(new ProviderError('cancelled', 'aborted')));
      });
    });
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    const running = run({
      folder: emptyRun(),
      samples: makeSamples(60),
      providers: [provider],
      concurrency: () => 50,
      abort: abort.signal,
    });
    await until(() => signals.length === 50);
    abort.abort();
    await running;
    await tick();
    process.off('warning', listen);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(new Set(signals).size).toBe(50);
    expect(warnings).toEqual([]);
  });
});

describe('lanes', () => {
  it('let a fast model finish while a slow one hangs', async () => {
    const folder = emptyRun();
    const abort = new AbortController();
    const slow = heldModel('slow');
    const fast = providerOf('fast', async (request) => completionOf(rightReply(request)));
    const scored: string[] = [];
    const running = run({
      folder,
      samples: makeSamples(200),
      providers: [slow.provider, fast],
      abort: abort.signal,
      onProgress: (event) => event.kind === 'scored' && scored.push(event.model),
    });
    await until(() => scored.length === 200);
    expect(new Set(scored)).toEqual(new Set(['fast']));
    abort.abort();
    const { outcome } = await running;
    expect(outcome.lanes.get('fast')).toMatchObject({ scored: 200, left: 0 });
    expect(outcome.lanes.get('slow')).toMatchObject({ scored: 0, left: 200 });
  });

  it('never have more open than their concurrency, and reach it', async () => {
    let open = 0;
    let most = 0;
    const provider = providerOf('m', async (request) => {
      most = Math.max(most, ++open);
      await tick();
      open -= 1;
      return completionOf(rightReply(request));
    });
    await run({ folder: emptyRun(), samples: makeSamples(100), providers: [provider], concurrency: () => 7 });
    expect(most).toBe(7);
  });

  it('one hanging sample does not keep the others of its model', async () => {
    const abort = new AbortController();
    let scored = 0;
    const provider = providerOf('m', async (request) => {
      if (rightReply(request) === '3') await new Promise(() => {});
      return completionOf(rightReply(request));
    });
    const running = run({
      folder: emptyRun(),
      samples: makeSamples(50),
      providers: [provider],
      abort: abort.signal,
      onProgress: (event) => event.kind === 'scored' && scored++,
    });
    await until(() => scored === 49);
    abort.abort();
    expect((await running).outcome.lanes.get('m')).toMatchObject({ scored: 49, left: 1 });
  });
});

describe('samples that are drawn as they are asked', () => {
  const drawnBy = (each: (index: number) => void) =>
    function* () {
      for (const [index, sample] of makeSamples(40).entries()) {
        each(index);
        yield sample;
      }
    };

  it('leave the event loop its turns: a request goes out before the last is drawn', async () => {
    let drawn = 0;
    const drawnAtTurn: number[] = [];
    const slow = drawnBy(() => {
      drawn += 1;
      for (const until = performance.now() + 3; performance.now() < until; );
    });
    // What is asked goes out at the next turn of the event loop.
    const provider = providerOf('m', async (request) => {
      await tick();
      drawnAtTurn.push(drawn);
      return completionOf(rightReply(request));
    });
    const samples = makeSamples(40);
    const { outcome } = await run({
      folder: emptyRun(),
      samples,
      drawn: slow,
      providers: [provider],
      concurrency: () => 40,
    });
    expect(outcome.status).toBe('done');
    expect(drawnAtTurn[0]).toBeLessThan(20);
  });

  it('that fail end the run, which keeps what was asked and can go on', async () => {
    const folder = emptyRun();
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    const failing = drawnBy((index) => {
      if (index === 20) throw new UserError('t.yaml: not as it was locked', 'lock it again');
    });
    const samples = makeSamples(40);
    const { outcome } = await run({ folder, samples, drawn: failing, providers: [provider] });
    expect(outcome.status).toBe('interrupted');
    expect(outcome.reason).toContain('t.yaml: not as it was locked');
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 20, scored: 20, left: 20 });
    const again = await run({ folder, samples, providers: [provider] });
    expect(again.outcome.lanes.get('m')).toMatchObject({ replied: 20, scored: 20, left: 0 });
  });
});

describe('a model that only fails', () => {
  const failing = (fault: ProviderError['fault'], asked: { n: number }, good = 0) =>
    providerOf('m', async (request) => {
      if (++asked.n <= good) return completionOf(rightReply(request));
      throw new ProviderError(fault, 'no');
    });

  it.each(['auth', 'not-found', 'quota'] as const)('is not asked a thousand times over %s', async (fault) => {
    const folder = emptyRun();
    const asked = { n: 0 };
    const events: ProgressEvent[] = [];
    const { outcome } = await run({
      folder,
      samples: makeSamples(1000),
      providers: [failing(fault, asked)],
      onProgress: (event) => void events.push(event),
    });
    expect(asked.n).toBeLessThanOrEqual(4);
    expect(outcome).toMatchObject({ status: 'interrupted', reason: `m stopped: ${fault}: no` });
    expect(outcome.lanes.get('m')).toMatchObject({ failed: asked.n, left: 1000 - asked.n });
    expect(events.filter((event) => event.kind === 'lane-stopped')).toHaveLength(1);
    expect((await kinds(folder, 'run-end'))[0]).toMatchObject({ status: 'interrupted' });
  });

  it('that has answered before is given three', async () => {
    const asked = { n: 0 };
    const providers = [failing('auth', asked, 10)];
    await run({ folder: emptyRun(), samples: makeSamples(100), providers, concurrency: () => 1 });
    expect(asked.n).toBe(13);
  });

  it('now and then is not stopped, however often', async () => {
    let n = 0;
    const provider = providerOf('m', async (request) => {
      if (++n % 3 !== 0) return completionOf(rightReply(request));
      throw new ProviderError('auth', 'a gateway hiccups');
    });
    const samples = makeSamples(60);
    const { outcome } = await run({
      folder: emptyRun(),
      samples,
      providers: [provider],
      concurrency: () => 1,
    });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 40, failed: 20, left: 0 });
  });

  it('by faults of any kind is stopped after a while', async () => {
    const asked = { n: 0 };
    const { outcome } = await run({
      folder: emptyRun(),
      samples: makeSamples(1000),
      providers: [failing('network', asked)],
    });
    expect(asked.n).toBeGreaterThanOrEqual(25);
    expect(asked.n).toBeLessThan(30);
    expect(outcome.reason).toContain('25 requests failed one after another, the last by network: no');
  });

  it('does not stop its neighbour', async () => {
    const good = providerOf('good', async (request) => completionOf(rightReply(request)));
    const { outcome } = await run({
      folder: emptyRun(),
      samples: makeSamples(50),
      providers: [failing('auth', { n: 0 }), good],
    });
    expect(outcome.lanes.get('good')).toMatchObject({ scored: 50, left: 0 });
  });
});

describe('a provider that breaks its contract', () => {
  it.each([
    [
      'throws what is not a ProviderError',
      () => Promise.reject(new TypeError('Bearer sk-secret is invalid')),
    ],
    ['throws a string', () => Promise.reject('sk-secret')],
    [
      'throws before it promises',
      () => {
        throw new Error('sk-secret');
      },
    ],
    ['returns nothing', () => Promise.resolve(undefined)],
    ['returns a reply without text', () => Promise.resolve({ ...completionOf(''), text: 7 })],
    ['cancels of its own accord', () => Promise.reject(new ProviderError('cancelled', 'never mind'))],
  ])('%s: unscored, and no secret in the journal', async (_name, complete) => {
    const folder = emptyRun();
    const provider = { id: 'm', complete: complete as never };
    const { outcome } = await run({ folder, samples: makeSamples(3), providers: [provider] });
    expect(outcome.lanes.get('m')).toMatchObject({ failed: 3, left: 0 });
    const events = await eventsOf(folder);
    expect(events.filter((e) => e.event === 'completion-error')).toHaveLength(3);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('keeps the text of a reply whose counts are nonsense', async () => {
    const folder = emptyRun();
    const odd = { text: '0', usage: { inputTokens: Number.NaN, outputTokens: 3 }, extra: 1, finish: 'stop' };
    const provider = { id: 'm', complete: () => Promise.resolve(odd as never) };
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    const [event] = await kinds(folder, 'completion-end');
    expect(event).toMatchObject({
      completion: { text: '0', usage: { outputTokens: 3 }, finish: { unified: 'unknown' } },
    });
    expect(JSON.stringify(event)).not.toContain('inputTokens');
  });
});

describe('a journal that can no longer be written', () => {
  it('ends the run at once with its reason, and what was kept is whole and resumable', async () => {
    const folder = emptyRun();
    const file = filling(openFile(journalOf(folder)), 4000);
    const journal = openJournal(journalOf(folder), { clock: realClock, file });
    const hanging = providerOf('hanging', () => new Promise(() => {}));
    const quick = providerOf('quick', async (request) => completionOf(rightReply(request)));
    const providers = [quick, hanging];
    const first = await run({ folder, samples: makeSamples(50), providers, journal });
    expect(first.outcome.status).toBe('journal');
    expect(first.outcome.reason).toContain('the disk is full');
    const kept = (await kinds(folder, 'completion-end')).length;
    expect(kept).toBeGreaterThan(0);
    const second = await run({ folder, samples: makeSamples(50), providers: [quick] });
    expect(second.outcome.lanes.get('quick')?.replied).toBe(50 - kept);
  });

  /** A file on a disk with so much room, which takes a part of the last write, as a real one does. */
  function filling(file: JournalFile, room: number): JournalFile {
    return {
      ...file,
      write(bytes) {
        if (room <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        const taken = file.write(bytes.subarray(0, room));
        room -= taken;
        return taken;
      },
    };
  }
});

describe('the engine', () => {
  it('journals a reply before it scores it', async () => {
    const folder = emptyRun();
    let seen = -1;
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    await run({
      folder,
      samples: makeSamples(1),
      providers: [provider],
      scoring: {
        judgeRequests: () => [],
        score() {
          seen = countLines(journalOf(folder));
          throw new Error('the process might as well die here');
        },
      },
    });
    // run-start, sample-start, completion-end
    expect(seen).toBe(3);
  });

  it('stamps by the wall clock but measures by the steady one, so that a clock set back changes nothing', async () => {
    let wall = Date.UTC(2026, 10, 23, 3);
    const clock = { ...realClock, epochMs: () => (wall -= 3_600_000) };
    const folder = emptyRun();
    const provider = { id: 'm', complete: async () => ({ text: '0' }) as never };
    const { outcome } = await run({ folder, samples: makeSamples(3), providers: [provider], clock });
    expect(outcome.status).toBe('done');
    for (const event of await kinds(folder, 'completion-end')) {
      expect(event).toHaveProperty('completion.latency.totalMs');
      if (event.event === 'completion-end')
        expect(event.completion.latency.totalMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('ends and throws where the samples cannot be made, after keeping what was in flight', async () => {
    const folder = emptyRun();
    const samples = makeSamples(10);
    let round = 0;
    const source = {
      *[Symbol.iterator]() {
        round += 1;
        for (const sample of samples) {
          if (round > 1 && sample === samples[6]) throw new RangeError('no such seed');
          yield sample;
        }
      },
    } as unknown as typeof samples;
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    await expect(run({ folder, samples: source, providers: [provider] })).rejects.toThrow('no such seed');
    expect((await kinds(folder, 'score-end')).length).toBe(6);
  });
});
