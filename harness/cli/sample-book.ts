import type { Sample } from '../core/sample.ts';

export interface SampleBook {
  /** All samples, in the same order each time. */
  all(): Iterable<Sample>;
  /** A sample that `all` has given lately: what a built-in baseline is asked. */
  lookup(hash: string): Sample | undefined;
}

/** Small runs keep their samples; large ones make them anew for each reader, so that memory stays flat. */
const KEEP = 4_000;
/** Of a large run: more than all its models have in hand at once. */
const RECENT = 1_000;

/** Samples shared by the readers of a run (one a model, and the plan), without holding a large suite in memory. */
export function createSampleBook(make: () => Iterable<Sample>): SampleBook {
  let kept: ReadonlyMap<string, Sample> | undefined;
  const recent = new Map<string, Sample>();
  const remember = (sample: Sample) => {
    // A Map iterates in the order of insertion, so the first key is the oldest: one that is given again is young again.
    recent.delete(sample.hash);
    recent.set(sample.hash, sample);
    if (recent.size > RECENT) recent.delete(recent.keys().next().value as string);
  };
  return {
    lookup: (hash) => kept?.get(hash) ?? recent.get(hash),
    *all() {
      if (kept) {
        yield* kept.values();
        return;
      }
      const seen = new Map<string, Sample>();
      let few = true;
      for (const sample of make()) {
        remember(sample);
        if (few) seen.set(sample.hash, sample);
        if (seen.size > KEEP) {
          few = false;
          seen.clear();
        }
        yield sample;
      }
      if (!few) return;
      kept = seen;
      recent.clear();
    },
  };
}
