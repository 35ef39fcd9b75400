import type { BatchItem, BatchProgress, BatchProvider, BatchResult } from '../core/batch.ts';
import { type Completion, type CompletionRequest, type Provider, ProviderError } from '../core/provider.ts';
import { createOnce } from './batch-create.ts';
import { BatchQueue } from './batch-queue.ts';
import type { Clock } from './clock.ts';
import type { PendingBatch } from './state.ts';

export interface BatchDeps {
  batch: BatchProvider;
  /** Asks alone what a batch did not get to. */
  live: Provider;
  /** Batches that an earlier session of this run created, and whose replies it did not get. */
  pending: readonly PendingBatch[];
  clock: Clock;
  /** A name for the next batch that no other batch has. */
  nextTag(): string;
  /** Journals a batch, durably before it returns: first that it will be created, then the vendor's id of it. */
  record(tag: string, about: { attempts: readonly string[] } | { batch: string }): void;
  /** Journals that nothing more will come of a batch. Until then a resumed run goes on with it. */
  recordEnd(tag: string): void;
  notice(text: string): void;
  observer?: BatchObserver;
}

/** How a batch ended, as far as this session was there. */
interface BatchEnd {
  batch?: string;
  /** Absent where its replies did not come. */
  counts?: BatchCounts;
  error?: unknown;
}

interface BatchCounts {
  replied: number;
  failed: number;
  /** Without any result. */
  unanswered: number;
}

/** Hears of batches as they go; `tag` names one. */
export interface BatchObserver {
  began(tag: string, requests: number): void;
  answered(request: CompletionRequest, tag: string): void;
  ended(tag: string, end: BatchEnd): void;
}

const FIRST_POLL_MS = 1000;
const LONGEST_POLL_MS = 120_000;
/** Fetching results that break off is begun again so often in a row without a new result. */
const FETCHES = 5;

interface Waiter {
  request: CompletionRequest;
  since: number;
  resolve(result: BatchResult | undefined): void;
  reject(error: unknown): void;
}

/** The name of an attempt in a batch. */
export const attemptName = (sample: string, epoch: number): string => `${sample}-${epoch}`;

/**
 * Answers through the vendor's batch interface: gathers what is asked, sends it in batches, and gives each reply to who
 * asked. What a batch lost, or did not get to, is asked alone. Closing it leaves its batches with the vendor, and `live` open.
 */
export function createBatched(deps: BatchDeps): Provider {
  const { batch, live } = deps;
  const open = new OpenBatches(deps);
  return {
    id: live.id,
    async complete(request, signal) {
      const { result, waitedMs } = await open.ask(request);
      // A missing result was never answered: both vendors charge for replies alone.
      if (!result || (result.status === 'failed' && result.error.retryable && !isCancelled(result)))
        return live.complete(request, signal);
      if (result.status === 'failed') throw result.error;
      const completion: Completion = { ...result.completion, latency: { totalMs: waitedMs }, batch: true };
      return completion;
    },
    async close() {
      // The end of a batch whose last reply has just been kept is still to be noted.
      await new Promise((resolve) => setImmediate(resolve));
      open.close();
      await batch.close();
    },
  };
}

/** Whoever cancelled a batch does not want what it did not answer asked alone, at the full price. */
const isCancelled = (result: BatchResult): boolean =>
  result.status === 'failed' && result.error.fault === 'cancelled';

interface Followed {
  tag: string;
  batch: string;
  names: readonly string[];
  /** As an earlier session left it. */
  earlier?: PendingBatch;
}

/** All attempts of a model that go in batches: those that wait for theirs, and the batches that are followed. */
class OpenBatches {
  private readonly deps: BatchDeps;
  private readonly closing = new AbortController();
  private readonly waiters = new Map<string, Waiter>();
  /** Results that came before they were asked for. */
  private readonly early = new Map<string, BatchResult>();
  /** Attempts that an earlier batch holds. */
  private readonly held: Map<string, PendingBatch>;
  private readonly following = new Set<string>();
  /** Batches whose replies have not come. */
  private readonly followed = new Set<Followed>();
  /** Results of a batch that nobody has asked for yet, by their names: only when all are kept has the batch ended. */
  private readonly unclaimed = new Map<string, { tag: string; names: Set<string> }>();
  private readonly queue: BatchQueue;

