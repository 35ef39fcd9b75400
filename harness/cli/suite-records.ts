import type { SuiteRecord } from '../core/event.ts';
import type { Sample } from '../core/sample.ts';
import { suiteHash } from '../suite/lock.ts';
import type { LockedSamples } from '../suite/locked-samples.ts';
import { picks, questionOf, type SampleSelection } from '../suite/selection.ts';
import type { Suite } from '../suite/suite.ts';
import { floorsOf } from './floors.ts';

/** What a run's header says of its samples. */
export interface SuiteCensus {
  suites: SuiteRecord[];
  checkers: Record<string, number>;
}

interface Taken {
  count: number;
  hashes: Pick<Sample, 'hash' | 'keyHash'>[];
}

/**
 * Notes each suite with the samples that a run takes of it, and the checkers these use, as the samples go by: equal
 * hashes, equal questions and keys; equal checkers, equal scores.
 */
export class SuiteRecorder {
  private readonly suites: readonly Suite[];
  private readonly taken: ReadonlyMap<string, Taken>;
  private readonly checkers: Record<string, number> = {};

  constructor(suites: readonly Suite[]) {
    this.suites = suites;
    this.taken = new Map(suites.map(({ name }) => [name, { count: 0, hashes: [] }]));
  }

  *watch(samples: Iterable<Sample>): Generator<Sample, void, undefined> {
    for (const sample of samples) {
      this.take(sample);
      yield sample;
    }
  }

  async records(): Promise<SuiteCensus> {
    const suites = this.suites.map(async (suite) => {
      const { count = 0, hashes = [] } = this.taken.get(suite.name) ?? {};
      return recordOf(suite, { count, hashes, floors: await floorsOf(suite) });
    });
    return { suites: await Promise.all(suites), checkers: this.checkers };
  }

  private take({ suite, variant, hash, keyHash, checks }: Sample): void {
    const taken = this.taken.get(suite);
    if (taken) taken.count += 1;
    // Runs with and without variants score the same questions.
    if (!variant) taken?.hashes.push({ hash, keyHash });
    for (const { checker } of checks) this.checkers[checker.kind] = checker.version;
  }
}

const recordOf = (
  { name, version, source, title }: Suite,
  { count, hashes, floors }: Taken & Pick<SuiteRecord, 'floors'>,
): SuiteRecord => ({ name, version, hash: suiteHash(hashes), source, title, samples: count, floors });

/** The same of suites that are known by their locks, and not drawn yet. */
export function recordLocked(
  locked: readonly ({ suite: Suite } & LockedSamples)[],
  selection: SampleSelection,
): SuiteCensus {
  const checkers: SuiteCensus['checkers'] = {};
  for (const { suite, samples } of locked)
    for (const { task, picks: taken } of samples.length > 0 ? picks(suite, selection) : [])
      for (const pick of taken)
        for (const { checker } of questionOf(task, pick)?.checks ?? [])
          checkers[checker.kind] = checker.version;
  const suites = locked.map(({ suite, samples, floors }) =>
    recordOf(suite, { count: samples.length, hashes: samples, floors }),
  );
  return { suites, checkers };
}

/** The same of samples that nobody else looks at. */
export async function recordSuites(
  suites: readonly Suite[],
  samples: Iterable<Sample>,
): Promise<SuiteCensus> {
  const recorder = new SuiteRecorder(suites);
  for (const _ of recorder.watch(samples));
  return recorder.records();
}
