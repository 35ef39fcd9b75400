import type { Infeasible } from '../grid/network.ts';
import { dispatchFixed } from './commitment-dispatch.ts';
import { createStages, type Stages } from './commitment-stages.ts';
import {
  assertCommitmentProblem,
  type Commitment,
  type CommitmentProblem,
  type CommitmentResult,
  commitmentCost,
  totalCost,
} from './unit-commitment.ts';

/**
 * Unit commitment by exact dynamic programming over the units' states (hours on or off so far): no integer program.
 *
 * Without ramps, the hours' dispatches are independent and the recursion is the answer. Ramps and start and stop
 * limits tie them together; the recursion then gives a lower bound, and commitments are visited in the order of
 * that bound, each dispatched exactly by a linear program, until none left can beat the best found.
 * Needs `loadSolver()`.
 * @throws RangeError for a malformed problem, or one too large for this method
 */
export function solveCommitmentByStates(problem: CommitmentProblem, limit = 200_000): CommitmentResult {
  assertCommitmentProblem(problem);
  const stages = createStages(problem, limit);
  let best: Commitment | undefined;
  let visited = 0;
  for (const { bound, on } of commitmentsInOrder(stages, limit)) {
    if (best && bound >= best.cost - 1e-9 * Math.max(1, Math.abs(best.cost))) break;
    if (++visited > limit)
      throw new RangeError('too many commitments for dynamic programming: use the integer program');
    const dispatch = dispatchFixed(problem, on);
    if (dispatch.status !== 'optimal') continue;
    const cost_parts = commitmentCost(problem.units, on, dispatch.dispatch_mw);
    const cost = totalCost(cost_parts);
    if (!best || cost < best.cost)
      best = { status: 'optimal', on, dispatch_mw: dispatch.dispatch_mw, cost, cost_parts };
    if (!stages.coupled) break;
  }
  return best ?? noCommitment();
}

const noCommitment = (): Infeasible => ({
  status: 'infeasible',
  reason: 'no commitment that keeps minimum times serves every hour with its reserve and ramps',
  constraints: [],
});

interface Path {
  bound: number;
  spent: number;
  hour: number;
  state: number;
  masks: number[];
}

/** All commitments, cheapest bound first: best-first search whose estimate of the rest is exact for the relaxed problem. */
function* commitmentsInOrder(stages: Stages, limit: number): Generator<{ bound: number; on: boolean[][] }> {
  const open = new Heap();
  const first = stages.costToGo(-1, stages.initial);
  if (first < Infinity) open.push({ bound: first, spent: 0, hour: -1, state: stages.initial, masks: [] });
  for (let path = open.pop(); path; path = open.pop()) {
    if (path.hour === stages.hours - 1) {
      const { masks } = path;
      yield {
        bound: path.bound,
        on: stages.names.map((_, i) => masks.map((mask) => (mask & (1 << i)) !== 0)),
      };
      continue;
    }
    for (const step of stages.steps(path.hour, path.state)) {
      const rest = stages.costToGo(path.hour + 1, step.state);
      if (rest === Infinity) continue;
      const spent = path.spent + step.cost;
      open.push({
        bound: spent + rest,
        spent,
        hour: path.hour + 1,
        state: step.state,
        masks: [...path.masks, step.mask],
      });
    }
    if (open.size > 20 * limit) throw new RangeError('too many commitments for dynamic programming');
  }
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
