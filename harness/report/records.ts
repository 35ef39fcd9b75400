import { canonicalJson } from '../core/canonical.ts';
import type { EventOf, ModelRecord, RunEvent, Selection, SuiteRecord } from '../core/event.ts';
import type { Completion, ProviderFault, Usage } from '../core/provider.ts';
import { type JudgeUse, JudgeUses } from './judge-use.ts';
import { type RubricRecord, rubricRecord } from './rubric-record.ts';

/** What a run says of one sample, without its prompt. */
export type SampleRecord = Omit<EventOf<'sample-start'>, 'v' | 'at' | 'event' | 'messages'>;

/**
 * Why an attempt has no score: the fault of a provider, `unreadable` or `failed` of a judge, `not-scored` (the run
 * ended between reply and score) or `not-asked` (it ended before).
 */
export type UnscoredKind = ProviderFault | 'unreadable' | 'failed' | 'not-scored' | 'not-asked';

export type Outcome =
  | { status: 'scored'; value: number; regret?: { amount: number; currency: string } }
  | { status: 'unscored'; fault: 'provider' | 'judge' | 'run'; kind: UnscoredKind };

/** One reply as it counts: lengths and marks, never its text. */
export interface ReplyRecord {
  finish: Completion['finish']['unified'];
  usage: Usage;
  totalMs: number;
  firstTokenMs?: number;
  servedModel?: string;
  cached: boolean;
  /** Its time is that of a whole batch. */
  batch?: boolean;
}

export interface AttemptRecord {
  sample: string;
  model: string;
  epoch: number;
  outcome: Outcome;
  reply?: ReplyRecord;
  /** Whether the reply obeyed the form that was asked; absent where the sample asks none. */
  obeyed?: boolean;
  /** Key hash of the sample when it was scored. */
  key?: string;
  /** What the first check that did not give full marks said, cut short. */
  reason?: string;
  /** What its rubrics found; absent where its sample has none. */
  rubric?: RubricRecord;
}

/** A run folded to one light record an attempt: what every report starts from. */
export interface RunRecords {
  run: string;
  harness: string;
  started: string;
  /** When its last request or session ended: scoring again later does not move it. */
  ended: string;
  status: 'done' | 'interrupted' | 'budget' | 'unfinished';
  /** Time spent running: pauses between an interruption and its resume are left out. */
  wallMs: number;
  /** The same by model, up to its last event in each session. */
  wallMsByModel: ReadonlyMap<string, number>;
  suites: readonly SuiteRecord[];
  models: readonly ModelRecord[];
  judge?: string;
  /** The judges behind that name, with their prices. */
  judges?: readonly ModelRecord[];
  /** What judging took, by the model judged. */
  judging?: ReadonlyMap<string, readonly JudgeUse[]>;
  epochs: number;
  selection: Selection;
  /** Versions of the checkers that scored an answer. */
  checkers: Readonly<Record<string, number>>;
  samples: ReadonlyMap<string, SampleRecord>;
  /** One for every sample, model and epoch, asked or not, in the order of samples, models, epochs. */
  attempts: readonly AttemptRecord[];
  /** The same of the variants of problems: they cost what they cost, and count for stability alone. */
  variantAttempts: readonly AttemptRecord[];
}

const REASON_LENGTH = 200;

/**
 * Folds a journal. Of each attempt the last score-end counts; a completion-error counts where no reply ever arrived.
 * Replies are dropped as they pass, so memory grows with attempts and not with what models wrote.
 * @throws RangeError for a journal without a run-start
 */
export async function foldRecords(events: AsyncIterable<RunEvent>): Promise<RunRecords> {
  const fold = new RecordFold();
  for await (const event of events) fold.take(event);
  return fold.done();
}

type Draft = Omit<AttemptRecord, 'outcome'> & {
  outcome?: Outcome;
  error?: ProviderFault;
  /** Criteria whose last judgement failed. */
  failedJudgements?: Set<string>;
};

/** Folds a run's events as they happen, in the order of its journal. */
export class RecordFold {
  private first: EventOf<'run-start'> | undefined;
  private start: EventOf<'run-start'> | undefined;
  private last = '';
  private status: RunRecords['status'] = 'unfinished';
  private sessionStart = 0;
  private wallMs = 0;
  private readonly wallBefore = new Map<string, number>();
  private readonly wallMsByModel = new Map<string, number>();
  private epochs = 1;
  private readonly models = new Map<string, ModelRecord>();
  private readonly suites = new Map<string, SuiteRecord>();
  /** Generation settings by model, as text: a model under other settings is another attempt. */
  private readonly lanes = new Map<string, string>();
  private readonly kinds = new Set<string>();
  private readonly hashes = new Map<string, string>();
  private readonly samples = new Map<string, SampleRecord>();
  /** By epoch, settings and model, then by sample. */
  private readonly drafts = new Map<string, Map<string, Draft>>();
  private readonly judging = new JudgeUses();
  private readonly one = createInterning();
  private readonly lists = new Map<string, string[]>();

