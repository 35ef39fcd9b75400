import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  synchronise,
  synchronisedMethod,
  unsynchronisedMethod,
} from '../../../../harness/engineering/faults/location/double-ended.ts';
import { explainReactanceError } from '../../../../harness/engineering/faults/location/error-source.ts';
import {
  type LineFault,
  type LineFaultType,
  quadrature,
  shiftClock,
  simulateLineFault,
  type TwoSourceLine,
} from '../../../../harness/engineering/faults/location/line-fault.ts';
import {
  faultLoop,
  modifiedTakagiMethod,
  reactanceMethod,
  residualFactor,
  settingsOf,
  superposed,
  takagiMethod,
} from '../../../../harness/engineering/faults/location/single-ended.ts';
import { sequenceFault } from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import { toPhases } from '../../../../harness/engineering/faults/short-circuit/symmetrical.ts';
import { abs, add, mul, scale, sub } from '../../../../harness/engineering/math/complex.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const source = fc.record({
  e_kv: real(60, 68),
  z1_ohm: fc.record({ re: real(0.1, 3), im: real(2, 20) }),
  z0_ohm: fc.record({ re: real(0.1, 3), im: real(2, 20) }),
});
const anyLine: fc.Arbitrary<TwoSourceLine> = fc.record({
  length_km: real(5, 80),
  z1_ohm_per_km: fc.record({ re: real(0.03, 0.2), im: real(0.3, 0.45) }),
  z0_ohm_per_km: fc.record({ re: real(0.1, 0.5), im: real(0.8, 1.5) }),
  s: source,
  r: source,
  load_angle_deg: real(-20, 20),
});
const types: fc.Arbitrary<LineFaultType> = fc.constantFrom('3ph', 'LG', 'LL', 'LLG');
const anyFault: fc.Arbitrary<LineFault> = fc.record({
  m: real(0.05, 0.95),
  type: types,
  rf_ohm: real(0, 20),
});

const line: TwoSourceLine = {
  length_km: 50,
  z1_ohm_per_km: { re: 0.08, im: 0.4 },
  z0_ohm_per_km: { re: 0.25, im: 1.2 },
  s: { e_kv: 63.5, z1_ohm: { re: 1, im: 8 }, z0_ohm: { re: 1.2, im: 10 } },
  r: { e_kv: 63.5, z1_ohm: { re: 4, im: 12 }, z0_ohm: { re: 5, im: 15 } },
  load_angle_deg: 12,
};
/** Every impedance at one angle, no load: the case in which the simple method is right. */
const homogeneous: TwoSourceLine = {
  ...line,
  z0_ohm_per_km: { re: 0.24, im: 1.2 },
  s: { e_kv: 63.5, z1_ohm: { re: 1.6, im: 8 }, z0_ohm: { re: 2, im: 10 } },
  r: { e_kv: 63.5, z1_ohm: { re: 2.4, im: 12 }, z0_ohm: { re: 3, im: 15 } },
  load_angle_deg: 0,
};

