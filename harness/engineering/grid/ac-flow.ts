import { type HeldLimit, solveWithinLimits } from './ac-limits.ts';
import { type AcModel, type AcStart, acModel, startState } from './ac-model.ts';
import { type NewtonResult, newton } from './ac-newton.ts';
import { type AcState, DEAD } from './ac-problem.ts';
import { type BranchFlows, branchFlows, type GeneratorOutputs, generatorOutputs } from './ac-results.ts';
import type { Network } from './network.ts';

export interface AcOptions {
  /** Largest power mismatch that is let pass, per unit. Default 1e-8. */
  tolerance_pu?: number;
  /** Default 20. */
  max_iterations?: number;
  /** First voltages. Left out: the case's own, and where those lead nowhere the DC angles, then a flat start. */
  start?: AcStart;
  /** Hold generators within their reactive limits, off by default: buses then give up their voltage. */
  enforce_q_limits?: boolean;
}

interface Convergence {
  /** Newton steps of the attempt that is reported, over all rounds of reactive limits. */
  iterations: number;
  /** Largest power mismatch left, per unit, and the number of the bus it is at. */
  mismatch_pu: number;
  worst_bus: number;
  start: AcStart;
  damped: boolean;
}

export interface AcSolution extends Convergence, BranchFlows, GeneratorOutputs {
  converged: true;
  /** Active power lost in branches, Σ (p_from + p_to), MW; shunts are loads and not counted. */
  loss_mw: number;
  /** By bus, in the network's order; 0 at buses without a source. */
  vm_pu: number[];
  va_deg: number[];
  vm_lowest: { bus: number; vm_pu: number };
  vm_highest: { bus: number; vm_pu: number };
  /** Buses whose units stand at a reactive limit; empty unless limits are enforced. */
  q_limited: ({ bus: number } & HeldLimit)[];
  /** Buses without a source: isolated, or in an island without a generator in service. */
  dead_buses: number[];
}

export type AcFlow = AcSolution | ({ converged: false; reason: string } & Convergence);

const REASONS = {
  singular: 'the Jacobian became singular',
  diverged: 'the mismatch grew without bound',
  stalled: 'no step in Newton’s direction lessened the mismatch',
  'iteration-limit': 'the iteration limit was reached',
  limits: 'the set of generators at their reactive limits did not settle',
  dead: 'no bus has a generator in service',
} as const;

interface Attempt {
  start: AcStart;
  damped: boolean;
}

/** Plain Newton from the case's voltages first, so that a case that converges gives what any Newton solver gives. */
function attempts(start: AcStart | undefined): Attempt[] {
  const starts: AcStart[] = start ? [start] : ['case', 'dc', 'flat'];
  return [false, true].flatMap((damped) => starts.map((s) => ({ start: s, damped })));
}

/**
 * AC power flow by Newton-Raphson in polar coordinates. Each island has its own slack; islands without a source stay dead.
 * Transformers have their ratio at the from end. Loads draw constant power. A flow that does not exist or was not found is a
 * result, with the reason, and not an exception.
 */
export function acFlow(network: Network, options: AcOptions = {}): AcFlow {
  return solveAc(acModel(network), options);
}

/** As `acFlow`, from given first voltages where those are better known than the case's. */
export function solveAc(model: AcModel, options: AcOptions = {}, near?: AcState): AcFlow {
  const tolerance_pu = options.tolerance_pu ?? 1e-8;
  const max_iterations = options.max_iterations ?? 20;
  const network = model.network;
  let failed: AcFlow | undefined;
  for (const attempt of attempts(options.start)) {
    const kinds = model.problem.kind.slice();
    const q = model.problem.q.slice();
    const solve = (from: AcState): NewtonResult =>
      newton(model.problem, model.busOrder, from, { tolerance_pu, max_iterations, damped: attempt.damped });
    const first = solve(near && !failed ? near : startState(model, attempt.start));
    const { result, limited, settled } = options.enforce_q_limits
      ? solveWithinLimits(model, first, solve)
      : { result: first, limited: new Map<number, HeldLimit>(), settled: true };
    const convergence: Convergence = {
      iterations: result.iterations,
      mismatch_pu: result.mismatch_pu,
      worst_bus: network.buses[result.worst]!.id,
      ...attempt,
    };
    const dead = model.problem.kind.every((kind) => kind === DEAD);
    if (result.converged && settled && !dead) {
      return { ...solution(model, result.state, limited), ...convergence };
    }
    const reason = dead ? 'dead' : result.converged ? 'limits' : result.reason;
    failed ??= { converged: false, reason: REASONS[reason], ...convergence };
    if (dead) break;
    model.problem.kind.set(kinds);
    model.problem.q.set(q);
  }
  return failed!;
}

function solution(
  model: AcModel,
  state: AcState,
  limited: ReadonlyMap<number, HeldLimit>,
): Omit<AcSolution, keyof Convergence> {
  const { buses } = model.network;
  const flows = branchFlows(model, state);
  const alive = buses.map((_, i) => i).filter((i) => model.problem.kind[i] !== DEAD);
  const byVoltage = alive.sort((a, b) => state.vm[a]! - state.vm[b]! || a - b);
  const extreme = (i: number) => ({ bus: buses[i]!.id, vm_pu: state.vm[i]! });
  return {
    converged: true,
    loss_mw: flows.p_from_mw.reduce((sum, p, k) => sum + p + flows.p_to_mw[k]!, 0),
    vm_pu: Array.from(state.vm),
    va_deg: Array.from(state.va, (va) => (va * 180) / Math.PI),
    vm_lowest: extreme(byVoltage[0]!),
    vm_highest: extreme(byVoltage.at(-1)!),
    ...generatorOutputs(model, state, limited),
    ...flows,
    q_limited: [...limited].map(([bus, held]) => ({ bus: buses[bus]!.id, ...held })),
    dead_buses: buses.filter((_, i) => model.problem.kind[i] === DEAD).map((bus) => bus.id),
  };
}
