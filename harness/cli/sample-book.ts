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

/**
 * Samples shared by the readers of a run (one a model, and the plan), without holding a large suite in memory.
 * @param count of the samples, where it is known before they are made; then readers may go side by side from the start
 */
export function createSampleBook(make: () => Iterable<Sample>, count?: number): SampleBook {
  if (count === undefined) return bookByFirstReading(make);
  return count > KEEP ? bookOfMany(make) : bookOfFew(make);
}

/** Makes each sample when the first reader comes to it, and keeps it for the others. */
function bookOfFew(make: () => Iterable<Sample>): SampleBook {
  const made: Sample[] = [];
  const byHash = new Map<string, Sample>();
  let source: Iterator<Sample> | undefined;
  let fault: { error: unknown } | undefined;
  const makeNext = (): Sample | undefined => {
    // An iterator that has thrown says that it is done, which would be an end without a word to the other readers.
    if (fault) throw fault.error;
    source ??= make()[Symbol.iterator]();
    try {
      const { value, done } = source.next();
      if (done) return undefined;
      made.push(value);
      byHash.set(value.hash, value);
      return value;
    } catch (error) {
      fault = { error };
      throw error;
    }
  };
  return {
    lookup: (hash) => byHash.get(hash),
    *all() {
      for (let i = 0; ; i++) {
        const sample = made[i] ?? makeNext();
        if (!sample) return;
        yield sample;
      }
    },
  };
}

/** Makes all samples for each reader. */
function bookOfMany(make: () => Iterable<Sample>): SampleBook {
  const recent = new Map<string, Sample>();
  return {
    lookup: (hash) => recent.get(hash),
    *all() {
      for (const sample of make()) {
        // A Map iterates in the order of insertion, so the first key is the oldest: one that is given again is young again.
        recent.delete(sample.hash);
        recent.set(sample.hash, sample);
        if (recent.size > RECENT) recent.delete(recent.keys().next().value as string);
        yield sample;
      }
    },
  };
}

/** The first reader, who is the only one until he is through, finds out whether they are few. */
function bookByFirstReading(make: () => Iterable<Sample>): SampleBook {
  const many = bookOfMany(make);
  let few: SampleBook | undefined;
  return {
    lookup: (hash) => few?.lookup(hash) ?? many.lookup(hash),
    *all() {
      if (few) return yield* few.all();
      let seen: Sample[] | undefined = [];
      for (const sample of many.all()) {
        seen?.push(sample);
        if (seen && seen.length > KEEP) seen = undefined;
        yield sample;
      }
      if (!seen) return;
      const kept = seen;
      few = bookOfFew(() => kept);
      // So that all of them can be looked up.
      for (const _ of few.all());
    },
  };
}
