import type { FormatRecord } from '../core/answer.ts';
import type { EventOf, ModelRecord, RunEvent, SuiteRecord } from '../core/event.ts';
import type { Completion, ProviderFault, Usage } from '../core/provider.ts';
import type { CheckScore, Score } from '../core/score.ts';
import { laneKey } from './state.ts';

/** A sample as the journal tells of it, without its prompt. */
export type SampleRecord = Omit<EventOf<'sample-start'>, 'v' | 'at' | 'event' | 'messages'>;

/** The final state of one attempt, without any text of the reply. */
export interface AttemptRecord {
  sample: string;
  model: string;
  epoch: number;
  /**
   * The last score. A provider's failure is unscored by `provider`; a reply that no one has scored yet is
   * unscored by `judge`, which is all that ever stands between the two.
   */
  score: Score;
  /** Without what was extracted and the details, which only `show` needs. Empty where nothing was scored. */
  checks: readonly CheckScore[];
  format?: FormatRecord;
  usage?: Usage;
  latency?: Completion['latency'];
  finish?: Completion['finish']['unified'];
  servedModel?: string;
  tries?: number;
  cached?: boolean;
  error?: { fault: ProviderFault; message: string; status?: number };
}

export interface RunFold {
  /** The latest `run-start`. */
  start?: EventOf<'run-start'>;
  end?: EventOf<'run-end'>;
  /** Of all `run-start` lines, the latest of each. */
  models: ReadonlyMap<string, ModelRecord>;
  suites: ReadonlyMap<string, SuiteRecord>;
  /** By hash; samples that were asked in a newer form since are left out. */
  samples: ReadonlyMap<string, SampleRecord>;
  attempts: readonly AttemptRecord[];
  /** Attempts left out: of samples in an older form, or under settings that have changed since. */
  superseded: number;
  /** What judges used, by judge. */
  judges: ReadonlyMap<
    string,
    { requests: number; failed: number; inputTokens: number; outputTokens: number }
  >;
}

/** Folds a run into the last state of each attempt. Holds one light record an attempt, and no reply. */
export async function foldAttempts(events: AsyncIterable<RunEvent> | Iterable<RunEvent>): Promise<RunFold> {
  const fold = newFold();
  for await (const event of events) take(fold, event);
  return finish(fold);
}

interface Folding {
  start?: EventOf<'run-start'>;
  end?: EventOf<'run-end'> | undefined;
  models: Map<string, ModelRecord>;
  suites: Map<string, SuiteRecord>;
  samples: Map<string, SampleRecord>;
  hashes: Map<string, string>;
  lanes: Map<string, Map<string, AttemptRecord>>;
  judges: Map<string, { requests: number; failed: number; inputTokens: number; outputTokens: number }>;
  one: OneCopy;
}

/** Every line of a journal is parsed into strings of its own; a fold keeps one copy of each that recurs. */
type OneCopy = <T extends string | undefined>(text: T) => T;

function keepOneCopy(): OneCopy {
  const copies = new Map<string, string>();
  return (text) => {
    if (text === undefined || text.length > 200) return text;
    const copy = copies.get(text);
    if (copy !== undefined) return copy as typeof text;
    // Reasons may all differ; what has not recurred among so many will hardly recur.
    if (copies.size >= 20_000) copies.clear();
    copies.set(text, text);
    return text;
  };
}

const newFold = (): Folding => ({
  models: new Map(),
  suites: new Map(),
  samples: new Map(),
  hashes: new Map(),
  lanes: new Map(),
  judges: new Map(),
  one: keepOneCopy(),
});

function take(fold: Folding, event: RunEvent): void {
  switch (event.event) {
    case 'run-start':
      fold.start = event;
      fold.end = undefined;
      for (const model of event.models) fold.models.set(model.id, model);
      for (const suite of event.suites) fold.suites.set(suite.name, suite);
      break;
    case 'sample-start': {
      const record = lightSample(event, fold.one);
      fold.samples.set(record.sample, record);
      fold.hashes.set(record.id, record.sample);
      break;
    }
    case 'run-end':
      fold.end = event;
      break;
    case 'judgement-end':
      countJudgement(fold, event);
      break;
    default:
      takeAttempt(fold, event);
  }
}

