import { abs, type Complex, complex, mul, scale, sub } from '../../math/complex.ts';
import type { Branch } from './impedances.ts';

/** Constants of the decay at a minimum time delay in s: μ = a + b·e^(−c·r), q = d + e·ln m (IEC 60909-0). */
const DECAY = [
  { t_s: 0.02, a: 0.84, b: 0.26, c: 0.26, d: 1.03, e: 0.12 },
  { t_s: 0.05, a: 0.71, b: 0.51, c: 0.3, d: 0.79, e: 0.12 },
  { t_s: 0.1, a: 0.62, b: 0.72, c: 0.32, d: 0.57, e: 0.12 },
  { t_s: 0.25, a: 0.56, b: 0.94, c: 0.38, d: 0.26, e: 0.1 },
] as const;

type DecayRow = (typeof DECAY)[number];

/** Linear between the standard's times; held below 0.02 s and above 0.25 s. */
function atTime(t_min_s: number, value: (row: DecayRow) => number): number {
  const later = DECAY.findIndex((row) => row.t_s >= t_min_s);
  if (later === -1) return value(DECAY[3]);
  if (later === 0) return value(DECAY[0]);
  const [low, high] = [DECAY[later - 1]!, DECAY[later]!];
  const part = (t_min_s - low.t_s) / (high.t_s - low.t_s);
  return value(low) + part * (value(high) - value(low));
}

/** μ: decay of a machine's current until the contacts part. 1 where the current is no more than twice the rated one. */
export function decayFactor(ikg_over_irg: number, t_min_s: number): number {
  if (ikg_over_irg <= 2) return 1;
  return Math.min(
    1,
    atTime(t_min_s, ({ a, b, c }) => a + b * Math.exp(-c * ikg_over_irg)),
  );
}

/** q: the further decay of asynchronous motors, by rated MW per pole pair; never above 1 nor below 0. */
export function motorDecayFactor(mw_per_pole_pair: number, t_min_s: number): number {
  return Math.max(
    0,
    Math.min(
      1,
      atTime(t_min_s, ({ d, e }) => d + e * Math.log(mw_per_pole_pair)),
    ),
  );
}

export interface Share {
  branch: Branch;
  /** Initial current at the machine's own node, as a phasor of the same reference as the fault current. */
  ik_ka: Complex;
}

/**
 * Sources by the voltage of their node per volt at the fault, where each feeds the fault by a path of its own with no
 * other source on it: there the standard's rule for networks that are not meshed holds. Undefined where two share a
 * path, since the published results of meshed networks use their rule for every machine.
 */
export function ownPaths(branches: readonly Branch[], at: string): Map<Branch, number> | undefined {
  const seen = new Set([at]);
  const found = new Map<Branch, number>();
  const endsAt = (node: string) =>
    branches.flatMap(({ from, to, ratio }) => {
      if (to === undefined) return [];
      if (from === node) return [{ next: to, step: 1 / ratio }];
      return to === node ? [{ next: from, step: ratio }] : [];
    });
  const explore = (start: { node: string; volts: number }): { branch: Branch; volts: number }[] => {
    const sources: { branch: Branch; volts: number }[] = [];
    const open = [start];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      const { node, volts } = here;
      if (seen.has(node)) continue;
      seen.add(node);
      for (const branch of branches)
        if (branch.to === undefined && branch.from === node) sources.push({ branch, volts });
      for (const { next, step } of endsAt(node)) open.push({ node: next, volts: volts * step });
    }
    return sources;
  };
  for (const branch of branches) if (branch.to === undefined && branch.from === at) found.set(branch, 1);
  for (const { next, step } of endsAt(at)) {
    const [only, ...others] = explore({ node: next, volts: step });
    if (others.length > 0) return undefined;
    if (only) found.set(only.branch, only.volts);
  }
  return found;
}

/**
 * Symmetrical breaking current (IEC 60909-0), in phasors. Where every source has a path of its own, a machine breaks
 * μ·I″k of its share (a motor μ·q·I″k); in a meshed network
 *   I_b = I″k − Σ ΔU″_G/(c·U_n/√3)·(1 − μ)·I″kG − Σ ΔU″_M/(c·U_n/√3)·(1 − μ·q)·I″kM,  ΔU″ = jX″·I″k of the machine.
 * Voltage and current of a machine are both taken at its own node, where their product is the same as at the fault.
 * A machine that gives no more than twice its rated current counts as far: its current does not decay (μ = q = 1).
 * @param ik_ka the fault current as a phasor of the equivalent source's angle 0
 * @param source_kv c·U_n/√3 at the fault
 * @param own where no path is shared, by `ownPaths`
 * @returns kA, rms
 */
export function breakingCurrent(
  ik_ka: Complex,
  source_kv: number,
  shares: readonly Share[],
  t_min_s: number,
  own?: ReadonlyMap<Branch, number>,
): number {
  let ib = ik_ka;
  for (const { branch, ik_ka: share } of shares) {
    const machine = branch.machine;
    if (!machine) continue;
    const times_rated = abs(share) / machine.ir_ka;
    if (times_rated <= 2) continue;
    const mu = decayFactor(times_rated, t_min_s);
    const kept = machine.kind === 'motor' ? mu * motorDecayFactor(machine.mw_per_pole_pair!, t_min_s) : mu;
    const volts = own?.get(branch);
    const dip = volts === undefined ? mul(complex(0, machine.x_ohm / source_kv), share) : complex(volts);
    ib = sub(ib, scale(mul(dip, share), 1 - kept));
  }
  return abs(ib);
}
