import { type AcFlow, type AcOptions, type AcSolution, acFlow, solveAc } from './ac-flow.ts';
import { acModel, startState } from './ac-model.ts';
import { DEAD } from './ac-problem.ts';
import { type CutOff, cutOffs } from './cut-off.ts';
import { dcFlow } from './dc-flow.ts';
import { type DcConvention, type DcModel, dcModel } from './dc-model.ts';
import { outageFactors } from './distribution-factors.ts';
import type { Network } from './network.ts';
import { switchBranch } from './remedies.ts';
import {
  apparentPower,
  type Overload,
  overloads,
  type Rating,
  type VoltageViolation,
  voltageViolations,
} from './violations.ts';

export interface Outage {
  /** Position in `network.branches` of the branch that trips. */
  branch: number;
  from: number;
  to: number;
  islanding?: CutOff;
  overloads: Overload[];
}

/** What an AC flow after an outage says. */
export interface AcVerdict {
  converged: boolean;
  /** Why there is no flow after the outage: a sign of voltage collapse, or of a method that failed. */
  reason?: string;
  overloads: Overload[];
  voltage_violations: VoltageViolation[];
  vm_lowest?: { bus: number; vm_pu: number };
}

export interface AcOutage extends Outage, AcVerdict {}

export interface N1Options {
  convention?: DcConvention;
  rating?: Rating;
}

/**
 * DC N-1 screening: every live branch tripped in turn. Flows after an outage are f_l + LODF_lk f_k; where the outage splits the
 * network the factors mean nothing, and the parts are solved again, each balanced at its own slack.
 */
export function n1Dc(network: Network, { convention = 'mp', rating = 'a' }: N1Options = {}): Outage[] {
  const model = dcModel(network, { convention });
  const { p_from_mw } = dcFlow(network, { convention });
  const islanding = cutOffs(network, model.live, model.islands);
  return model.live
    .map(({ branch, position }, k): Outage | undefined => {
      if (model.slackOfBus[model.live[k]!.from]! < 0) return undefined;
      const cutOff = islanding.get(position);
      const after = cutOff
        ? dcFlow(switchBranch(network, position, false), { convention }).p_from_mw
        : redistributed(model, p_from_mw, k);
      return {
        branch: position,
        from: branch.from,
        to: branch.to,
        ...(cutOff ? { islanding: cutOff } : {}),
        overloads: overloads(network, (i) => after[i]!, rating),
      };
    })
    .filter((outage) => outage !== undefined);
}

function redistributed(model: DcModel, p_from_mw: readonly number[], k: number): number[] {
  const factors = outageFactors(model, k);
  const before = p_from_mw[model.live[k]!.position]!;
  const after = [...p_from_mw];
  model.live.forEach(({ position }, l) => {
    after[position] = l === k ? 0 : after[position]! + factors[l]! * before;
  });
  return after;
}

/**
 * AC N-1 screening: every live branch tripped in turn and the flow solved again from the voltages before, with loads and
 * schedules as they were; the slack takes up the change of losses. The base case must converge.
 * @throws RangeError where it does not
 */
export function n1Ac(network: Network, { rating = 'a', ...options }: N1Options & AcOptions = {}): AcOutage[] {
  const base = acFlow(network, options);
  if (!base.converged) throw new RangeError(`there is no flow before any outage: ${base.reason}`);
  const { live, islands, problem } = acModel(network);
  const islanding = cutOffs(network, live, islands);
  return live
    .filter(({ from }) => problem.kind[from] !== DEAD)
    .map(({ branch, position }) => {
      const after = switchBranch(network, position, false);
      const cutOff = islanding.get(position);
      return {
        branch: position,
        from: branch.from,
        to: branch.to,
        ...(cutOff ? { islanding: cutOff } : {}),
        ...judge(after, solveNear(after, base, options), rating),
      };
    });
}

/** Solves from the voltages of another flow; buses that were dead there start as usual. */
function solveNear(network: Network, before: AcSolution, options: AcOptions): AcFlow {
  const model = acModel(network);
  const state = startState(model, options.start ?? 'case');
  network.buses.forEach((_, i) => {
    if (model.problem.kind[i] === DEAD || before.vm_pu[i] === 0) return;
    state.va[i] = (before.va_deg[i]! * Math.PI) / 180;
    if (Number.isNaN(model.setpoint[i])) state.vm[i] = before.vm_pu[i]!;
  });
  return solveAc(model, options, state);
}

/** Limits broken by a flow after an outage, or why there is none. */
export function judge(network: Network, flow: AcFlow, rating: Rating): AcVerdict {
  if (!flow.converged)
    return { converged: false, reason: flow.reason, overloads: [], voltage_violations: [] };
  return {
    converged: true,
    overloads: overloads(network, apparentPower(flow), rating),
    voltage_violations: voltageViolations(network, flow),
    vm_lowest: flow.vm_lowest,
  };
}