function lightSample(event: EventOf<'sample-start'>, one: OneCopy): SampleRecord {
  const { v: _v, at: _at, event: _event, messages: _messages, ...record } = event;
  return {
    ...record,
    suite: one(record.suite),
    task: one(record.task),
    skills: record.skills.map(one),
    tags: record.tags.map(one),
  };
}

function countJudgement({ judges }: Folding, { judge, result }: EventOf<'judgement-end'>): void {
  let sum = judges.get(judge);
  if (!sum) judges.set(judge, (sum = { requests: 0, failed: 0, inputTokens: 0, outputTokens: 0 }));
  sum.requests += 1;
  if (result.status === 'failed') sum.failed += 1;
  else {
    sum.inputTokens += result.completion.usage.inputTokens ?? 0;
    sum.outputTokens += result.completion.usage.outputTokens ?? 0;
  }
}

const OPEN: Score = { status: 'unscored', fault: 'judge', reason: 'not scored yet' };

function takeAttempt(
  { lanes, models, samples, one }: Folding,
  event: EventOf<'completion-end' | 'completion-error' | 'score-end'>,
): void {
  const { epoch } = event;
  const model = one(event.model);
  const sample = samples.get(event.sample)?.sample ?? event.sample;
  const key = laneKey(model, models.get(model)?.settings ?? {}, epoch);
  let lane = lanes.get(key);
  if (!lane) lanes.set(key, (lane = new Map()));
  const before = lane.get(sample);
  if (event.event === 'score-end') {
    if (before) Object.assign(before, scoreOf(event, one));
  } else if (event.event === 'completion-end') {
    lane.set(sample, { sample, model, epoch, score: OPEN, checks: [], ...replyOf(event.completion, one) });
  } else if (!before || before.error) {
    lane.set(sample, { sample, model, epoch, ...failureOf(event) });
  }
}

function replyOf({ usage, latency, finish, servedModel, tries, cached }: Completion, one: OneCopy) {
  return {
    usage,
    latency,
    finish: one(finish.unified),
    ...(servedModel === undefined ? {} : { servedModel: one(servedModel) }),
    ...(tries === undefined ? {} : { tries }),
    ...(cached === undefined ? {} : { cached }),
  };
}

function failureOf({ fault, message, status, tries }: EventOf<'completion-error'>) {
  return {
    score: { status: 'unscored', fault: 'provider', reason: `${fault}: ${message}` } as const,
    checks: [],
    error: { fault, message, ...(status === undefined ? {} : { status }) },
    ...(tries === undefined ? {} : { tries }),
  };
}

function scoreOf({ score, checks, format }: EventOf<'score-end'>, one: OneCopy) {
  return {
    score: light(score, one),
    checks: checks.map(
      ({ kind, field, weight, gate, score: own }): CheckScore => ({
        kind: one(kind),
        ...(field === undefined ? {} : { field: one(field) }),
        weight,
        gate,
        score: light(own, one),
      }),
    ),
    ...(format ? { format } : {}),
  };
}

function light(score: Score, one: OneCopy): Score {
  if (score.status === 'unscored') return score;
  const { value, reason, regret } = score;
  return { status: 'scored', value, reason: one(reason), ...(regret ? { regret } : {}) };
}

function finish(fold: Folding): RunFold {
  const { start, end, models, suites, judges, hashes } = fold;
  const samples = new Map([...fold.samples].filter(([hash, { id }]) => hashes.get(id) === hash));
  const attempts: AttemptRecord[] = [];
  let superseded = 0;
  for (const [key, lane] of fold.lanes) {
    for (const attempt of lane.values()) {
      const { model, epoch, sample } = attempt;
      const current = laneKey(model, models.get(model)?.settings ?? {}, epoch) === key;
      // A sample that the journal never told of (its line was damaged) is kept: its score still counts.
      if (current && (samples.has(sample) || !fold.samples.has(sample))) attempts.push(attempt);
      else superseded += 1;
    }
  }
  return {
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    models,
    suites,
    samples,
    attempts,
    superseded,
    judges,
  };
}
