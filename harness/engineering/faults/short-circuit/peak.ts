import type { Branch } from './impedances.ts';
import type { ShortCircuitBus } from './network.ts';
import { type Thevenin, thevenin } from './thevenin.ts';

/**
 * How the peak factor of a meshed network is found (IEC 60909-0): A, the smallest R/X of any branch; B, the R/X at
 * the fault with the safety factor 1.15; C, the R/X at the fault found at 20 Hz of 50 Hz (24 of 60).
 */
export type KappaMethod = 'A' | 'B' | 'C';

/** κ = 1.02 + 0.98·e^(−3R/X). */
export const kappaOf = (rx: number): number => 1.02 + 0.98 * Math.exp(-3 * rx);

/** The equivalent frequency of method C over the rated one: 20/50 = 24/60. */
export const EQUIVALENT_FREQUENCY_RATIO = 0.4;

/**
 * Peak factor of a fault: i_p = κ·√2·I″k. Generators count with their fictitious resistance.
 * Method A takes the smallest R/X of the branches with an end at the fault's nominal voltage. Method B's product
 * 1.15·κ is limited to 1.8 up to 1 kV and 2.0 above; the 1.15 is left out where every branch has R/X below 0.3.
 */
export function peakFactor(
  branches: readonly Branch[],
  at: ShortCircuitBus,
  buses: readonly ShortCircuitBus[],
  method: KappaMethod,
): { kappa: number; rx: number } {
  if (method === 'C') {
    const { z } = thevenin(branches, at.id, {
      resistance: 'peak',
      frequency_ratio: EQUIVALENT_FREQUENCY_RATIO,
    });
    const rx = (z.re / z.im) * EQUIVALENT_FREQUENCY_RATIO;
    return { kappa: kappaOf(rx), rx };
  }
  const seen = thevenin(branches, at.id, { resistance: 'peak', frequency_ratio: 1 });
  if (method === 'A') {
    const level = new Set(buses.filter((bus) => bus.un_kv === at.un_kv).map((bus) => bus.id));
    const rx = Math.min(
      ...branchRatios(
        branches.filter((b) => level.has(b.from) || (b.to !== undefined && level.has(b.to))),
        seen,
      ),
    );
    return { kappa: kappaOf(rx), rx };
  }
  const ratios = branchRatios(branches, seen);
  const rx = seen.z.re / seen.z.im;
  const safety = ratios.every((ratio) => ratio < 0.3) ? 1 : 1.15;
  return { kappa: Math.min(safety * kappaOf(rx), at.un_kv > 1 ? 2 : 1.8), rx };
}

/** R/X of the branches through which a part of the fault current can flow: sources, and branches between nodes. */
function branchRatios(branches: readonly Branch[], { transfer }: Thevenin): number[] {
  return branches
    .filter((b) => transfer.has(b.from) && b.x_ohm > 0 && b.r_peak_ohm >= 0)
    .map((b) => b.r_peak_ohm / b.x_ohm);
}