  constructor(deps: BatchDeps) {
    this.deps = deps;
    this.held = new Map(deps.pending.flatMap((p) => p.attempts.map((name) => [name, p] as const)));
    this.queue = new BatchQueue(deps, (items) => void this.sendAndFollow(items), this.closing.signal);
  }

  close(): void {
    for (const { batch, names } of this.followed) {
      const text = `batch ${batch} of ${names.length} requests is left with the vendor`;
      this.deps.notice(`${this.deps.live.id}: ${text}; --resume goes on with it, batch cancel cancels it`);
    }
    this.closing.abort(new ProviderError('cancelled', 'the batch is left with the vendor'));
  }

  async ask(request: CompletionRequest): Promise<{ result: BatchResult | undefined; waitedMs: number }> {
    const since = this.deps.clock.monotonicMs();
    const id = attemptName(request.sampleHash ?? '', request.epoch ?? 1);
    const came = this.early.get(id);
    if (came) this.claimEarly(id);
    const result = came ?? (await this.wait(id, request, since));
    return { result, waitedMs: this.deps.clock.monotonicMs() - since };
  }

  private wait(id: string, request: CompletionRequest, since: number): Promise<BatchResult | undefined> {
    return new Promise((resolve, reject) => {
      this.waiters.set(id, { request, since, resolve, reject });
      const held = this.held.get(id);
      if (held) this.rejoin(held);
      else this.queue.add({ id, request });
    });
  }

  private async sendAndFollow(items: readonly BatchItem[]): Promise<void> {
    const names = items.map(({ id }) => id);
    const tag = this.deps.nextTag();
    try {
      this.deps.observer?.began(tag, names.length);
      this.deps.record(tag, { attempts: names });
      const batch = await createOnce(items, tag, this.deps, this.closing.signal);
      this.deps.record(tag, { batch });
      this.deps.notice(`${this.deps.live.id}: batch ${batch} of ${items.length} requests is with the vendor`);
      await this.follow({ tag, batch, names });
    } catch (error) {
      this.fail(names, error);
      this.deps.observer?.ended(tag, { error });
    }
  }

  private rejoin(pending: PendingBatch): void {
    if (this.following.has(pending.tag)) return;
    this.following.add(pending.tag);
    void this.followEarlier(pending);
  }

  private async followEarlier(earlier: PendingBatch): Promise<void> {
    const { tag, batch: known, attempts } = earlier;
    const { batch, live, notice } = this.deps;
    try {
      const id = known ?? (await batch.find?.(tag, this.closing.signal));
      if (id !== undefined) {
        if (known === undefined) this.deps.record(tag, { batch: id });
        notice(`${live.id}: batch ${id} is gone on with`);
        this.deps.observer?.began(tag, attempts.length);
        return await this.follow({ tag, batch: id, names: attempts, earlier });
      }
      if (!batch.find)
        notice(`${live.id}: a batch was about to be created; if it was, the vendor's console shows it`);
      this.askAnew(tag, attempts);
    } catch (error) {
      this.deps.observer?.ended(tag, { error, ...(known !== undefined && { batch: known }) });
      if (error instanceof ProviderError && error.fault === 'not-found') {
        notice(`${live.id}: batch ${known ?? tag} is gone; its requests are sent again`);
        this.askAnew(tag, attempts);
      } else this.fail(attempts, error);
    }
  }

  private askAnew(tag: string, attempts: readonly string[]): void {
    this.deps.recordEnd(tag);
    for (const name of attempts) {
      this.held.delete(name);
      const waiter = this.waiters.get(name);
      if (waiter) this.queue.add({ id: name, request: waiter.request });
    }
  }

