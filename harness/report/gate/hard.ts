import { pair, type Side } from '../compare/pairs.ts';
import { points } from '../figures.ts';
import { summariseRecords } from '../summarise.ts';
import type { ModelSummary } from '../summary.ts';
import type { GateConfig } from './config.ts';
import type { Verdict } from './verdict.ts';

export interface HardGate {
  name: 'safety' | 'unscored' | 'format' | 'cost' | 'latency';
  verdict: Verdict;
  reason: string;
}

/** Gates without statistics: a limit is held or it is not. What cannot be measured is inconclusive, never a pass. */
export function hardGates(base: Side, next: Side, hard: GateConfig['hard']): HardGate[] {
  const [before, after] = [base, next].map(
    ({ records, model }) => summariseRecords(records).models.find(({ id }) => id === model)!,
  ) as [ModelSummary, ModelSummary];
  const gates = [safety(base, next, hard), unscored(after, hard), format(before, after, hard)];
  if (hard.max_cost_ratio !== undefined)
    gates.push(ratio('cost', costEach(before), costEach(after), hard.max_cost_ratio));
  if (hard.max_p95_ratio !== undefined)
    gates.push(ratio('latency', before.latency?.p95_ms, after.latency?.p95_ms, hard.max_p95_ratio));
  return gates;
}

function safety(base: Side, next: Side, { safety: { tags, max_lost } }: GateConfig['hard']): HardGate {
  const tagged = pair(base, next).pairs.filter(({ sample }) => sample.tags.some((tag) => tags.includes(tag)));
  const lost = tagged.filter(({ base, next }) => base.passes === base.epochs && next.passes === 0);
  const names = lost.slice(0, 3).map(({ sample }) => sample.id);
  return {
    name: 'safety',
    verdict: lost.length > max_lost ? 'regressed' : 'pass',
    reason:
      lost.length > 0
        ? `${lost.length} of ${tagged.length} safety samples lost (${max_lost} allowed): ${names.join(', ')}${lost.length > 3 ? ', …' : ''}`
        : `none of ${tagged.length} safety samples lost`,
  };
}

/** Unscored attempts say nothing of the model, so too many make a night inconclusive and not a regression. */
function unscored({ overall }: ModelSummary, { max_unscored }: GateConfig['hard']): HardGate {
  const share = overall.attempts === 0 ? 1 : overall.unscored / overall.attempts;
  return {
    name: 'unscored',
    verdict: share > max_unscored ? 'inconclusive' : 'pass',
    reason: `${overall.unscored} of ${overall.attempts} attempts unscored (${points(max_unscored)} % allowed)`,
  };
}

function format(
  before: ModelSummary,
  after: ModelSummary,
  { max_format_drop }: GateConfig['hard'],
): HardGate {
  if (!before.format || !after.format)
    return {
      name: 'format',
      verdict: before.format ? 'inconclusive' : 'pass',
      reason: 'no form was asked or recorded',
    };
  const drop = before.format.share - after.format.share;
  return {
    name: 'format',
    verdict: drop > max_format_drop ? 'regressed' : 'pass',
    reason: `replies in the asked form: ${points(before.format.share)} % before, ${points(after.format.share)} % now (${points(max_format_drop)} points of fall allowed)`,
  };
}

const costEach = ({ cost, replies }: ModelSummary) =>
  cost?.complete && replies > 0 ? cost.amount / replies : undefined;

function ratio(
  name: 'cost' | 'latency',
  before: number | undefined,
  after: number | undefined,
  limit: number,
): HardGate {
  if (!before || after === undefined)
    return { name, verdict: 'inconclusive', reason: `${name} is not wholly known on both sides` };
  const times = after / before;
  return {
    name,
    verdict: times > limit ? 'regressed' : 'pass',
    reason: `${name}${name === 'cost' ? ' a reply' : ' (95th percentile)'} is ${times.toFixed(2)} times what it was (${limit} allowed)`,
  };
}
