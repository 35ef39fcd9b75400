import { add, type Complex, conj, div, mul, scale, sub, sum } from '../../math/complex.ts';
import { type Phases, toSequence } from '../short-circuit/symmetrical.ts';
import { type EndRecord, type LineFaultType, quadrature, type TwoSourceLine } from './line-fault.ts';

import { realRoots } from './quadratic.ts';

/** What the locator knows of its line: positive- and zero-sequence impedance of the whole length, in ohms. */
export interface LineSettings {
  length_km: number;
  z1_ohm: Complex;
  z0_ohm: Complex;
}

export const settingsOf = (line: TwoSourceLine): LineSettings => ({
  length_km: line.length_km,
  z1_ohm: scale(line.z1_ohm_per_km, line.length_km),
  z0_ohm: scale(line.z0_ohm_per_km, line.length_km),
});

/** Residual compensation k0 = (Z0 − Z1)/(3·Z1). */
export const residualFactor = ({ z1_ohm, z0_ohm }: LineSettings): Complex =>
  div(sub(z0_ohm, z1_ohm), scale(z1_ohm, 3));

export interface Loop {
  v: Complex;
  i: Complex;
}

/** Voltage and current of the faulted loop: phase a with k0·3I0 for LG, b − c for the others. */
export function faultLoop(type: LineFaultType, v: Phases, i: Phases, k0: Complex): Loop {
  if (type === 'LG') return { v: v.a, i: add(i.a, mul(k0, sum(i.a, i.b, i.c))) };
  return { v: sub(v.b, v.c), i: sub(i.b, i.c) };
}

export interface Located {
  /** Fraction of the line from the measuring end; outside [0, 1] means beyond the line or behind. */
  m: number;
  distance_km: number;
}

export const located = (m: number, { length_km }: LineSettings): Located => ({
  m,
  distance_km: m * length_km,
});

/** Simple reactance: m = Im(V/I)/X1. Exact only where the fault has no resistance or its current is in phase with I. */
export function reactanceMethod(end: EndRecord, type: LineFaultType, line: LineSettings): Located {
  const loop = faultLoop(type, end.v, end.i, residualFactor(line));
  return located(div(loop.v, loop.i).im / line.z1_ohm.im, line);
}

/** The loop's own current less what flowed before the fault, without residual compensation. */
export function superposed(end: EndRecord, type: LineFaultType): Complex {
  const [now, before] = [end.i, end.i_prefault];
  return type === 'LG' ? sub(now.a, before.a) : sub(sub(now.b, now.c), sub(before.b, before.c));
}

/**
 * Takagi: m = Im(V·ΔI*)/Im(Z1·I·ΔI*), ΔI the change of the loop's phase current by the fault. Removes the load; what is
 * left is the angle between ΔI and the current in the fault (inhomogeneous system).
 */
export function takagiMethod(end: EndRecord, type: LineFaultType, line: LineSettings): Located {
  const loop = faultLoop(type, end.v, end.i, residualFactor(line));
  return located(polarised(loop, superposed(end, type), line), line);
}

const polarised = (loop: Loop, by: Complex, { z1_ohm }: LineSettings): number =>
  quadrature(loop.v, by) / quadrature(mul(z1_ohm, loop.i), by);

export interface SourceImpedances {
  s: { z1_ohm: Complex; z0_ohm: Complex };
  r: { z1_ohm: Complex; z0_ohm: Complex };
}

/**
 * Modified Takagi: polarised by a sequence current that needs no record from before the fault (I0 for LG, jI2 for LL and
 * LLG, ΔI for 3ph), turned by the angle at which that current leaves the sources. With P(m) the current in the fault up to a
 * real factor, Im((V − m·Z1·I)·P(m)*) = 0 is a quadratic in m: no iteration. Where two roots lie on
 * the line both are candidates, and the one nearer the unturned estimate is taken. Without source impedances the angle is 0.
 */
export function modifiedTakagiMethod(
  end: EndRecord,
  type: LineFaultType,
  line: LineSettings,
  sources?: SourceImpedances,
): Located & { candidates: number[] } {
  const loop = faultLoop(type, end.v, end.i, residualFactor(line));
  const by = polarising(end, type);
  const unturned = polarised(loop, by, line);
  if (!sources) return { ...located(unturned, line), candidates: [unturned] };
  const { total, far, slope } = distribution(type, line, sources);
  // 1/(far − m·slope) turns as its conjugate does.
  const p0 = mul(mul(by, total), conj(far));
  const p1 = scale(mul(mul(by, total), conj(slope)), -1);
  const drop = mul(line.z1_ohm, loop.i);
  const roots = realRoots(
    -quadrature(drop, p1),
    quadrature(loop.v, p1) - quadrature(drop, p0),
    quadrature(loop.v, p0),
  );
  const onLine = roots.filter((m) => m >= -1e-6 && m <= 1 + 1e-6);
  const candidates = (onLine.length > 0 ? onLine : roots).toSorted(
    (x, y) => Math.abs(x - unturned) - Math.abs(y - unturned),
  );
  return { ...located(candidates[0] ?? unturned, line), candidates };
}

/** In LL and LLG the loop b − c carries a²−a times the difference of sequences: negative sequence alone gives (a − a²)·I2. */
function polarising(end: EndRecord, type: LineFaultType): Complex {
  const { zero, negative } = toSequence(end.i);
  if (type === 'LG') return zero;
  return type === '3ph' ? superposed(end, type) : mul({ re: 0, im: 1 }, negative);
}

/** Current distribution d = (far − m·slope)/total of the polarising sequence: the share of the fault's current that S sees. */
function distribution(
  type: LineFaultType,
  line: LineSettings,
  { s, r }: SourceImpedances,
): { total: Complex; far: Complex; slope: Complex } {
  const [zs, zr, zl] = type === 'LG' ? [s.z0_ohm, r.z0_ohm, line.z0_ohm] : [s.z1_ohm, r.z1_ohm, line.z1_ohm];
  return { total: sum(zs, zl, zr), far: add(zr, zl), slope: zl };
}
