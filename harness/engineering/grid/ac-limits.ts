import type { AcModel } from './ac-model.ts';
import type { NewtonResult } from './ac-newton.ts';
import { type AcState, injectionsAt, PQ, PV } from './ac-problem.ts';

/** A bus whose units are at a reactive limit and no longer hold its voltage. */
export interface HeldLimit {
  limit: 'max' | 'min';
  q_mvar: number;
}

const TOLERANCE_MVAR = 1e-4;
const TOLERANCE_PU = 1e-7;
/** Rounds in which all buses at fault change at once; after them only the first one does, which does not go in circles. */
const JOINT_ROUNDS = 8;
const MAX_ROUNDS = 200;

type Solve = (start: AcState) => NewtonResult;

interface Range {
  min: number;
  max: number;
}

/** A bus that must begin to hold its voltage again, or stop at a limit. */
type Change = { bus: number } & ({ to: 'voltage' } | ({ to: 'limit' } & HeldLimit));

/**
 * Solves, then moves every PV bus beyond its reactive limits to PQ at that limit, and moves a limited bus back once its voltage
 * shows that it does not need the limit (above setpoint at the maximum, below at the minimum); until nothing changes. This is a
 * complementarity problem, and changing the first bus at fault alone is Murty's least-index rule (Math. Programming 7, 1974).
 * Slack buses are not limited. `model.problem` is changed.
 */
export function solveWithinLimits(
  model: AcModel,
  first: NewtonResult,
  solve: Solve,
): { result: NewtonResult; limited: Map<number, HeldLimit>; settled: boolean } {
  const ranges = reactiveRanges(model);
  const limited = new Map<number, HeldLimit>();
  let result = first;
  for (let round = 0; round < MAX_ROUNDS && result.converged; round++) {
    const wanted = faults(model, result.state, ranges, limited);
    if (wanted.length === 0) return { result, limited, settled: true };
    const start = { vm: result.state.vm.slice(), va: result.state.va };
    for (const change of round < JOINT_ROUNDS ? wanted : wanted.slice(0, 1)) {
      apply(model, change, start, limited);
    }
    const iterations = result.iterations;
    result = solve(start);
    result = { ...result, iterations: result.iterations + iterations };
  }
  return { result, limited, settled: false };
}

/** Sum of the reactive limits of the units at each bus, Mvar, in the order of the buses. */
function reactiveRanges({ units }: AcModel): Map<number, Range> {
  const ranges = new Map<number, Range>();
  for (const { generator, bus } of [...units].sort((a, b) => a.bus - b.bus)) {
    const range = ranges.get(bus) ?? { min: 0, max: 0 };
    range.min += generator.q_min_mvar;
    range.max += generator.q_max_mvar;
    ranges.set(bus, range);
  }
  return ranges;
}

function faults(
  { network, problem, setpoint }: AcModel,
  state: AcState,
  ranges: ReadonlyMap<number, Range>,
  limited: ReadonlyMap<number, HeldLimit>,
): Change[] {
  const { q } = injectionsAt(problem.y, state);
  return [...ranges].flatMap(([bus, { min, max }]): Change[] => {
    const held = limited.get(bus);
    if (held) {
      const above = state.vm[bus]! - setpoint[bus]!;
      return (held.limit === 'max' ? above : -above) > TOLERANCE_PU ? [{ bus, to: 'voltage' }] : [];
    }
    if (problem.kind[bus] !== PV) return [];
    const q_mvar = q[bus]! * network.base_mva + network.buses[bus]!.q_load_mvar;
    if (q_mvar > max + TOLERANCE_MVAR) return [{ bus, to: 'limit', limit: 'max', q_mvar: max }];
    if (q_mvar < min - TOLERANCE_MVAR) return [{ bus, to: 'limit', limit: 'min', q_mvar: min }];
    return [];
  });
}

function apply(
  { network, problem, setpoint }: AcModel,
  change: Change,
  start: AcState,
  limited: Map<number, HeldLimit>,
): void {
  const { bus } = change;
  if (change.to === 'voltage') {
    limited.delete(bus);
    problem.kind[bus] = PV;
    start.vm[bus] = setpoint[bus]!;
  } else {
    limited.set(bus, { limit: change.limit, q_mvar: change.q_mvar });
    problem.kind[bus] = PQ;
    problem.q[bus] = (change.q_mvar - network.buses[bus]!.q_load_mvar) / network.base_mva;
  }
}
