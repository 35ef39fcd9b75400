import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LineFault,
  simulateLineFault,
  type TwoSourceLine,
} from '../../../../harness/engineering/faults/location/line-fault.ts';
import { simulateParallelFault } from '../../../../harness/engineering/faults/location/parallel-fault.ts';
import {
  abs,
  add,
  addTo,
  type Complex,
  type ComplexMatrix,
  complex,
  complexMatrix,
  factor,
  inverseColumn,
  mul,
  polar,
  scale,
  solve,
  sub,
  sum,
  ZERO,
} from '../../../../harness/engineering/math/complex.ts';

const PHASES = [0, 1, 2];
const METAL = 1e7;

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const source = fc.record({
  e_kv: real(60, 68),
  z1_ohm: fc.record({ re: real(0.1, 3), im: real(2, 20) }),
  z0_ohm: fc.record({ re: real(0.1, 3), im: real(2, 20) }),
});
const lines: fc.Arbitrary<TwoSourceLine> = fc.record({
  length_km: real(5, 80),
  z1_ohm_per_km: fc.record({ re: real(0.03, 0.2), im: real(0.3, 0.45) }),
  z0_ohm_per_km: fc.record({ re: real(0.1, 0.5), im: real(1, 1.5) }),
  s: source,
  r: source,
  load_angle_deg: real(-20, 20),
});
const coupling = fc.record({ re: real(0, 0.25), im: real(0.1, 0.85) });
const faults: fc.Arbitrary<LineFault> = fc.record({
  m: real(0.05, 0.95),
  type: fc.constantFrom('3ph' as const, 'LG' as const, 'LL' as const, 'LLG' as const),
  rf_ohm: real(0.1, 20),
});

/** Phase impedances from the sequences of something transposed: self (Z0 + 2·Z1)/3, mutual (Z0 − Z1)/3. */
const phaseOf = (z0: Complex, z1: Complex, p: number, q: number) =>
  p === q ? scale(add(z0, scale(z1, 2)), 1 / 3) : scale(sub(z0, z1), 1 / 3);

function inverted(matrix: ComplexMatrix): Complex[][] {
  const lu = factor(matrix);
  const columns = Array.from({ length: matrix.n }, (_, j) => inverseColumn(lu, j));
  return Array.from({ length: matrix.n }, (_, i) => columns.map((column) => column[i] as Complex));
}

/**
 * Six coupled conductors, node by node: busbars S and R, the fault F, and point P beside it on the sound circuit. Each section is one
 * 6×6 impedance, inverted; no sequence networks, no load flow before the fault to be superposed.
 */
