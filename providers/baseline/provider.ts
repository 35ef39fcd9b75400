import { shortHash } from '../../harness/core/canonical.ts';
import { type Completion, type Provider, ProviderError } from '../../harness/core/provider.ts';
import type { Sample } from '../../harness/core/sample.ts';
import type { Clock } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';
import { guessReply } from './guess.ts';
import type { BaselineName } from './names.ts';

const REPLIES: Readonly<Record<BaselineName, (sample: Sample, epoch: number) => string>> = {
  reference: (sample) => sample.oracle.reply(),
  mistakes: mistakeOf,
  guess: guessReply,
  silent: () => '',
};

export interface BaselineOptions {
  id: string;
  name: BaselineName;
  lookup(sampleHash: string): Sample | undefined;
  clock: Clock;
}

/** A model that needs no key and no network. Its token counts are absent: it has none. */
export function createBaseline({ id, name, lookup, clock }: BaselineOptions): Provider {
  return {
    id,
    async complete({ sampleHash, epoch = 1 }, signal): Promise<Completion> {
      if (signal.aborted) throw cancelled();
      const startedAt = clock.monotonicMs();
      const sample = sampleHash === undefined ? undefined : lookup(sampleHash);
      if (!sample) {
        throw new ProviderError('not-found', `${id} answers only samples of the suites that are loaded`);
      }
      return {
        text: replyOf(sample, name, epoch),
        finish: { unified: 'stop' },
        usage: {},
        latency: { totalMs: clock.monotonicMs() - startedAt },
      };
    },
  };
}

function replyOf(sample: Sample, name: BaselineName, epoch: number): string {
  try {
    return REPLIES[name](sample, epoch);
  } catch (error) {
    // A family that fails at one sample must not take the run with it.
    const words = error instanceof Error ? error.message : String(error);
    throw new ProviderError('server', `the family of ${sample.id} failed: ${words}`, { retryable: false });
  }
}

/** One of the typical wrong replies, another by epoch; a guess for a sample that knows none. */
function mistakeOf(sample: Sample, epoch: number): string {
  const mistakes = sample.oracle.mistakes();
  const at = Number.parseInt(shortHash([sample.hash, epoch]).slice(0, 8), 16) % mistakes.length;
  return mistakes[at]?.reply ?? guessReply(sample, epoch);
}
