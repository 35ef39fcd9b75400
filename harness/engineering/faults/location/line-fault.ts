import {
  add,
  type Complex,
  complex,
  conj,
  div,
  mul,
  parallel,
  polar,
  scale,
  sub,
  ZERO,
} from '../../math/complex.ts';
import { addSequences, type Phases, type Sequence, toPhases } from '../short-circuit/symmetrical.ts';

export type LineFaultType = '3ph' | 'LG' | 'LL' | 'LLG';

/**
 * A line between two equivalent sources, as series impedances in ohms (no charging: lines up to some 80 km). Voltages are
 * phase to earth in kV, currents in kA. Source R lags source S by `load_angle_deg`, which makes the load before the fault.
 */
export interface TwoSourceLine {
  length_km: number;
  z1_ohm_per_km: Complex;
  z0_ohm_per_km: Complex;
  s: { e_kv: number; z1_ohm: Complex; z0_ohm: Complex };
  r: { e_kv: number; z1_ohm: Complex; z0_ohm: Complex };
  load_angle_deg: number;
}

export interface LineFault {
  /** Distance from S as a fraction of the line. */
  m: number;
  type: LineFaultType;
  /** LG: phase to earth; LL: between the phases; LLG: from the joined phases to earth; 3ph: in each phase to a star point. */
  rf_ohm: number;
}

export interface EndRecord {
  /** Phase to earth, kV. */
  v: Phases;
  /** Into the line, kA. */
  i: Phases;
  /** The current into the line before the fault, kA. */
  i_prefault: Phases;
}

export interface FaultRecord {
  type: LineFaultType;
  s: EndRecord;
  r: EndRecord;
}

/** The record and what no relay sees: the total current in the fault. */
export interface SimulatedFault {
  record: FaultRecord;
  fault: LineFault;
  /** Sequence currents into the fault. */
  i_fault: Sequence;
}

/**
 * Phasors at both ends of a faulted line with known truth, by superposition: load flow before the fault, then the fault
 * with sequence networks. LG is phase a to earth; LL and LLG are phases b and c.
 */
export function simulateLineFault(line: TwoSourceLine, fault: LineFault): SimulatedFault {
  const { m } = fault;
  const zl1 = scale(line.z1_ohm_per_km, line.length_km);
  const zl0 = scale(line.z0_ohm_per_km, line.length_km);
  const [es, er] = [complex(line.s.e_kv), polar(line.r.e_kv, -line.load_angle_deg)];
  const load = div(sub(es, er), add(add(line.s.z1_ohm, zl1), line.r.z1_ohm));
  const prefault = sub(es, mul(load, add(line.s.z1_ohm, scale(zl1, m))));
  const sides = {
    s1: add(line.s.z1_ohm, scale(zl1, m)),
    r1: add(line.r.z1_ohm, scale(zl1, 1 - m)),
    s0: add(line.s.z0_ohm, scale(zl0, m)),
    r0: add(line.r.z0_ohm, scale(zl0, 1 - m)),
  };
  const i_fault = currentInFault(prefault, parallel(sides.s1, sides.r1), parallel(sides.s0, sides.r0), fault);
  const share = (near1: Complex, far1: Complex, near0: Complex, far0: Complex): Sequence => ({
    zero: mul(i_fault.zero, div(far0, add(near0, far0))),
    positive: mul(i_fault.positive, div(far1, add(near1, far1))),
    negative: mul(i_fault.negative, div(far1, add(near1, far1))),
  });
  const end = (source: TwoSourceLine['s'], e: Complex, before: Complex, change: Sequence): EndRecord => {
    const prefaultSequence: Sequence = { zero: ZERO, positive: before, negative: ZERO };
    const current = addSequences(prefaultSequence, change);
    const voltage: Sequence = {
      zero: scale(mul(source.z0_ohm, current.zero), -1),
      positive: sub(e, mul(source.z1_ohm, current.positive)),
      negative: scale(mul(source.z1_ohm, current.negative), -1),
    };
    return { v: toPhases(voltage), i: toPhases(current), i_prefault: toPhases(prefaultSequence) };
  };
  return {
    fault,
    i_fault,
    record: {
      type: fault.type,
      s: end(line.s, es, load, share(sides.s1, sides.r1, sides.s0, sides.r0)),
      r: end(line.r, er, scale(load, -1), share(sides.r1, sides.s1, sides.r0, sides.s0)),
    },
  };
}

export function currentInFault(e: Complex, z1: Complex, z0: Complex, { type, rf_ohm }: LineFault): Sequence {
  const rf = complex(rf_ohm);
  switch (type) {
    case '3ph':
      return { zero: ZERO, positive: div(e, add(z1, rf)), negative: ZERO };
    case 'LL': {
      const positive = div(e, add(scale(z1, 2), rf));
      return { zero: ZERO, positive, negative: scale(positive, -1) };
    }
    case 'LG': {
      const i = div(e, add(add(scale(z1, 2), z0), scale(rf, 3)));
      return { zero: i, positive: i, negative: i };
    }
    case 'LLG': {
      const z0f = add(z0, scale(rf, 3));
      const positive = div(e, add(z1, parallel(z1, z0f)));
      const part = div(positive, add(z1, z0f));
      return { positive, negative: scale(mul(part, z0f), -1), zero: scale(mul(part, z1), -1) };
    }
  }
}

/** The phasors of one end as recorded by a clock that is ahead by an angle: what unsynchronised recorders deliver. */
export function shiftClock(end: EndRecord, angle_deg: number): EndRecord {
  const turn = polar(1, angle_deg);
  const shift = ({ a, b, c }: Phases): Phases => ({ a: mul(a, turn), b: mul(b, turn), c: mul(c, turn) });
  return { v: shift(end.v), i: shift(end.i), i_prefault: shift(end.i_prefault) };
}

/** Im(a·b*): the part of a in quadrature to b, the measure every single-ended method is built on. */
export const quadrature = (a: Complex, b: Complex): number => mul(a, conj(b)).im;
