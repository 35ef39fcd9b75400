import { add, type Complex, complex, div, mul, polar, scale, sub, ZERO } from '../../math/complex.ts';
import { addSequences, type Phases, type Sequence, toPhases } from '../short-circuit/symmetrical.ts';
import { currentInFault, type EndRecord, type LineFault, type TwoSourceLine } from './line-fault.ts';

/** A second circuit on the same towers, equal to the faulted one, from the one busbar to the other. */
export interface ParallelCircuit {
  /** Zero-sequence coupling of the two circuits; positive and negative sequence of transposed lines do not couple. */
  z0m_ohm_per_km: Complex;
}

/** One end as a recorder keeps it: also the voltages from before the fault. */
export interface EndHistory extends EndRecord {
  v_prefault: Phases;
}

export interface ParallelFault {
  s: EndHistory;
  r: EndHistory;
  /** Zero-sequence current of the sound circuit, from S towards R, kA; 0 without one. */
  i0_parallel: Complex;
  /** Into the fault. */
  i_fault: Sequence;
}

/**
 * A fault on one of two coupled circuits between two sources, solved exactly: per unit of fault current the share x of end
 * S and the current y in the sound circuit follow from
 *   x·(Zs + Zr + Zl) + y·(Zs + Zr + Zm) = Zr + (1 − m)·Zl
 *   x·(Zs + Zr + Zm) + y·(Zs + Zr + Zl) = Zr + (1 − m)·Zm
 * in each sequence (Kirchhoff round both loops; Zm = 0 but in zero sequence). One circuit alone is y = 0.
 * Series impedances only, phase a to earth or phases b and c, as in `simulateLineFault`.
 */
export function simulateParallelFault(
  line: TwoSourceLine,
  fault: LineFault,
  parallel?: ParallelCircuit,
): ParallelFault {
  const km = line.length_km;
  const [zl1, zl0] = [scale(line.z1_ohm_per_km, km), scale(line.z0_ohm_per_km, km)];
  const zm = parallel && scale(parallel.z0m_ohm_per_km, km);
  const one = shares(line.s.z1_ohm, line.r.z1_ohm, zl1, parallel && ZERO, fault.m);
  const zero = shares(line.s.z0_ohm, line.r.z0_ohm, zl0, zm, fault.m);
  const before = loadFlow(line, zl1, parallel !== undefined);
  const e = sub(before.vs, scale(mul(before.i, zl1), fault.m));
  const i_fault = currentInFault(e, one.driving, zero.driving, fault);
  const part = (of: Complex, ofZero: Complex): Sequence => ({
    zero: mul(i_fault.zero, ofZero),
    positive: mul(i_fault.positive, of),
    negative: mul(i_fault.negative, of),
  });
  const end = (side: 's' | 'r', e0: Complex, i0: Complex): EndHistory =>
    historyOf(line[side], e0, i0, {
      line: part(one[side], zero[side]),
      source: part(one[`${side}_source`], zero[`${side}_source`]),
    });
  return {
    s: end('s', before.vs, before.i),
    r: end('r', before.vr, scale(before.i, -1)),
    i0_parallel: mul(i_fault.zero, zero.sound),
    i_fault,
  };
}

/** What an end records: its own values from before, and the change that the fault makes in the line and in its source (both circuits). */
function historyOf(
  source: TwoSourceLine['s'],
  e0: Complex,
  i0: Complex,
  change: { line: Sequence; source: Sequence },
): EndHistory {
  const positive = (value: Complex): Sequence => ({ zero: ZERO, positive: value, negative: ZERO });
  const voltage: Sequence = {
    zero: scale(mul(source.z0_ohm, change.source.zero), -1),
    positive: sub(e0, mul(source.z1_ohm, change.source.positive)),
    negative: scale(mul(source.z1_ohm, change.source.negative), -1),
  };
  return {
    v: toPhases(voltage),
    v_prefault: toPhases(positive(e0)),
    i: toPhases(addSequences(positive(i0), change.line)),
    i_prefault: toPhases(positive(i0)),
  };
}

/** Busbar voltages and the current into the faulted circuit at S before the fault. */
function loadFlow(line: TwoSourceLine, zl1: Complex, twice: boolean): Record<'vs' | 'vr' | 'i', Complex> {
  const [es, er] = [complex(line.s.e_kv), polar(line.r.e_kv, -line.load_angle_deg)];
  const between = twice ? scale(zl1, 0.5) : zl1;
  const total = div(sub(es, er), add(add(line.s.z1_ohm, between), line.r.z1_ohm));
  return {
    vs: sub(es, mul(line.s.z1_ohm, total)),
    vr: add(er, mul(line.r.z1_ohm, total)),
    i: twice ? scale(total, 0.5) : total,
  };
}

interface Shares {
  /** Into the faulted circuit at its ends, and in the sound one from S to R, per unit of fault current. */
  s: Complex;
  r: Complex;
  sound: Complex;
  s_source: Complex;
  r_source: Complex;
  /** What the fault sees, ohms. */
  driving: Complex;
}

function shares(zs: Complex, zr: Complex, zl: Complex, zm: Complex | undefined, m: number): Shares {
  const sources = add(zs, zr);
  const far = (z: Complex) => add(zr, scale(z, 1 - m));
  const [own, cross] = [add(sources, zl), add(sources, zm ?? ZERO)];
  const [x, y] = zm ? solvePair(own, cross, far(zl), far(zm)) : [div(far(zl), own), ZERO];
  const rest = sub(complex(1), x);
  const s_source = add(x, y);
  const drop = add(mul(zs, s_source), scale(add(mul(zl, x), mul(zm ?? ZERO, y)), m));
  return { s: x, r: rest, sound: y, s_source, r_source: sub(rest, y), driving: drop };
}

/** a·x + b·y = p and b·x + a·y = q. */
function solvePair(a: Complex, b: Complex, p: Complex, q: Complex): [Complex, Complex] {
  const det = sub(mul(a, a), mul(b, b));
  return [div(sub(mul(a, p), mul(b, q)), det), div(sub(mul(a, q), mul(b, p)), det)];
}
