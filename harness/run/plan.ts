import { UserError } from '../core/errors.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Sample } from '../core/sample.ts';
import { type AttemptState, findAttempt, newState, type RunState } from './state.ts';

/** What a plan has to know of a sample: who it is, what it asks, what it takes for right. */
export type Planned = Pick<Sample, 'id' | 'hash' | 'keyHash'>;

/** Gives the samples of a run afresh each time it is called, in the same order: each model pulls its own. */
export type SampleSource<S = Sample> = () => Iterable<S> | AsyncIterable<S>;

/** One piece of work: `score` has its reply already, and asks a judge at most. */
export type Work<S = Sample> =
  | { kind: 'ask'; sample: S; epoch: number }
  | { kind: 'score'; sample: S; epoch: number; kept: AttemptState };

export interface WorkCounts {
  /** Attempts to ask, of which `retry` failed before and `again` were asked in a form that has changed since. */
  ask: number;
  retry: number;
  again: number;
  /** Replies in hand that lack a score of today's key. */
  score: number;
  done: number;
}

export interface RunPlan<S = Sample> {
  samples: SampleSource<S>;
  sampleCount: number;
  models: readonly ModelRecord[];
  epochs: number;
  judge?: string;
  state: RunState;
  counts: ReadonlyMap<string, WorkCounts>;
  /** Ids of samples that ask exactly what an earlier one asks: one attempt serves both, under the first. */
  duplicates: ReadonlySet<string>;
  /** Ids of samples that the journal knows in another form. */
  changed: readonly string[];
}

/**
 * What a run has to do: every sample by every model, `epochs` times, less what the journal holds already.
 * One pass over the samples; none is kept.
 * @throws UserError where two samples share an id but not their question
 */
export async function planRun<S extends Planned>(input: {
  samples: SampleSource<S>;
  models: readonly ModelRecord[];
  epochs: number;
  judge?: string;
  state?: RunState;
}): Promise<RunPlan<S>> {
  const { samples, models, epochs, judge, state = newState() } = input;
  checkModels(models);
  const counts = new Map(models.map((m): [string, WorkCounts] => [m.id, { ...NOTHING }]));
  const census = new Census();
  const changed: string[] = [];
  for await (const sample of samples()) {
    if (!census.isNew(sample)) continue;
    const before = state.hashes.get(sample.id);
    if (before !== undefined && before !== sample.hash) changed.push(sample.id);
    for (const model of models) {
      for (let epoch = 1; epoch <= epochs; epoch++) {
        count(counts.get(model.id) as WorkCounts, { state, sample, model, epoch, before });
      }
    }
  }
  return {
    samples,
    sampleCount: census.size,
    models,
    epochs,
    ...(judge === undefined ? {} : { judge }),
    state,
    counts,
    duplicates: census.duplicates,
    changed,
  };
}

const NOTHING: WorkCounts = { ask: 0, retry: 0, again: 0, score: 0, done: 0 };

/** Tells samples seen from new ones, by what they ask. */
class Census {
  readonly duplicates = new Set<string>();
  private readonly ids = new Map<string, string>();
  private readonly hashes = new Set<string>();

  get size(): number {
    return this.hashes.size;
  }

  isNew({ id, hash }: Planned): boolean {
    const twin = this.ids.get(id);
    if (twin !== undefined && twin !== hash) throw new UserError(`two samples are called ${id}`);
    if (this.hashes.has(hash)) {
      this.duplicates.add(id);
      return false;
    }
    this.ids.set(id, hash);
    this.hashes.add(hash);
    return true;
  }
}

function checkModels(models: readonly ModelRecord[]): void {
  const ids = new Set<string>();
  for (const { id } of models) {
    if (ids.has(id)) throw new UserError(`model ${id} is named twice`, 'name each model once');
    ids.add(id);
  }
}

interface Place<S = Planned> {
  state: RunState;
  sample: S;
  model: ModelRecord;
  epoch: number;
}

function count(counts: WorkCounts, place: Place & { before: string | undefined }): void {
  const { state, sample, model, epoch, before } = place;
  const work = workOf(place);
  if (!work) counts.done += 1;
  else if (work.kind === 'score') counts.score += 1;
  else {
    counts.ask += 1;
    if (findAttempt(state, model, epoch, sample.hash)?.failed) counts.retry += 1;
    if (before !== undefined && before !== sample.hash && findAttempt(state, model, epoch, before)?.reply) {
      counts.again += 1;
    }
  }
}

/** What is left to do for one attempt; undefined where it is done. A score of an older key is not a score of this one. */
function workOf<S extends Planned>({ state, sample, model, epoch }: Place<S>): Work<S> | undefined {
  const kept = findAttempt(state, model, epoch, sample.hash);
  if (!kept?.reply) return { kind: 'ask', sample, epoch };
  if (kept.score?.status === 'scored' && kept.score.key === sample.keyHash) return undefined;
  return { kind: 'score', sample, epoch, kept };
}

/**
 * The work of one model, made as it is pulled. All samples of an epoch come before the next epoch, so that
 * a run cut short by its budget has seen every sample.
 */
export async function* workFor<S extends Planned>(
  plan: RunPlan<S>,
  model: ModelRecord,
): AsyncGenerator<Work<S>> {
  for (let epoch = 1; epoch <= plan.epochs; epoch++) {
    for await (const sample of distinctSamples(plan)) {
      const work = workOf({ state: plan.state, sample, model, epoch });
      if (work) yield work;
    }
  }
}

/** The samples of a plan, the first of each question. */
export async function* distinctSamples<S extends Planned>(
  plan: Pick<RunPlan<S>, 'samples' | 'duplicates'>,
): AsyncGenerator<S> {
  if (plan.duplicates.size === 0) return yield* plan.samples();
  const seen = new Set<string>();
  for await (const sample of plan.samples()) {
    if (seen.has(sample.hash)) continue;
    seen.add(sample.hash);
    yield sample;
  }
}
