import { type Completion, type Provider, ProviderError } from '../../harness/core/provider.ts';
import { cancelled } from '../faults/network-fault.ts';

/** Finds a recorded reply. `model` undefined: of whichever model the run asked. Whoever calls has read the journal. */
export type ReplayLookup = (
  sampleHash: string,
  model: string | undefined,
  epoch: number,
) => Completion | undefined;

export interface ReplayOptions {
  id: string;
  /** Only this model's replies, where the run asked several. */
  model?: string;
  lookup: ReplayLookup;
}

/** Gives the replies of an earlier run again, with the latency they had. A sample that run did not answer is not found. */
export function createReplay({ id, model, lookup }: ReplayOptions): Provider {
  return {
    id,
    async complete({ sampleHash, sampleId, epoch = 1 }, signal) {
      if (signal.aborted) throw cancelled();
      const recorded = sampleHash === undefined ? undefined : lookup(sampleHash, model, epoch);
      if (recorded) return recorded;
      const what = sampleId ?? sampleHash ?? 'a request that names no sample';
      throw new ProviderError('not-found', `the replayed run has no reply for ${what}, epoch ${epoch}`);
    },
  };
}
