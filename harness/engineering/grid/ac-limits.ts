import type { AcModel } from './ac-model.ts';
import { type AcState, injectionsAt, type NewtonResult, PQ, PV } from './ac-newton.ts';

/** A bus whose units are at a reactive limit and no longer hold its voltage. */
export interface HeldLimit {
  limit: 'max' | 'min';
  q_mvar: number;
}

const TOLERANCE_MVAR = 1e-4;
const TOLERANCE_PU = 1e-7;
/** A bus that has gone back to holding its voltage so often stays at its limit: two buses could otherwise change in turn for ever. */
const MAX_RETURNS = 3;
const MAX_ROUNDS = 50;

type Solve = (start: AcState) => NewtonResult;

/**
 * Solves, then moves every PV bus beyond its reactive limits to PQ at that limit, and moves a limited bus back once its voltage
 * shows that it no longer needs the limit (above setpoint at the maximum, below at the minimum); until nothing changes.
 * Slack buses are not limited. `model.problem` is changed.
 */
export function solveWithinLimits(
  model: AcModel,
  first: NewtonResult,
  solve: Solve,
): { result: NewtonResult; limited: Map<number, HeldLimit>; settled: boolean } {
  const ranges = reactiveRanges(model);
  const limited = new Map<number, HeldLimit>();
  const returns = new Map<number, number>();
  let result = first;
  for (let round = 0; round < MAX_ROUNDS && result.converged; round++) {
    const released = releaseLimits(model, result.state, limited, returns);
    const caught = catchViolations(model, result.state, ranges, limited);
    if (!released && !caught) return { result, limited, settled: true };
    const iterations = result.iterations;
    result = solve(result.state);
    result = { ...result, iterations: result.iterations + iterations };
  }
  return { result, limited, settled: false };
}

/** Sum of the reactive limits of the units at each bus, Mvar. */
function reactiveRanges({ units }: AcModel): Map<number, { min: number; max: number }> {
  const ranges = new Map<number, { min: number; max: number }>();
  for (const { generator, bus } of units) {
    const range = ranges.get(bus) ?? { min: 0, max: 0 };
    range.min += generator.q_min_mvar;
    range.max += generator.q_max_mvar;
    ranges.set(bus, range);
  }
  return ranges;
}

function catchViolations(
  { network, problem }: AcModel,
  state: AcState,
  ranges: ReadonlyMap<number, { min: number; max: number }>,
  limited: Map<number, HeldLimit>,
): boolean {
  const { q } = injectionsAt(problem.y, state);
  let any = false;
  for (const [bus, { min, max }] of ranges) {
    if (problem.kind[bus] !== PV) continue;
    const load = network.buses[bus]!.q_load_mvar;
    const q_mvar = q[bus]! * network.base_mva + load;
    const limit = q_mvar > max + TOLERANCE_MVAR ? 'max' : q_mvar < min - TOLERANCE_MVAR ? 'min' : undefined;
    if (!limit) continue;
    const held = limit === 'max' ? max : min;
    limited.set(bus, { limit, q_mvar: held });
    problem.kind[bus] = PQ;
    problem.q[bus] = (held - load) / network.base_mva;
    any = true;
  }
  return any;
}

function releaseLimits(
  { problem, setpoint }: AcModel,
  state: AcState,
  limited: Map<number, HeldLimit>,
  returns: Map<number, number>,
): boolean {
  let any = false;
  for (const [bus, { limit }] of limited) {
    const above = state.vm[bus]! - setpoint[bus]!;
    const count = returns.get(bus) ?? 0;
    if (count >= MAX_RETURNS || (limit === 'max' ? above : -above) <= TOLERANCE_PU) continue;
    returns.set(bus, count + 1);
    limited.delete(bus);
    problem.kind[bus] = PV;
    state.vm[bus] = setpoint[bus]!;
    any = true;
  }
  return any;
}
