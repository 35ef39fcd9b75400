import { abs, complex, div, mul } from '../../math/complex.ts';
import { breakingCurrent, ownPaths } from './breaking.ts';
import { type Branch, branchesOf } from './impedances.ts';
import { busOf, type CurrentCase, type ShortCircuitNetwork, voltageFactor } from './network.ts';
import { type KappaMethod, peakFactor } from './peak.ts';
import { isFed, sourceShare, thevenin } from './thevenin.ts';

export interface ShortCircuitOptions {
  case?: CurrentCase;
  kappa?: KappaMethod;
  /** Minimum time delay of the breaker, for the breaking current. */
  t_min_s?: number;
}

export interface ShortCircuitResult {
  bus: string;
  case: CurrentCase;
  c: number;
  /** Initial symmetrical short-circuit current, three-phase, rms. */
  ik_ka: number;
  /** S″k = √3·U_n·I″k. */
  sk_mva: number;
  z_ohm: { r: number; x: number };
  kappa_method: KappaMethod;
  kappa: number;
  /** R/X that κ was found with. */
  rx: number;
  /** Peak current. */
  ip_ka: number;
  t_min_s: number;
  /** Symmetrical breaking current at t_min. */
  ib_ka: number;
  /** Steady-state current of a meshed network: the initial current without motors. Null where only motors feed. */
  ik_steady_ka: number | null;
  /** Share of each source, at its own node and voltage level. */
  contributions: { name: string; ik_ka: number }[];
}

/**
 * Three-phase short circuit at a bus by IEC 60909-0: I″k = c·U_n/(√3·|Z_k|), Z_k by the bus impedance matrix of the
 * corrected impedances. At the terminals of a power-station unit the rated voltage of its generator stands for U_n.
 * @throws RangeError for an unknown bus, or one that no source feeds
 */
export function shortCircuit(
  network: ShortCircuitNetwork,
  at: string,
  options: ShortCircuitOptions = {},
): ShortCircuitResult {
  const { case: which = 'max', kappa: method = 'C', t_min_s = 0.1 } = options;
  const bus = busOf(network, at);
  const branches = branchesOf(network, which, at);
  const c = voltageFactor(bus, which);
  const source_kv = (c * equivalentVoltage(network, at)) / Math.sqrt(3);
  const seen = thevenin(branches, at);
  const ik = div(complex(source_kv), seen.z);
  const ik_ka = abs(ik);
  const shares = branches
    .filter((b) => b.to === undefined && seen.transfer.has(b.from))
    .map((branch) => ({ branch, ik_ka: mul(ik, sourceShare(branch, seen)) }));
  const { kappa, rx } = peakFactor(branches, bus, network.buses, method);
  return {
    bus: at,
    case: which,
    c,
    ik_ka,
    sk_mva: Math.sqrt(3) * bus.un_kv * ik_ka,
    z_ohm: { r: seen.z.re, x: seen.z.im },
    kappa_method: method,
    kappa,
    rx,
    ip_ka: kappa * Math.SQRT2 * ik_ka,
    t_min_s,
    ib_ka: breakingCurrent(ik, source_kv, shares, t_min_s, ownPaths(branches, at)),
    ik_steady_ka: withoutMotors(branches, at, source_kv),
    contributions: shares.map(({ branch, ik_ka: share }) => ({ name: branch.name, ik_ka: abs(share) })),
  };
}

/** U_n of the bus in kV; at a unit's generator terminals the generator's rated voltage. */
export function equivalentVoltage(network: ShortCircuitNetwork, at: string): number {
  const unit = network.elements.find((e) => e.kind === 'power-station' && e.terminal === at);
  return unit?.kind === 'power-station' ? unit.generator.ur_kv : busOf(network, at).un_kv;
}

function withoutMotors(branches: readonly Branch[], at: string, source_kv: number): number | null {
  const kept = branches.filter((b) => b.machine?.kind !== 'motor');
  return isFed(kept, at) ? source_kv / abs(thevenin(kept, at).z) : null;
}

/** Every bus, in the network's order. */
export function shortCircuitAll(
  network: ShortCircuitNetwork,
  options: ShortCircuitOptions = {},
): ShortCircuitResult[] {
  return network.buses.map(({ id }) => shortCircuit(network, id, options));
}

/** Whether a breaker's ratings cover a fault: its rated breaking and making (peak) currents against I_b and i_p. */
export function breakerAdequacy(
  result: ShortCircuitResult,
  rating: { breaking_ka: number; making_ka: number },
): { adequate: boolean; breaking_margin_ka: number; making_margin_ka: number } {
  const breaking_margin_ka = rating.breaking_ka - result.ib_ka;
  const making_margin_ka = rating.making_ka - result.ip_ka;
  return {
    adequate: breaking_margin_ka >= 0 && making_margin_ka >= 0,
    breaking_margin_ka,
    making_margin_ka,
  };
}
