import type { Checker, CheckInput, ConfigProblem } from '../../core/checker.ts';
import { type Score, scored, unscored, wrong } from '../../core/score.ts';
import { regexProblem } from '../text.ts';
import { type Criterion, type RubricConfig, rubricConfig } from './config.ts';
import { judgeRequest, readVerdict } from './judge.ts';
import { lexicallyMet, ownWords } from './lexical.ts';

type Finding = { criterion: Criterion; met: boolean; explanation: string };

/**
 * Weighted criteria, one judge call each: score = Σ points met / Σ positive points (the arithmetic of HealthBench),
 * clipped to 0..1 for each sample, since a sample's score may not leave that range. Without a judge the criteria's
 * own lexical evidence decides, and the reason says so.
 */
export const rubric: Checker<RubricConfig> = {
  kind: 'rubric',
  version: 1,
  config: rubricConfig,
  validate: (config, context) =>
    config.criteria.flatMap((criterion, index) => criterionProblems(criterion, index, context.langs)),
  judgeRequests: (config, input) =>
    isTrivial(input) ? [] : config.criteria.map((criterion) => judgeRequest(criterion, input)),
  check(config, input) {
    if (isTrivial(input)) return wrong('the reply is empty, or only repeats the question');
    if (!input.judgements) {
      const findings = config.criteria.map((criterion) => ({
        criterion,
        met: lexicallyMet(criterion, input),
        explanation: '',
      }));
      return total(findings, 'lexical');
    }
    return judged(config, input.judgements);
  },
};

const isTrivial = (input: CheckInput) =>
  ownWords(input.reply, input.question).replace(/[\s\p{P}]/gu, '').length < 4;

function judged(config: RubricConfig, judgements: NonNullable<CheckInput['judgements']>): Score {
  const findings: Finding[] = [];
  const judges = new Set<string>();
  for (const criterion of config.criteria) {
    const judgement = Object.hasOwn(judgements, criterion.id) ? judgements[criterion.id] : undefined;
    if (!judgement) return unscored('judge', `${criterion.id}: not judged yet`);
    if (judgement.status === 'failed') return unscored('judge', `${criterion.id}: ${judgement.reason}`);
    const verdict = readVerdict(judgement.text);
    if (!verdict) return unscored('judge', `${criterion.id}: the judge's reply holds no verdict`);
    judges.add(judgement.judge);
    findings.push({ criterion, met: verdict.met, explanation: verdict.explanation.slice(0, 500) });
  }
  return total(findings, [...judges].join(', '));
}

function total(findings: readonly Finding[], judge: string): Score {
  const possible = findings.reduce((sum, { criterion }) => sum + Math.max(0, criterion.points), 0);
  const points = findings.reduce((sum, { criterion, met }) => sum + (met ? criterion.points : 0), 0);
  const details = findings.map(({ criterion, met, explanation }) => ({
    criterion: criterion.id,
    points: criterion.points,
    met,
    ...(explanation ? { explanation } : {}),
  }));
  return scored(points / possible, `${points} of ${possible} points; judge: ${judge}`, { details });
}

function criterionProblems(
  criterion: Criterion,
  index: number,
  langs: readonly ('en' | 'zh')[],
): ConfigProblem[] {
  const at = ['criteria', index] as const;
  return langs.flatMap((lang) => [
    ...(criterion.text[lang]
      ? []
      : [{ path: [...at, 'text'], message: `criterion "${criterion.id}" has no text in ${lang}` }]),
    ...(criterion.evidence[lang]
      ? []
      : [{ path: [...at, 'evidence'], message: `criterion "${criterion.id}" has no evidence in ${lang}` }]),
    ...(criterion.evidence[lang] ?? [])
      .flat()
      .flatMap(regexProblem)
      .map((problem) => ({ ...problem, path: [...at, 'evidence', lang] })),
  ]);
}