  private async follow(followed: Followed): Promise<void> {
    const { tag, batch, names } = followed;
    this.followed.add(followed);
    try {
      await this.untilEnded(followed);
      const own = { tag, names: new Set(names) };
      for (const name of names) this.unclaimed.set(name, own);
      const counts = await this.fetchAll(followed, new Set(names));
      this.deps.observer?.ended(tag, { batch, counts });
    } finally {
      this.followed.delete(followed);
    }
  }

  private async untilEnded(followed: Followed): Promise<void> {
    const { tag, batch } = followed;
    let told = 0;
    const { clock } = this.deps;
    const { signal } = this.closing;
    for (let waitMs = FIRST_POLL_MS; ; waitMs = Math.min(LONGEST_POLL_MS, waitMs * 1.5)) {
      await clock.sleep(waitMs, signal);
      const seen = await this.deps.batch.look(batch, signal).catch((error: unknown) => {
        if (error instanceof ProviderError && error.retryable) return undefined;
        // The vendor read it and would not have it: nothing was answered.
        if (error instanceof ProviderError && error.fault === 'bad-request') this.deps.recordEnd(tag);
        throw error;
      });
      if (seen?.ended) break;
      if (seen) told = this.tellProgress(followed, seen, told);
    }
  }

  /** What the vendor counts, at every tenth. @returns tenths told */
  private tellProgress({ batch, names }: Followed, { done, failed }: BatchProgress, told: number): number {
    const tenths = Math.floor((10 * (done + failed)) / names.length);
    if (tenths <= told) return told;
    const lost = failed > 0 ? `, ${failed} failed` : '';
    this.deps.notice(`${this.deps.live.id}: batch ${batch}: ${done} of ${names.length} done${lost}`);
    return tenths;
  }

  /** Hands out the results, from the beginning again where the stream breaks off: who has theirs is passed over. */
  private async fetchAll(followed: Followed, open: Set<string>): Promise<BatchCounts> {
    const counts = { replied: 0, failed: 0 };
    for (let fetch = 1; ; fetch++) {
      const before = open.size;
      try {
        for await (const result of this.deps.batch.results(followed.batch, this.closing.signal)) {
          if (!open.delete(result.id)) continue;
          counts[result.status] += 1;
          this.hand(result.id, result, followed);
        }
        break;
      } catch (error) {
        if (open.size < before) fetch = 0;
        if (!(error instanceof ProviderError && error.retryable) || fetch >= FETCHES) throw error;
        await this.deps.clock.sleep(FIRST_POLL_MS * (fetch + 1), this.closing.signal);
      }
    }
    for (const name of open) this.hand(name, undefined, followed);
    return { ...counts, unanswered: open.size };
  }

  private hand(name: string, result: BatchResult | undefined, { tag, earlier }: Followed): void {
    this.held.delete(name);
    const waiter = this.waiters.get(name);
    if (earlier && (result ? isCancelled(result) : earlier.cancelled)) {
      this.claim(name);
      // Never asked: it goes in the next batch.
      if (waiter) this.queue.add({ id: name, request: waiter.request });
      return;
    }
    this.waiters.delete(name);
    if (waiter) {
      if (result) this.deps.observer?.answered(waiter.request, tag);
      waiter.resolve(result);
      this.claim(name);
    } else if (result) this.early.set(name, result);
    else this.claim(name);
  }

  private claimEarly(name: string): void {
    this.early.delete(name);
    this.claim(name);
  }

  /** Who asked for the last result of a batch journals it in the microtasks that follow: only then has the batch ended. */
  private claim(name: string): void {
    const own = this.unclaimed.get(name);
    this.unclaimed.delete(name);
    if (!own) return;
    own.names.delete(name);
    if (own.names.size > 0) return;
    setImmediate(() => {
      if (!this.closing.signal.aborted) this.deps.recordEnd(own.tag);
    });
  }

  private fail(names: readonly string[], error: unknown): void {
    for (const name of names) {
      this.held.delete(name);
      this.waiters.get(name)?.reject(error);
      this.waiters.delete(name);
    }
  }
}
