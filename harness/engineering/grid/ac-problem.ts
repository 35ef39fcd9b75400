import type { BusAdmittance } from './admittance.ts';

/** What a bus holds: nothing (dead), voltage and angle (slack), power and voltage (pv), power and reactive power (pq). */
export const DEAD = 0;
export const SLACK = 1;
export const PV = 2;
export const PQ = 3;

/** The power flow equations of a network in per unit, by bus position. */
export interface AcProblem {
  y: BusAdmittance;
  kind: Uint8Array;
  /** Net injections asked for; p is not used at slacks, q only at pq buses. */
  p: Float64Array;
  q: Float64Array;
}

export interface AcState {
  vm: Float64Array;
  va: Float64Array;
}

/** Net injections P and Q at given voltages: P_i = V_i Σ V_j (G cos θij + B sin θij), Q_i = V_i Σ V_j (G sin θij - B cos θij). */
export function injectionsAt(y: BusAdmittance, { vm, va }: AcState): { p: Float64Array; q: Float64Array } {
  const p = new Float64Array(y.n);
  const q = new Float64Array(y.n);
  for (let i = 0; i < y.n; i++) {
    for (let e = y.start[i]!; e < y.start[i + 1]!; e++) {
      const j = y.column[e]!;
      const angle = va[i]! - va[j]!;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const scale = vm[i]! * vm[j]!;
      p[i]! += scale * (y.g[e]! * cos + y.b[e]! * sin);
      q[i]! += scale * (y.g[e]! * sin - y.b[e]! * cos);
    }
  }
  return { p, q };
}
