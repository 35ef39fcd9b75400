import type { AuditItem, AuditSet } from '../../../checkers/rubric/audit/set.ts';
import type { RubricConfig } from '../../../checkers/rubric/config.ts';
import { lexicallyMet } from '../../../checkers/rubric/lexical.ts';
import { type Finding, findingOf } from '../../../checkers/rubric/verdicts.ts';
import { inputFor, type Judgements } from '../../../checkers/score-reply.ts';
import type { AuditDecision } from '../../../report/judge-audit-figures.ts';
import { type LineReader, openLines, readEntries } from '../../../run/journal-reader.ts';
import { standingJudgements } from '../../../run/judge.ts';
import { panelNames } from '../../../run/judge-panel.ts';
import type { RunFolder } from '../../../run/run-id.ts';
import { findAttempt, foldState, type RunState } from '../../../run/state.ts';
import { REPLIES } from './replies.ts';

/** What the patterns of the criteria make of every reply. */
export const lexicalDecisions = (set: AuditSet): AuditDecision[] =>
  set.items.flatMap((item) => {
    const input = inputFor(item.sample, item.reply);
    return decisionsOf(item, (criterion) => Number(lexicallyMet(criterion, input)));
  });

/** What the judges made of every reply, as far as the journal holds it. */
export async function judgedDecisions(set: AuditSet, { journal }: RunFolder): Promise<AuditDecision[]> {
  const state = await foldState(readEntries(journal, { onDamage: () => {} }));
  const lines = openLines(journal);
  try {
    return set.items.flatMap((item) => {
      const judgements = judgementsOf(item, state, lines)?.get(0);
      const input = { ...inputFor(item.sample, item.reply), ...(judgements ? { judgements } : {}) };
      return decisionsOf(item, (criterion, config) => {
        const finding: Finding | { reason: string } = findingOf(criterion, config, input);
        return 'reason' in finding ? undefined : finding.met;
      });
    });
  } finally {
    lines.close();
  }
}

function judgementsOf({ sample }: AuditItem, state: RunState, lines: LineReader): Judgements | undefined {
  const panel = panelNames(state.start);
  const attempt = findAttempt(state, REPLIES, 1, sample.hash);
  return panel && attempt && standingJudgements(attempt, panel, lines);
}

type Criterion = RubricConfig['criteria'][number];

function decisionsOf(
  item: AuditItem,
  met: (criterion: Criterion, config: RubricConfig) => number | undefined,
): AuditDecision[] {
  const config = item.sample.checks[0]?.config as RubricConfig;
  return config.criteria.map((criterion) => ({
    lang: item.sample.lang,
    kind: item.kind,
    cluster: `${item.sample.task} ${criterion.id} ${item.said[criterion.id]}`,
    negative: item.negative[criterion.id] ?? false,
    truth: item.truth[criterion.id] ?? false,
    met: met(criterion, config),
  }));
}
