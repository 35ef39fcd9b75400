import { canonicalJson } from '../core/canonical.ts';
import type { EventOf, ModelRecord } from '../core/event.ts';
import type { Sample } from '../core/sample.ts';
import type { CheckScore, Score } from '../core/score.ts';
import type { Clock } from './clock.ts';
import type { JournalWriter } from './journal.ts';
import { type LineReader, openLines } from './journal-reader.ts';
import { type AttemptKey, readReply, standingJudgements } from './judge.ts';
import { type PanelNames, panelNames } from './judge-panel.ts';
import type { SampleSource } from './plan.ts';
import type { ScoredReply, Scoring } from './scoring.ts';
import { eventOf } from './session.ts';
import { scoreEnd } from './settle.ts';
import { type AttemptState, checkCurrent, laneKey, type RunState, sampleMark, sampleStart } from './state.ts';

export interface RescoreOutcome {
  /** Replies scored again, of which so many came out otherwise, or under another key, than the journal said. */
  scored: number;
  changed: number;
  /** Attempts that a check could not score, with the first few messages. */
  failed: number;
  messages: readonly string[];
  /** Replies whose sample is no longer in the suites in that form; they keep the score they had. */
  orphaned: number;
  /** Ids of samples that were never asked, or only in another form. */
  unasked: number;
}

/**
 * Scores the replies of a journal again, by today's checks and keys, asking nothing: judgements are those the
 * journal holds. A score that differs is appended and so wins; the journal stays the only truth, and scoring
 * twice appends nothing the second time.
 * @throws UserError where the journal has grown since it was folded
 */
export async function rescore(
  state: RunState,
  deps: { samples: SampleSource; scoring: Scoring; journal: JournalWriter; clock: Clock },
): Promise<RescoreOutcome> {
  await checkCurrent(state, deps.journal.path);
  const lines = openLines(deps.journal.path);
  const outcome = { scored: 0, changed: 0, failed: 0, messages: [] as string[], orphaned: 0, unasked: 0 };
  const known = new Set<string>();
  try {
    for await (const sample of deps.samples()) {
      if (known.has(sample.hash)) continue;
      known.add(sample.hash);
      const kept = repliesOf(state, sample.hash);
      if (kept.length === 0) outcome.unasked += 1;
      else retell(state, sample, deps);
      for (const { key, attempt } of kept) {
        const before = attempt.score ? lines.read(attempt.score.ref) : undefined;
        const judged = { panel: panelNames(state.start), lines };
        const again = scoreAgain(sample, attempt, deps.scoring, judged);
        if ('message' in again) {
          outcome.failed += 1;
          if (outcome.messages.length < 5) outcome.messages.push(`${sample.id}: ${again.message}`);
          continue;
        }
        outcome.scored += 1;
        if (before?.event === 'score-end' && same(before, again.reply, sample.keyHash)) continue;
        outcome.changed += 1;
        deps.journal.appendSoon(eventOf(deps.clock, scoreEnd(key, sample.keyHash, again.reply)));
      }
    }
    outcome.orphaned = countOrphans(state, known);
    return outcome;
  } finally {
    lines.close();
  }
}

/** Appends a sample's line again where its name, skills or key are other than the journal says. */
function retell(
  state: RunState,
  sample: Sample,
  { journal, clock }: { journal: JournalWriter; clock: Clock },
): void {
  const body = sampleStart(sample);
  if (state.samples.get(sample.hash) !== sampleMark(body)) {
    journal.appendSoon(eventOf(clock, { event: 'sample-start', ...body }));
  }
}

interface Kept {
  key: AttemptKey;
  attempt: AttemptState;
}

/** The attempts of a sample that have a reply, under the latest settings of their models. */
function repliesOf(state: RunState, sample: string): Kept[] {
  const kept: Kept[] = [];
  for (const { model, epoch, lane } of currentLanes(state)) {
    const attempt = lane.get(sample);
    if (attempt?.reply) kept.push({ key: { sample, model: model.id, epoch }, attempt });
  }
  return kept;
}

function* currentLanes({ models, attempts, epochs }: RunState) {
  for (const model of models.values()) {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const lane = attempts.get(laneKey(model.id, model.settings, epoch));
      if (lane) yield { model: model as ModelRecord, epoch, lane };
    }
  }
}

function countOrphans(state: RunState, known: ReadonlySet<string>): number {
  let count = 0;
  for (const { lane } of currentLanes(state)) {
    for (const [hash, attempt] of lane) if (attempt.reply && !known.has(hash)) count += 1;
  }
  return count;
}

function scoreAgain(
  sample: Sample,
  attempt: AttemptState,
  scoring: Scoring,
  { panel, lines }: { panel: PanelNames | undefined; lines: LineReader },
): { reply: ScoredReply } | { message: string } {
  const text = readReply(attempt, lines);
  if (text === undefined) return { message: 'its reply is not in the journal' };
  const judgements = panel && standingJudgements(attempt, panel, lines);
  try {
    return { reply: scoring.score(sample, text, judgements) };
  } catch (error) {
    return { message: `cannot be scored: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Compared as a journal would hold them: what JSON drops is no difference. */
function same(before: EventOf<'score-end'>, after: ScoredReply, key: string): boolean {
  if (before.key !== key) return false;
  const text = (score: Score, checks: readonly CheckScore[], format: unknown) =>
    canonicalJson(JSON.parse(JSON.stringify({ score, checks, format })));
  return text(before.score, before.checks, before.format) === text(after.score, after.checks, after.format);
}