function sixConductors(line: TwoSourceLine, fault: LineFault, z0m: Complex) {
  const [S, R, F, P, joint] = [0, 3, 6, 9, 12];
  const y = complexMatrix(13);
  const emf: Complex[] = Array.from({ length: 13 }, () => ZERO);
  const sections = [
    { km: fault.m * line.length_km, from: [S, S], to: [F, P] },
    { km: (1 - fault.m) * line.length_km, from: [F, P], to: [R, R] },
  ].map(({ km, from, to }) => {
    const z = complexMatrix(6);
    for (const c of [0, 1])
      for (const d of [0, 1])
        for (const p of PHASES)
          for (const q of PHASES) {
            const value = c === d ? phaseOf(line.z0_ohm_per_km, line.z1_ohm_per_km, p, q) : scale(z0m, 1 / 3);
            addTo(z, 3 * c + p, 3 * d + q, scale(value, km));
          }
    const admittance = inverted(z);
    const end = (ends: number[], k: number) => (ends[Math.floor(k / 3)] as number) + (k % 3);
    for (let k = 0; k < 6; k++)
      for (let l = 0; l < 6; l++) {
        const value = admittance[k]?.[l] as Complex;
        addTo(y, end(from, k), end(from, l), value);
        addTo(y, end(to, k), end(to, l), value);
        addTo(y, end(from, k), end(to, l), scale(value, -1));
        addTo(y, end(to, k), end(from, l), scale(value, -1));
      }
    return (v: readonly Complex[], k: number) =>
      sum(
        ...Array.from({ length: 6 }, (_, l) =>
          mul(admittance[k]?.[l] as Complex, sub(v[end(from, l)] as Complex, v[end(to, l)] as Complex)),
        ),
      );
  });
  for (const [at, side, angle] of [
    [S, line.s, 0],
    [R, line.r, -line.load_angle_deg],
  ] as const) {
    const z = complexMatrix(3);
    for (const p of PHASES) for (const q of PHASES) addTo(z, p, q, phaseOf(side.z0_ohm, side.z1_ohm, p, q));
    const admittance = inverted(z);
    for (const p of PHASES)
      for (const q of PHASES) {
        const value = admittance[p]?.[q] as Complex;
        addTo(y, at + p, at + q, value);
        emf[at + p] = add(emf[at + p] as Complex, mul(value, polar(side.e_kv, angle - 120 * q)));
      }
  }
  const tie = (i: number, j: number | null, siemens: number) => {
    addTo(y, i, i, complex(siemens));
    if (j === null) return;
    addTo(y, j, j, complex(siemens));
    addTo(y, i, j, complex(-siemens));
    addTo(y, j, i, complex(-siemens));
  };
  tie(joint, null, 1e-9);
  const g = 1 / fault.rf_ohm;
  if (fault.type === 'LG') tie(F, null, g);
  if (fault.type === 'LL') tie(F + 1, F + 2, g);
  if (fault.type === '3ph') for (const p of PHASES) tie(F + p, joint, g);
  if (fault.type === 'LLG') {
    tie(F + 1, joint, METAL);
    tie(F + 2, joint, METAL);
    tie(joint, null, g);
  }
  const v = solve(factor(y), emf);
  const [first, second] = sections as [(typeof sections)[number], (typeof sections)[number]];
  return {
    vs: PHASES.map((p) => v[S + p] as Complex),
    vr: PHASES.map((p) => v[R + p] as Complex),
    is: PHASES.map((p) => first(v, p)),
    ir: PHASES.map((p) => scale(second(v, p), -1)),
    i0: scale(sum(...PHASES.map((p) => first(v, 3 + p))), 1 / 3),
  };
}

describe('a fault on one of two coupled circuits', () => {
  it('is what six conductors solved node by node say, for every kind of fault', () => {
    fc.assert(
      fc.property(lines, faults, coupling, (line, fault, z0m) => {
        const own = simulateParallelFault(line, fault, { z0m_ohm_per_km: z0m });
        const other = sixConductors(line, fault, z0m);
        for (const [i, name] of (['a', 'b', 'c'] as const).entries()) {
          expect(abs(sub(own.s.v[name], other.vs[i] as Complex))).toBeLessThan(1e-3);
          expect(abs(sub(own.r.v[name], other.vr[i] as Complex))).toBeLessThan(1e-3);
          expect(abs(sub(own.s.i[name], other.is[i] as Complex))).toBeLessThan(1e-3);
          expect(abs(sub(own.r.i[name], other.ir[i] as Complex))).toBeLessThan(1e-3);
        }
        expect(abs(sub(own.i0_parallel, other.i0))).toBeLessThan(1e-3);
      }),
      { numRuns: 60 },
    );
  });

  it('is the plain two-source line where there is no second circuit', () => {
    fc.assert(
      fc.property(lines, faults, (line, fault) => {
        const own = simulateParallelFault(line, fault);
        const { record } = simulateLineFault(line, fault);
        for (const end of ['s', 'r'] as const)
          for (const what of ['v', 'i', 'i_prefault'] as const)
            for (const phase of ['a', 'b', 'c'] as const)
              expect(abs(sub(own[end][what][phase], record[end][what][phase]))).toBeLessThan(1e-9);
        expect(abs(own.i0_parallel)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('before the fault has what the sources and the line leave: V_S − V_R = Z1·I, equal and opposite currents', () => {
    fc.assert(
      fc.property(lines, faults, coupling, fc.boolean(), (line, fault, z0m, twice) => {
        const { s, r } = simulateParallelFault(line, fault, twice ? { z0m_ohm_per_km: z0m } : undefined);
        const drop = mul(scale(line.z1_ohm_per_km, line.length_km), s.i_prefault.a);
        expect(abs(sub(sub(s.v_prefault.a, r.v_prefault.a), drop))).toBeLessThan(1e-9);
        expect(abs(add(s.i_prefault.b, r.i_prefault.b))).toBeLessThan(1e-12);
      }),
      { numRuns: 40 },
    );
  });
});
