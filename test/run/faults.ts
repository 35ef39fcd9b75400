import {
  type Completion,
  PROVIDER_FAULTS,
  type Provider,
  ProviderError,
} from '../../harness/core/provider.ts';
import { createRandom } from '../../harness/core/random.ts';
import { completionOf, rightReply } from './made.ts';

/** What can go wrong with one request, beyond an error that the provider names. */
const ODDITIES = ['nothing', 'no-text', 'foreign-error', 'sync-throw', 'nan-counts', 'late'] as const;

/**
 * A model that fails in every way a provider can, by chance but the same for the same seed: a share of
 * `rate` of its requests. It counts what it was asked and what it answered.
 */
export function faultyModel(id: string, { seed, rate }: { seed: string; rate: number }) {
  const random = createRandom(`${seed}/${id}`);
  const asked = new Map<string, number>();
  const answered = new Set<string>();
  const kinds = [
    ...PROVIDER_FAULTS.filter((f) => !['auth', 'not-found', 'quota', 'budget'].includes(f)),
    ...ODDITIES,
  ];
  const provider: Provider = {
    id,
    complete(request) {
      const name = `${request.sampleHash} ${request.epoch}`;
      asked.set(name, (asked.get(name) ?? 0) + 1);
      const reply = completionOf(rightReply(request));
      const answer = async (completion: Completion) => {
        if (random.chance(0.3)) await new Promise((resolve) => setImmediate(resolve));
        answered.add(name);
        return completion;
      };
      if (!random.chance(rate)) return answer(reply);
      return fail(random.pick(kinds), reply, answer);
    },
  };
  return { provider, asked, answered };
}

function fail(
  kind: (typeof PROVIDER_FAULTS)[number] | (typeof ODDITIES)[number],
  reply: Completion,
  answer: (completion: Completion) => Promise<Completion>,
): Promise<Completion> {
  switch (kind) {
    case 'nothing':
      return Promise.resolve(undefined as never);
    case 'no-text':
      return Promise.resolve({ ...reply, text: null } as never);
    case 'foreign-error':
      return Promise.reject(new TypeError('fetch failed'));
    case 'sync-throw':
      throw new RangeError('invalid URL');
    case 'nan-counts':
      return answer({ ...reply, usage: { inputTokens: Number.NaN }, latency: { totalMs: Number.NaN } });
    case 'late':
      return new Promise((resolve) => setTimeout(resolve, 3)).then(() => answer(reply));
    default:
      return Promise.reject(new ProviderError(kind, 'made to fail'));
  }
}
