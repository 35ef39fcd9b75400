import type { Planned } from '../run/plan.ts';
import { expand } from '../suite/expand.ts';
import { drawnAsLocked, lockedSamples } from '../suite/locked-samples.ts';
import type { SampleSelection } from '../suite/selection.ts';
import type { Suite } from '../suite/suite.ts';
import { createSampleBook, type SampleBook } from './sample-book.ts';
import { recordLocked, type SuiteCensus, SuiteRecorder } from './suite-records.ts';
import { VERSION } from './version.ts';

/** The samples of a run, before and after they are drawn. */
export interface RunSamples {
  book: SampleBook;
  /** What a plan has to know of them, in the order of the book. */
  planned(): Iterable<Planned>;
  /** What the run's header says of them, once the plan is made. */
  census(): Promise<SuiteCensus>;
}

/** All are drawn to be planned, which for some families takes seconds. */
export function drawnSamples(suites: readonly Suite[], selection: SampleSelection): RunSamples {
  const book = createSampleBook(function* () {
    for (const suite of suites) yield* expand(suite, selection);
  });
  const recorder = new SuiteRecorder(suites);
  return { book, planned: () => recorder.watch(book.all()), census: () => recorder.records() };
}

/** None is drawn before it is asked, where the locks of all suites tell what will be drawn. */
export async function samplesByLocks(
  suites: readonly Suite[],
  selection: SampleSelection,
): Promise<RunSamples | undefined> {
  const told = await Promise.all(
    suites.map(async (suite) => {
      const locked = await lockedSamples(suite, selection, VERSION);
      return locked && { suite, ...locked };
    }),
  );
  const all = told.filter((one) => one !== undefined);
  if (all.length < suites.length) return undefined;
  const planned = all.flatMap(({ samples }) => samples);
  const book = createSampleBook(function* () {
    for (const { suite, samples } of all) yield* drawnAsLocked(expand(suite, selection), samples);
  }, planned.length);
  return { book, planned: () => planned, census: async () => recordLocked(all, selection) };
}
