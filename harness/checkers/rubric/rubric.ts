import type { Checker, CheckInput, ConfigProblem } from '../../core/checker.ts';
import { type Score, scored, unscored, wrong } from '../../core/score.ts';
import { regexProblem } from '../text.ts';
import { batchRequest } from './batch.ts';
import { type Criterion, type RubricConfig, rubricConfig } from './config.ts';
import { judgeRequest } from './judge.ts';
import { lexicallyMet } from './lexical.ts';
import { worthless } from './precheck.ts';
import { type Finding, findingOf, judgesIn } from './verdicts.ts';

/**
 * Weighted criteria, one judge call each: score = Σ points met / Σ positive points (the arithmetic of HealthBench),
 * clipped to 0..1 for each sample, since a sample's score may not leave that range. Without a judge the criteria's
 * own lexical evidence decides, and the reason says so. What says nothing of its own is worth 0, and no judge sees it.
 */
export const rubric: Checker<RubricConfig> = createRubric({ precheck: worthless });

/** @param precheck why a reply is worth 0 before it is judged: an audit judges everything, so that it sees the judge alone */
export function createRubric({ precheck }: { precheck: typeof worthless }): Checker<RubricConfig> {
  return {
    kind: 'rubric',
    version: 2,
    config: rubricConfig,
    validate: (config, { langs }) => [
      ...langs
        .filter((lang) => config.facts && !config.facts[lang])
        .map((lang) => ({ path: ['facts'], message: `the facts are not told in ${lang}` })),
      ...config.criteria.flatMap((criterion, index) => criterionProblems(criterion, index, langs)),
    ],
    judgeRequests(config, input, { batch = false } = {}) {
      if (precheck(config, input) !== undefined) return [];
      return batch
        ? [batchRequest(config, input)]
        : config.criteria.map((criterion) => judgeRequest(criterion, config, input));
    },
    check(config, input) {
      const reason = precheck(config, input);
      if (reason !== undefined) return wrong(reason);
      return input.judgements ? judged(config, input, input.judgements) : lexical(config, input);
    },
  };
}

function lexical(config: RubricConfig, input: CheckInput): Score {
  const findings = config.criteria.map((criterion) => ({
    criterion,
    met: Number(lexicallyMet(criterion, input)),
    explanation: '',
  }));
  return total(findings, 'judge: lexical');
}

function judged(
  config: RubricConfig,
  input: CheckInput,
  judgements: NonNullable<CheckInput['judgements']>,
): Score {
  const findings: Finding[] = [];
  for (const criterion of config.criteria) {
    const finding = findingOf(criterion, config, input);
    if ('reason' in finding) return unscored('judge', finding.reason);
    findings.push(finding);
  }
  const judges = judgesIn(judgements);
  const split = findings.filter(({ votes }) => votes?.some(({ met }) => met !== votes[0]?.met)).length;
  const panel = judges.length > 1 ? `; they differ on ${split} of ${findings.length} criteria` : '';
  return total(findings, `judge: ${judges.join(', ')}${panel}`);
}

function total(findings: readonly Finding[], by: string): Score {
  const possible = findings.reduce((sum, { criterion }) => sum + Math.max(0, criterion.points), 0);
  const points = findings.reduce((sum, { criterion, met }) => sum + met * criterion.points, 0);
  const details = findings.map(({ criterion, met, explanation, votes }) => ({
    criterion: criterion.id,
    points: criterion.points,
    met: met === 0 || met === 1 ? met === 1 : met,
    ...(explanation ? { explanation: explanation.slice(0, 500) } : {}),
    ...(votes ? { votes: [...votes] } : {}),
  }));
  return scored(points / possible, `${Number(points.toFixed(3))} of ${possible} points; ${by}`, { details });
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