  take(event: RunEvent): void {
    if (event.event === 'run-start') this.open(event);
    // Scores may be written again days later: they are no running time.
    if (event.event !== 'score-end' && event.event !== 'sample-start' && event.event !== 'batch-cancel')
      this.last = event.at;
    if (event.event === 'run-end') this.status = event.status;
    else if (event.event === 'sample-start') {
      const sample = this.sampleRecord(event);
      this.samples.set(sample.sample, sample);
      this.hashes.set(sample.id, sample.sample);
    } else if ('epoch' in event) this.takeAttempt(event);
  }

  private open(event: EventOf<'run-start'>): void {
    this.closeSession();
    this.first ??= event;
    this.start = event;
    this.status = 'unfinished';
    this.sessionStart = Date.parse(event.at);
    this.epochs = Math.max(this.epochs, event.epochs);
    for (const suite of event.suites) this.suites.set(suite.name, suite);
    for (const model of event.models) {
      this.models.set(model.id, model);
      this.lanes.set(model.id, canonicalJson(model.settings));
    }
  }

  private closeSession(): void {
    if (this.start) this.wallMs += Math.max(0, Date.parse(this.last) - this.sessionStart);
    for (const [model, ms] of this.wallMsByModel) this.wallBefore.set(model, ms);
  }

  private takeAttempt(
    event: EventOf<'completion-end' | 'completion-error' | 'judgement-end' | 'score-end'>,
  ): void {
    const [sample, model, { epoch }] = [this.one(event.sample), this.one(event.model), event];
    const busy = Math.max(0, Date.parse(this.last) - this.sessionStart);
    if (event.event !== 'score-end') this.wallMsByModel.set(model, (this.wallBefore.get(model) ?? 0) + busy);
    const drafts = this.laneOf(model, epoch);
    let draft = drafts.get(sample);
    if (!draft) drafts.set(sample, (draft = { sample, model, epoch }));
    if (event.event === 'completion-end') {
      // A later reply replaces an earlier one, with all that was said of it.
      drafts.set(sample, { sample, model, epoch, reply: replyRecord(event.completion, this.one) });
    } else if (event.event === 'completion-error') draft.error = event.fault;
    else if (event.event === 'judgement-end') {
      this.judging.take(event);
      takeJudgement(draft, event);
    } else {
      takeScore(draft, event, this.one);
      for (const { kind } of event.checks) this.kinds.add(kind);
    }
  }

  /** Ends the fold. @throws RangeError without a run-start */
  done(): RunRecords {
    const { first, start } = this;
    if (!first || !start) throw new RangeError('a journal without a run-start is no run');
    this.closeSession();
    const { run, harness, judge, judges, selection } = start;
    return {
      run,
      harness,
      started: first.at,
      ended: this.last,
      status: this.status,
      wallMs: this.wallMs,
      wallMsByModel: this.wallMsByModel,
      suites: [...this.suites.values()],
      models: [...this.models.values()],
      ...(judge === undefined ? {} : { judge }),
      ...(judges ? { judges } : {}),
      judging: new Map([...this.models.keys()].map((model) => [model, this.judging.of(model)])),
      epochs: this.epochs,
      selection,
      checkers: this.usedCheckers(start.checkers),
      ...this.settled(),
    };
  }

  /** A run knows more checkers than its suites use; a new one that scored nothing must not make old runs incomparable. */
  private usedCheckers(known: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(Object.entries(known).filter(([kind]) => this.kinds.has(kind)));
  }

  private laneOf(model: string, epoch: number): Map<string, Draft> {
    const name = `${epoch} ${this.lanes.get(model) ?? ''} ${model}`;
    let lane = this.drafts.get(name);
    if (!lane) this.drafts.set(name, (lane = new Map()));
    return lane;
  }

  /** All samples of a task name the same skills. */
  private list(words: string[]): string[] {
    const name = words.join('\n');
    const first = this.lists.get(name);
    if (!first) this.lists.set(name, words);
    return first ?? words;
  }

