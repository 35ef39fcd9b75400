import { canonicalJson, shortHash } from '../core/canonical.ts';
import { UserError } from '../core/errors.ts';
import type { EventOf, ModelRecord, RunEvent } from '../core/event.ts';
import type { GenerationSettings } from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import { type JournalEntry, type LineRef, readEntries } from './journal-reader.ts';

export interface KeptJudgement {
  check: number;
  criterion: string;
  judge: string;
  failed: boolean;
  ref: LineRef;
}

/** What a journal holds of one attempt: where its lines lie, never their text. */
export interface AttemptState {
  reply?: LineRef;
  judgements?: KeptJudgement[];
  score?: { key: string; status: 'scored' | 'unscored'; ref: LineRef };
  failed?: boolean;
}

/** A batch as the journal tells of it. Without an id the vendor may not have heard of it. */
export interface PendingBatch {
  tag: string;
  model: string;
  batch?: string;
  attempts: readonly string[];
  /** What it did not answer was never asked. */
  cancelled?: boolean;
  /** Nothing more will come of it. */
  ended?: boolean;
}

/** What a journal holds, for resume and re-scoring: light enough for a hundred thousand attempts. */
export interface RunState {
  /** The latest `run-start`, if any. */
  start?: EventOf<'run-start'>;
  /** Of every `run-start`, the latest of each model. */
  models: Map<string, ModelRecord>;
  /** The most epochs that any `run-start` asked. */
  epochs: number;
  /** Samples whose `sample-start` stands in the journal: their mark by hash. */
  samples: Map<string, string>;
  /** The latest hash of each sample id. */
  hashes: Map<string, string>;
  attempts: Attempts;
  /** Every batch that was created or about to be, by its tag. */
  batches: Map<string, PendingBatch>;
  /** Where the last event ends that was folded, in bytes. */
  end: number;
}

/** Attempts by generation settings, model, epoch and sample hash. */
type Attempts = Map<string, Map<string, AttemptState>>;

export const newState = (): RunState => ({
  models: new Map(),
  epochs: 0,
  samples: new Map(),
  hashes: new Map(),
  attempts: new Map(),
  batches: new Map(),
  end: 0,
});

/** A model under other settings is asked anew, so the settings are a part of an attempt's key. */
export function laneKey(model: string, settings: GenerationSettings, epoch: number): string {
  return `${epoch} ${canonicalJson(settings)} ${model}`;
}

export function findAttempt(
  state: RunState,
  model: Pick<ModelRecord, 'id' | 'settings'>,
  epoch: number,
  sample: string,
): AttemptState | undefined {
  return state.attempts.get(laneKey(model.id, model.settings, epoch))?.get(sample);
}

/**
 * Identifies what a `sample-start` says beside the prompt. Where it changed under an unchanged prompt (a skill
 * renamed, a key corrected), the sample is journalled again, and the last line wins.
 */
export function sampleMark(s: Omit<EventOf<'sample-start'>, 'v' | 'at' | 'event' | 'messages'>): string {
  return shortHash([s.id, s.suite, s.task, s.cluster, s.skills, s.tags, s.tier, s.pass, s.key]);
}

/** The body of a sample's `sample-start`. */
export function sampleStart(sample: Sample): Omit<EventOf<'sample-start'>, 'v' | 'at' | 'event'> {
  const { id, suite, task, lang, seed, variant, cluster, tier, pass } = sample;
  return {
    sample: sample.hash,
    id,
    suite,
    task,
    lang,
    seed,
    ...(variant ? { variant } : {}),
    cluster,
    skills: [...sample.skills],
    tags: [...sample.tags],
    ...(tier ? { tier } : {}),
    pass,
    key: sample.keyHash,
    messages: sample.messages.map(({ role, content }) => ({ role, content })),
  };
}

/** Folds a journal into what resume needs to know. */
export async function foldState(entries: AsyncIterable<JournalEntry>): Promise<RunState> {
  const state = newState();
  const lanes = new Map<string, string>();
  const lane = (model: string, epoch: number): Map<string, AttemptState> => {
    const short = `${epoch} ${model}`;
    let key = lanes.get(short);
    if (key === undefined) {
      key = laneKey(model, state.models.get(model)?.settings ?? {}, epoch);
      lanes.set(short, key);
    }
    let found = state.attempts.get(key);
    if (!found) state.attempts.set(key, (found = new Map()));
    return found;
  };
  // One copy of each hash, however many lines name it.
  const names = new Map<string, string>();
  for await (const { event, ref } of entries) {
    state.end = ref.offset + ref.length + 1;
    if (event.event === 'run-start') {
      state.start = event;
      state.epochs = Math.max(state.epochs, event.epochs);
      for (const model of event.models) state.models.set(model.id, model);
      lanes.clear();
    } else if (event.event === 'sample-start') {
      state.samples.set(event.sample, sampleMark(event));
      state.hashes.set(event.id, event.sample);
      names.set(event.sample, event.sample);
    } else if (event.event === 'batch-start') {
      const { tag, model, batch, attempts = state.batches.get(tag)?.attempts ?? [] } = event;
      state.batches.set(tag, { tag, model, ...(batch === undefined ? {} : { batch }), attempts });
    } else if (event.event === 'batch-cancel' || event.event === 'batch-end') {
      const batch = state.batches.get(event.tag);
      const about = event.event === 'batch-end' ? { ended: true } : { cancelled: true };
      if (batch) state.batches.set(event.tag, { ...batch, ...about });
    } else if (event.event !== 'run-end') {
      const attempts = lane(event.model, event.epoch);
      const sample = names.get(event.sample) ?? event.sample;
      let attempt = attempts.get(sample);
      if (!attempt) attempts.set(sample, (attempt = {}));
      note(attempt, event, ref);
    }
  }
  return state;
}

type AttemptEvent = Extract<RunEvent, { epoch: number }>;

function note(attempt: AttemptState, event: AttemptEvent, ref: LineRef): void {
  switch (event.event) {
    case 'completion-end':
      // A later reply replaces an earlier one, with all that was said of it.
      attempt.reply = ref;
      delete attempt.judgements;
      delete attempt.score;
      delete attempt.failed;
      break;
    case 'completion-error':
      if (!attempt.reply) attempt.failed = true;
      break;
    case 'judgement-end': {
      const { check, criterion, judge } = event;
      attempt.judgements = (attempt.judgements ?? []).filter(
        (j) => j.check !== check || j.criterion !== criterion || j.judge !== judge,
      );
      attempt.judgements.push({ check, criterion, judge, failed: event.result.status === 'failed', ref });
      break;
    }
    case 'score-end':
      attempt.score = { key: event.key, status: event.score.status, ref };
  }
}

/**
 * Whoever folds a journal before taking its lock may find that another process has gone on with the run in
 * between: what that one asked would be asked again.
 * @throws UserError where events came after `state.end`
 */
export async function checkCurrent(state: RunState, journal: string): Promise<void> {
  for await (const _entry of readEntries(journal, { from: state.end, onDamage: () => {} })) {
    throw new UserError(
      `${journal}: another process has gone on with this run since it was read`,
      'give the same command again',
    );
  }
}
