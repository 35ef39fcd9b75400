import { type Compared, compare } from '../compare/compare.ts';
import type { Side } from '../compare/pairs.ts';
import type { GateConfig } from './config.ts';
import { type HardGate, hardGates } from './hard.ts';
import { type SuiteVerdict, suiteVerdicts, type Verdict, worst } from './verdict.ts';

export interface Gated {
  status: 'gated';
  verdict: Verdict;
  suites: SuiteVerdict[];
  hard: HardGate[];
  /** Suites of the base that have no pair at all: they make the night inconclusive. */
  missing: string[];
  comparison: Compared;
}

export type GateResult = Gated | { status: 'refused'; reasons: string[] };

/** Whether `next` may take the place of `base`: a verdict per suite, the hard gates, and the worst of them all. */
export function gate(
  base: Side,
  next: Side,
  config: GateConfig,
  options: { flips?: number } = {},
): GateResult {
  const comparison = compare(base, next, options);
  if (comparison.status === 'refused') return comparison;
  const marginOf = (suite: string) =>
    Object.hasOwn(config.suites, suite) ? config.suites[suite]!.margin : config.margin;
  const suites = suiteVerdicts(comparison.suites, marginOf, config.alpha);
  const hard = hardGates(base, next, config.hard);
  const paired = new Set(suites.map(({ name }) => name));
  const missing = base.records.suites.map(({ name }) => name).filter((name) => !paired.has(name));
  const verdict = worst([
    ...[...suites, ...hard].map((each) => each.verdict),
    ...(missing.length > 0 ? (['inconclusive'] as const) : []),
  ]);
  return { status: 'gated', verdict, suites, hard, missing, comparison };
}
