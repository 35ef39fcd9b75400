import { type DcConvention, dcModel, flowsOf, netInjections } from '../dc-model.ts';
import type { Branch, Network } from '../network.ts';
import { shuffled, tidy, type Uniform } from './draw.ts';

const CONVENTIONS: readonly DcConvention[] = ['pm', 'mp'];

/** Absolute flow of each branch under each DC convention, MW. */
function absoluteFlows(network: Network, dispatch_mw: readonly number[]): number[][] {
  return CONVENTIONS.map((convention) => {
    const model = dcModel(network, { convention });
    return flowsOf(model, netInjections(model, dispatch_mw)).p_from_mw.map(Math.abs);
  });
}

/** A circuit is planned to carry this part of its limit. */
const PLANNED_LOADING = 0.5;
const PLANNING_ROUNDS = 4;

/**
 * Doubles, trebles … the circuits of branches that a dispatch would overload, as a planner would: a branch stands for all its
 * circuits side by side. Again until nothing changes, since a stronger branch draws more flow.
 */
export function strengthen(network: Network, dispatches: readonly (readonly number[])[]): Branch[] {
  let branches = network.branches;
  for (let round = 0; round < PLANNING_ROUNDS; round++) {
    const flows = dispatches.flatMap((dispatch) => absoluteFlows({ ...network, branches }, dispatch));
    branches = branches.map((branch, i) => {
      const circuits = Math.ceil(
        Math.max(...flows.map((flow) => flow[i]!)) / (PLANNED_LOADING * branch.rate_mva),
      );
      return circuits > 1 ? sideBySide(branch, circuits) : branch;
    });
  }
  return branches;
}

const sideBySide = (branch: Branch, circuits: number): Branch => ({
  ...branch,
  r_pu: tidy(branch.r_pu / circuits, 4),
  x_pu: tidy(branch.x_pu / circuits, 4),
  b_pu: tidy(branch.b_pu * circuits, 3),
  rate_mva: branch.rate_mva * circuits,
});

/** Limits are round numbers, as in real tables. */
const roundTo = (value: number) => (value < 50 ? 1 : value < 200 ? 5 : 10);

/** Margins: what must fit keeps this distance from a limit, and what must not fit exceeds it by as much. */
const MARGIN = 0.03;

interface Span {
  branch: number;
  /** Flow that must fit, and flow of the cheapest dispatch, which must not. */
  fits: number;
  exceeds: number;
}

/** A round limit strictly between what must fit and what must not, or undefined where there is no room for one. */
function limitBetween(uniform: Uniform, { fits, exceeds }: Span): number | undefined {
  const [low, high] = [fits * (1 + MARGIN), exceeds * (1 - MARGIN)];
  if (!(high > low) || exceeds < 5) return undefined;
  const wished = low + (0.3 + 0.4 * uniform()) * (high - low);
  for (const step of [roundTo(wished), 1]) {
    const limit = Math.round(wished / step) * step;
    if (limit > low && limit < high) return limit;
  }
  return undefined;
}

/**
 * Sets branch limits around two dispatches: `possible` respects them all, `cheapest` breaks `binding` of them, under both DC
 * conventions. So the cheapest dispatch that respects the limits exists, and it is a congested one.
 * Undefined where the two dispatches load too few branches differently.
 */
export function setLimits(
  uniform: Uniform,
  network: Network,
  cheapest: readonly number[],
  possible: readonly number[],
  binding: number,
): Branch[] | undefined {
  const [a, b] = [absoluteFlows(network, cheapest), absoluteFlows(network, possible)];
  const spans = network.branches.map((_, branch) => ({
    branch,
    fits: Math.max(...b.map((flow) => flow[branch]!)),
    exceeds: Math.min(...a.map((flow) => flow[branch]!)),
    most: Math.max(...[...a, ...b].map((flow) => flow[branch]!)),
  }));
  const byGap = [...spans].sort((x, y) => y.exceeds - y.fits - (x.exceeds - x.fits) || x.branch - y.branch);
  const tight = new Map<number, number>();
  for (const span of shuffled(uniform, byGap.slice(0, 2 * binding + 2))) {
    const limit = tight.size < binding ? limitBetween(uniform, span) : undefined;
    if (limit !== undefined) tight.set(span.branch, limit);
  }
  if (tight.size < binding) return undefined;
  return network.branches.map((branch, i) => {
    const needed = spans[i]!.most * 1.25;
    const step = roundTo(needed);
    return {
      ...branch,
      rate_mva: tight.get(i) ?? Math.max(branch.rate_mva, Math.ceil(needed / step) * step),
    };
  });
}
