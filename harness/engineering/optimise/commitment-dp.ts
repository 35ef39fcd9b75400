import { dispatchFixed } from './commitment-dispatch.ts';
import { createStages, type Stages } from './commitment-stages.ts';
import {
  assertCommitmentProblem,
  type CommitmentProblem,
  type CommitmentResult,
  commitmentCost,
  totalCost,
} from './unit-commitment.ts';

/**
 * Unit commitment by exact dynamic programming over the units' states (hours on or off so far): no integer program.
 *
 * Without ramps, the hours' dispatches are independent and the recursion is the answer. Ramps and start and stop
 * limits tie them together; the recursion then bounds the cost of the hours to come from below, and a best-first
 * search extends the commitment whose exact cost so far (a linear program over its hours) and bound are least.
 * Needs `loadSolver()`.
 * @throws RangeError for a malformed problem, or one too large for this method
 */
export function solveCommitmentByStates(problem: CommitmentProblem, limit = 200_000): CommitmentResult {
  assertCommitmentProblem(problem);
  const stages = createStages(problem, limit);
  const open = new Heap();
  const first = stages.costToGo(-1, stages.initial);
  if (first < Infinity)
    open.push({ bound: first, spent: 0, hour: -1, state: stages.initial, masks: [], exact: true });
  for (let path = open.pop(); path; path = open.pop()) {
    if (stages.coupled && !path.exact) {
      const exact = refine(problem, stages, path);
      if (exact) open.push(exact);
      continue;
    }
    if (path.hour === stages.hours - 1) return finish(problem, path);
    for (const { state, mask, cost } of stages.steps(path.hour, path.state)) {
      const [hour, spent] = [path.hour + 1, path.spent + cost];
      const bound = Math.max(path.bound, spent + stages.costToGo(hour, state));
      if (bound < Infinity)
        open.push({ bound, spent, hour, state, masks: [...path.masks, mask], exact: false });
    }
    if (open.size > limit)
      throw new RangeError('too many commitments for dynamic programming: use the integer program');
  }
  return {
    status: 'infeasible',
    reason: 'no commitment that keeps minimum times serves every hour with its reserve and ramps',
    constraints: [],
  };
}

interface Path {
  /** No completion of the path costs less. */
  bound: number;
  /** Cost of the hours so far. */
  spent: number;
  hour: number;
  state: number;
  masks: number[];
  /** Whether `spent` is the exact cost with ramps, not that of hours seen alone. */
  exact: boolean;
}

const onOf = ({ units }: CommitmentProblem, masks: readonly number[]): boolean[][] =>
  units.map((_, i) => masks.map((mask) => (mask & (1 << i)) !== 0));

/** The path at its exact cost so far, or undefined where its hours cannot be served together. */
function refine(problem: CommitmentProblem, stages: Stages, path: Path): Path | undefined {
  const hours = path.hour + 1;
  const cut = {
    ...problem,
    demand_mw: problem.demand_mw.slice(0, hours),
    ...(problem.reserve_mw ? { reserve_mw: problem.reserve_mw.slice(0, hours) } : {}),
  };
  const on = onOf(problem, path.masks);
  const dispatch = dispatchFixed(cut, on);
  if (dispatch.status !== 'optimal') return undefined;
  const spent = totalCost(commitmentCost(problem.units, on, dispatch.dispatch_mw));
  const bound = Math.max(path.bound, spent + stages.costToGo(path.hour, path.state));
  return { ...path, spent, bound, exact: true };
}

function finish(problem: CommitmentProblem, { masks }: Path): CommitmentResult {
  const on = onOf(problem, masks);
  const dispatch = dispatchFixed(problem, on);
  if (dispatch.status !== 'optimal') return dispatch;
  const cost_parts = commitmentCost(problem.units, on, dispatch.dispatch_mw);
  return {
    status: 'optimal',
    on,
    dispatch_mw: dispatch.dispatch_mw,
    cost: totalCost(cost_parts),
    cost_parts,
  };
}

/** Binary heap: least bound first, deeper paths before shallower at a tie. */
class Heap {
  private readonly items: Path[] = [];

  get size(): number {
    return this.items.length;
  }

  push(path: Path): void {
    const { items } = this;
    let i = items.push(path) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(items[i], items[parent])) break;
      [items[i], items[parent]] = [items[parent], items[i]];
      i = parent;
    }
  }

  pop(): Path | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    items[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < items.length && before(items[child], items[least])) least = child;
      if (least === i) return top;
      [items[i], items[least]] = [items[least], items[i]];
      i = least;
    }
  }
}

const before = (a: Path, b: Path): boolean => a.bound < b.bound || (a.bound === b.bound && a.hour > b.hour);
