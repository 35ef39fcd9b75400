import type { EventOf } from '../core/event.ts';
import type { Sample } from '../core/sample.ts';
import { expand } from '../suite/expand.ts';
import { type SampleSelection, seedKeyFingerprint } from '../suite/selection.ts';
import type { Suite } from '../suite/suite.ts';
import { seedKeyFrom } from './actions/run/seed-key.ts';
import type { Io } from './io.ts';
import { registries } from './registries.ts';
import { checkSeedKey } from './resume.ts';
import { loadSuites } from './suite-source.ts';

export interface RecordedSamples {
  suites: readonly Suite[];
  samples(): Generator<Sample>;
}

/** The samples of a recorded run, made again from today's suites: for scoring again, and for worked solutions. */
export async function recordedSamples(
  start: EventOf<'run-start'>,
  options: { checker?: string[]; seedKeyEnv?: string },
  io: Io,
): Promise<RecordedSamples> {
  const known = await registries(options.checker ?? [], io);
  const suites = await loadSuites(
    start.suites.map(({ source }) => source),
    known,
    start.selection.tasks,
  );
  const seedKey = seedKeyFrom(options.seedKeyEnv, io);
  checkSeedKey(start.selection.seedKey, seedKey === undefined ? undefined : seedKeyFingerprint(seedKey));
  const { langs, seeds, tasks, tags, limit, variants } = start.selection;
  const selection: SampleSelection = { langs, seeds, tasks, tags, limit, variants, seedKey };
  return {
    suites,
    *samples() {
      for (const suite of suites) yield* expand(suite, selection);
    },
  };
}
