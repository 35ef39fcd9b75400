import { abs, add, type Complex, conj, div, mul, sub } from '../../math/complex.ts';
import { type Sequence, toSequence } from '../short-circuit/symmetrical.ts';
import { type FaultRecord, shiftClock } from './line-fault.ts';
import { realRoots } from './quadratic.ts';
import { type LineSettings, type Located, reactanceMethod } from './single-ended.ts';

/**
 * Synchronised phasors of both ends: from V_S − m·Z1·I_S = V_R − (1 − m)·Z1·I_R,
 *   m = (V_S − V_R + Z1·I_R)/(Z1·(I_S + I_R)), in positive sequence.
 * Neither fault resistance nor load nor sources enter. `imaginary` is what is left of m beside the real axis: 0 for
 * clean records, and a warning of a clock error or a wrong line impedance.
 */
export function synchronisedMethod(record: FaultRecord, line: LineSettings): Located & { imaginary: number } {
  const [vs, vr] = [toSequence(record.s.v).positive, toSequence(record.r.v).positive];
  const [is, ir] = [toSequence(record.s.i).positive, toSequence(record.r.i).positive];
  const m = div(add(sub(vs, vr), mul(line.z1_ohm, ir)), mul(line.z1_ohm, add(is, ir)));
  return { m: m.re, distance_km: m.re * line.length_km, imaginary: m.im };
}

export interface UnsynchronisedLocation extends Located {
  /** Angle by which end R's clock is ahead of end S's. */
  sync_deg: number;
  /** Every root on the line: two mean that magnitudes alone cannot tell, and the one nearer the reactance method is taken. */
  candidates: number[];
}

/**
 * Phasors of two clocks: the magnitudes of the voltage at the fault must agree from both ends,
 *   |V_S − m·Z1·I_S| = |V_R − (1 − m)·Z1·I_R|, a quadratic in m.
 * Negative sequence for unbalanced faults (the load does not enter), positive for 3ph.
 * @returns null where no root lies on the line
 */
export function unsynchronisedMethod(record: FaultRecord, line: LineSettings): UnsynchronisedLocation | null {
  const which: keyof Sequence = record.type === '3ph' ? 'positive' : 'negative';
  const of = (end: 's' | 'r') => ({
    v: toSequence(record[end].v)[which],
    i: toSequence(record[end].i)[which],
  });
  const [s, r] = [of('s'), of('r')];
  const [dropS, dropR] = [mul(line.z1_ohm, s.i), mul(line.z1_ohm, r.i)];
  // |A − mB|² = |C + mD|² with A = V_S, B = Z·I_S, C = V_R − Z·I_R, D = Z·I_R
  const atR = sub(r.v, dropR);
  const roots = realRoots(
    abs(dropS) ** 2 - abs(dropR) ** 2,
    -2 * (innerProduct(s.v, dropS) + innerProduct(atR, dropR)),
    abs(s.v) ** 2 - abs(atR) ** 2,
  );
  const candidates = roots.filter((m) => m >= -1e-6 && m <= 1 + 1e-6);
  const guide = reactanceMethod(record.s, record.type, line).m;
  const m = candidates.toSorted((a, b) => Math.abs(a - guide) - Math.abs(b - guide))[0];
  if (m === undefined) return null;
  const angle = div(add(atR, mul({ re: m, im: 0 }, dropR)), sub(s.v, mul({ re: m, im: 0 }, dropS)));
  return {
    m,
    distance_km: m * line.length_km,
    sync_deg: (Math.atan2(angle.im, angle.re) * 180) / Math.PI,
    candidates,
  };
}

const innerProduct = (a: Complex, b: Complex): number => mul(a, conj(b)).re;

/** The record with end R turned back by a known clock difference, for the synchronised method. */
export const synchronise = (record: FaultRecord, sync_deg: number): FaultRecord => ({
  ...record,
  r: shiftClock(record.r, -sync_deg),
});