  private sampleRecord(event: EventOf<'sample-start'>): SampleRecord {
    const { one } = this;
    const { id, suite, task, lang, seed, variant, cluster, skills, tags, tier, pass, key } = event;
    // Member by member: what is left over by `...rest` of so many members would be a hash table, of five times the size.
    return {
      sample: one(event.sample),
      id,
      suite: one(suite),
      task: one(task),
      lang,
      seed,
      ...(variant ? { variant } : {}),
      cluster: one(cluster),
      skills: this.list(skills),
      tags: this.list(tags),
      ...(tier ? { tier } : {}),
      pass,
      key: one(key),
    };
  }

  /** Of a sample that was asked in two forms (its suite changed before a resume) only the newer counts. */
  private settled(): Pick<RunRecords, 'samples' | 'attempts' | 'variantAttempts'> {
    const { samples, hashes } = this;
    for (const [hash, { id }] of samples) if (hashes.get(id) !== hash) samples.delete(hash);
    hashes.clear();
    const attempts: AttemptRecord[] = [];
    const variantAttempts: AttemptRecord[] = [];
    for (const [sample, { variant }] of samples)
      for (const model of this.models.keys())
        for (let epoch = 1; epoch <= this.epochs; epoch++)
          (variant ? variantAttempts : attempts).push(this.settle(sample, model, epoch));
    return { samples, attempts, variantAttempts };
  }

  /** Lets go of the draft, so that a large run is never held twice. */
  private settle(sample: string, model: string, epoch: number): AttemptRecord {
    const lane = this.laneOf(model, epoch);
    const draft = lane.get(sample);
    lane.delete(sample);
    return settle(draft ?? { sample, model, epoch });
  }
}

/** Gives the first of all equal texts: a line's own copies of a hash or a model's name are let go with the line. */
function createInterning(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first !== undefined) return first;
    known.set(text, text);
    return text;
  };
}

type Interning = ReturnType<typeof createInterning>;

function replyRecord(
  { finish, usage, latency, servedModel, cached, batch }: Completion,
  one: Interning,
): ReplyRecord {
  return {
    finish: finish.unified,
    usage,
    totalMs: latency.totalMs,
    ...(latency.firstTokenMs === undefined ? {} : { firstTokenMs: latency.firstTokenMs }),
    ...(servedModel === undefined ? {} : { servedModel: one(servedModel) }),
    cached: cached ?? false,
    ...(batch ? { batch } : {}),
  };
}

function takeJudgement(draft: Draft, { check, criterion, judge, result }: EventOf<'judgement-end'>): void {
  const name = `${check} ${criterion} ${judge}`;
  if (result.status === 'replied') draft.failedJudgements?.delete(name);
  else (draft.failedJudgements ??= new Set()).add(name);
}

function takeScore(draft: Draft, { score, key, checks, format }: EventOf<'score-end'>, one: Interning): void {
  draft.key = one(key);
  draft.outcome =
    score.status === 'scored'
      ? { status: 'scored', value: score.value, ...(score.regret ? { regret: score.regret } : {}) }
      : { status: 'unscored', fault: score.fault, kind: unscoredKind(score.fault, draft) };
  const rubric = rubricRecord(checks);
  if (rubric) draft.rubric = rubric;
  else delete draft.rubric;
  draft.obeyed = format?.obeyed;
  const fault = checks.find((check) => check.score.status === 'unscored' || check.score.value < 1);
  const told = score.status === 'scored' && score.value === 1 ? undefined : (fault?.score ?? score).reason;
  draft.reason = told?.slice(0, REASON_LENGTH);
}

function unscoredKind(fault: 'provider' | 'judge', draft: Draft): UnscoredKind {
  if (fault === 'provider') return draft.error ?? 'bad-response';
  return draft.failedJudgements?.size ? 'failed' : 'unreadable';
}

function settle({ outcome, error, failedJudgements: _failed, ...attempt }: Draft): AttemptRecord {
  if (outcome && !(outcome.status === 'unscored' && outcome.fault === 'provider' && attempt.reply))
    return { ...attempt, outcome };
  // A reply that arrived stands, whatever failed before or after it: it only waits for its score.
  if (attempt.reply) return { ...attempt, outcome: { status: 'unscored', fault: 'run', kind: 'not-scored' } };
  if (error) return { ...attempt, outcome: { status: 'unscored', fault: 'provider', kind: error } };
  return { ...attempt, outcome: { status: 'unscored', fault: 'run', kind: 'not-asked' } };
}