describe('simulated phasors', () => {
  it('both ends agree on the voltage at the fault, and their currents feed it', () => {
    fc.assert(
      fc.property(anyLine, anyFault, (l, fault) => {
        const { record, i_fault } = simulateLineFault(l, fault);
        const into = toPhases(i_fault);
        const full = settingsOf(l);
        const k0 = residualFactor(full);
        for (const p of ['a', 'b', 'c'] as const) {
          expect(abs(sub(add(record.s.i[p], record.r.i[p]), into[p]))).toBeLessThan(1e-9);
          const at = (end: 's' | 'r', part: number) => {
            const i = record[end].i;
            const residual = mul(k0, add(add(i.a, i.b), i.c));
            return sub(record[end].v[p], scale(mul(full.z1_ohm, add(i[p], residual)), part));
          };
          expect(abs(sub(at('s', fault.m), at('r', 1 - fault.m)))).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('without load they are what the sequence-network solver gives with the fault at a bus', () => {
    for (const type of ['LG', 'LL', '3ph'] as const) {
      const { record } = simulateLineFault({ ...line, load_angle_deg: 0 }, { m: 0.3, type, rf_ohm: 5 });
      const part = (z: { re: number; im: number }, km: number) => scale(z, km);
      const result = sequenceFault(
        {
          buses: ['S', 'F', 'R'],
          elements: [
            { kind: 'source', name: 'S', bus: 'S', z1_pu: line.s.z1_ohm, z0_pu: line.s.z0_ohm },
            { kind: 'source', name: 'R', bus: 'R', z1_pu: line.r.z1_ohm, z0_pu: line.r.z0_ohm },
            {
              kind: 'line',
              name: 'near',
              from: 'S',
              to: 'F',
              z1_pu: part(line.z1_ohm_per_km, 15),
              z0_pu: part(line.z0_ohm_per_km, 15),
            },
            {
              kind: 'line',
              name: 'far',
              from: 'F',
              to: 'R',
              z1_pu: part(line.z1_ohm_per_km, 35),
              z0_pu: part(line.z0_ohm_per_km, 35),
            },
          ],
        },
        { bus: 'F', type, zf_pu: { re: 5, im: 0 } },
      );
      const near = result.currents.find((c) => c.name === 'near' && c.bus === 'S')!;
      for (const p of ['a', 'b', 'c'] as const)
        expect(abs(sub(scale(near.phases[p], 63.5), record.s.i[p]))).toBeLessThan(1e-9);
    }
  });
});

describe('single-ended methods', () => {
  it('all are exact for a bolted fault, whatever the load and the sources', () => {
    fc.assert(
      fc.property(anyLine, anyFault, (l, fault) => {
        const { record } = simulateLineFault(l, { ...fault, rf_ohm: 0 });
        for (const method of [reactanceMethod, takagiMethod, modifiedTakagiMethod])
          expect(method(record.s, fault.type, settingsOf(l)).m).toBeCloseTo(fault.m, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('reactance is exact with fault resistance only where nothing is out of phase', () => {
    const { record } = simulateLineFault(homogeneous, { m: 0.4, type: 'LG', rf_ohm: 15 });
    expect(reactanceMethod(record.s, 'LG', settingsOf(homogeneous)).m).toBeCloseTo(0.4, 9);
    const loaded = simulateLineFault(
      { ...homogeneous, load_angle_deg: 15 },
      { m: 0.4, type: 'LG', rf_ohm: 15 },
    );
    expect(Math.abs(reactanceMethod(loaded.record.s, 'LG', settingsOf(homogeneous)).m - 0.4)).toBeGreaterThan(
      0.02,
    );
    // Takagi takes the load out again.
    expect(takagiMethod(loaded.record.s, 'LG', settingsOf(homogeneous)).m).toBeCloseTo(0.4, 9);
  });

  it("Takagi's error is R_f·Im(I_F·ΔI*)/Im(Z1·I·ΔI*), to the last digit", () => {
    fc.assert(
      fc.property(anyLine, anyFault, (l, fault) => {
        fc.pre(fault.type === 'LG');
        const { record, i_fault } = simulateLineFault(l, fault);
        const settings = settingsOf(l);
        const change = superposed(record.s, 'LG');
        const loop = faultLoop('LG', record.s.v, record.s.i, residualFactor(settings));
        const error =
          (fault.rf_ohm * quadrature(toPhases(i_fault).a, change)) /
          quadrature(mul(settings.z1_ohm, loop.i), change);
        expect(takagiMethod(record.s, 'LG', settings).m).toBeCloseTo(fault.m + error, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('modified Takagi with the source impedances has the truth among its roots for any load and resistance', () => {
    fc.assert(
      fc.property(anyLine, anyFault, (l, fault) => {
        const { record } = simulateLineFault(l, fault);
        const { candidates } = modifiedTakagiMethod(record.s, fault.type, settingsOf(l), l);
        expect(Math.min(...candidates.map((m) => Math.abs(m - fault.m)))).toBeLessThan(1e-5);
      }),
      { numRuns: 80 },
    );
  });
});

describe('modified Takagi', () => {
  it('without the turn keeps the error of inhomogeneity, and with it has none', () => {
    const { record } = simulateLineFault(line, { m: 0.6, type: 'LG', rf_ohm: 15 });
    const settings = settingsOf(line);
    expect(Math.abs(modifiedTakagiMethod(record.s, 'LG', settings).m - 0.6)).toBeGreaterThan(0.002);
    expect(modifiedTakagiMethod(record.s, 'LG', settings, line).m).toBeCloseTo(0.6, 9);
  });
});

describe('double-ended methods', () => {
  it('synchronised: exact for every fault, and the imaginary part of m stays 0', () => {
    fc.assert(
      fc.property(anyLine, anyFault, (l, fault) => {
        const { record } = simulateLineFault(l, fault);
        const found = synchronisedMethod(record, settingsOf(l));
        expect(found.m).toBeCloseTo(fault.m, 8);
        expect(found.imaginary).toBeCloseTo(0, 8);
      }),
      { numRuns: 60 },
    );
  });

  it('a clock error spoils the synchronised method and shows in the imaginary part; the other finds it', () => {
    const { record } = simulateLineFault(line, { m: 0.35, type: 'LG', rf_ohm: 10 });
    const skewed = { ...record, r: shiftClock(record.r, 18) };
    const wrong = synchronisedMethod(skewed, settingsOf(line));
    expect(Math.abs(wrong.m - 0.35)).toBeGreaterThan(0.01);
    expect(Math.abs(wrong.imaginary)).toBeGreaterThan(0.01);
    const found = unsynchronisedMethod(skewed, settingsOf(line))!;
    expect(found.m).toBeCloseTo(0.35, 8);
    expect(found.sync_deg).toBeCloseTo(18, 6);
    expect(synchronisedMethod(synchronise(skewed, found.sync_deg), settingsOf(line)).m).toBeCloseTo(0.35, 8);
  });

  it('unsynchronised: the truth is always among the roots', () => {
    fc.assert(
      fc.property(anyLine, anyFault, real(-180, 180), (l, fault, clock) => {
        const { record } = simulateLineFault(l, fault);
        const found = unsynchronisedMethod({ ...record, r: shiftClock(record.r, clock) }, settingsOf(l));
        expect(Math.min(...found!.candidates.map((m) => Math.abs(m - fault.m)))).toBeLessThan(1e-4);
      }),
      { numRuns: 80 },
    );
  });
});

describe('the source of the error of the reactance method', () => {
  it('parts add up to the error, with wrong settings too', () => {
    fc.assert(
      fc.property(anyLine, anyFault, real(0.8, 1.25), real(0.9, 1.1), (l, fault, z0, z1) => {
        const right = settingsOf(l);
        const used = { ...right, z0_ohm: scale(right.z0_ohm, z0 * z1), z1_ohm: scale(right.z1_ohm, z1) };
        const result = explainReactanceError(l, simulateLineFault(l, fault), used);
        const total = Object.values(result.parts_km).reduce((a, b) => a + b, 0);
        expect(total).toBeCloseTo(result.error_km, 6);
      }),
      { numRuns: 80 },
    );
  });

  it('each part is the only one where only its cause is present', () => {
    const explain = (l: TwoSourceLine, rf_ohm: number, used = settingsOf(l)) =>
      explainReactanceError(l, simulateLineFault(l, { m: 0.6, type: 'LG', rf_ohm }), used);
    const loaded = explain({ ...homogeneous, load_angle_deg: 15 }, 10);
    expect(loaded.dominant).toBe('load');
    expect(Math.abs(loaded.parts_km.inhomogeneity)).toBeLessThan(1e-9);
    const skewed = explain({ ...line, load_angle_deg: 0, r: { ...line.r, e_kv: 63.5 } }, 10);
    expect(skewed.dominant).toBe('inhomogeneity');
    expect(Math.abs(skewed.parts_km.load)).toBeLessThan(1e-9);
    const right = settingsOf(homogeneous);
    const k0 = explain(homogeneous, 0, { ...right, z0_ohm: scale(right.z0_ohm, 1.2) });
    expect(k0.dominant).toBe('residual-compensation');
    // Both impedances 10 % too large keep k0 right and place the fault 1/1.1 as far.
    const both = { ...right, z0_ohm: scale(right.z0_ohm, 1.1), z1_ohm: scale(right.z1_ohm, 1.1) };
    const z1 = explain(homogeneous, 0, both);
    expect(z1.dominant).toBe('line-impedance');
    expect(z1.error_km).toBeCloseTo(30 / 1.1 - 30, 9);
    expect(explain(homogeneous, 0).dominant).toBeNull();
  });
});
