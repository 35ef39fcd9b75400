import { abs, add, type Complex, mul, polar, scale, sub } from '../../math/complex.ts';
import { equivalentVoltage } from './iec60909.ts';
import { branchesOf } from './impedances.ts';
import { busOf, type CurrentCase, type ShortCircuitNetwork, voltageFactor } from './network.ts';
import { isFed, thevenin } from './thevenin.ts';
import { zeroBranches } from './zero-sequence.ts';

export interface UnbalancedCurrents {
  bus: string;
  case: CurrentCase;
  z1_ohm: { r: number; x: number };
  /** Null where the bus has no path to earth in zero sequence. */
  z0_ohm: { r: number; x: number } | null;
  /** Line-to-earth, I″k1; 0 without a path to earth. */
  ik1_ka: number;
  /** Line-to-line without earth, I″k2. */
  ik2_ka: number;
  /** Line-to-line-to-earth: the two line currents, and what flows to earth. */
  ik2e_l2_ka: number;
  ik2e_l3_ka: number;
  ike2e_ka: number;
}

/**
 * Unbalanced initial currents by IEC 60909-0, with Z2 = Z1 as the standard allows far from generators:
 *   I″k1 = √3·c·U_n/|2·Z1 + Z0|, I″k2 = c·U_n/(2·|Z1|), I″kE2E = √3·c·U_n/|Z1 + 2·Z0|,
 *   I″k2E,L2 = c·U_n·|Z0/Z1 − a|/|Z1 + 2·Z0|, L3 with a².
 * @throws RangeError for an unknown bus, or one that no source feeds
 */
export function unbalancedShortCircuit(
  network: ShortCircuitNetwork,
  at: string,
  which: CurrentCase = 'max',
): UnbalancedCurrents {
  const bus = busOf(network, at);
  const cu = voltageFactor(bus, which) * equivalentVoltage(network, at);
  const z1 = thevenin(branchesOf(network, which, at), at).z;
  const z0 = zeroImpedance(network, at, which);
  const ik2_ka = cu / (2 * abs(z1));
  const base = { bus: at, case: which, z1_ohm: parts(z1), ik2_ka };
  if (!z0) return { ...base, z0_ohm: null, ik1_ka: 0, ik2e_l2_ka: ik2_ka, ik2e_l3_ka: ik2_ka, ike2e_ka: 0 };
  const both = abs(add(z1, scale(z0, 2)));
  const line = (a: Complex) => (cu * abs(sub(z0, mul(a, z1)))) / (both * abs(z1));
  return {
    ...base,
    z0_ohm: parts(z0),
    ik1_ka: (Math.sqrt(3) * cu) / abs(add(scale(z1, 2), z0)),
    ik2e_l2_ka: line(polar(1, 120)),
    ik2e_l3_ka: line(polar(1, -120)),
    ike2e_ka: (Math.sqrt(3) * cu) / both,
  };
}

const parts = (z: Complex) => ({ r: z.re, x: z.im });

function zeroImpedance(network: ShortCircuitNetwork, at: string, which: CurrentCase): Complex | null {
  const branches = zeroBranches(network, which);
  return isFed(branches, at) ? thevenin(branches, at).z : null;
}
