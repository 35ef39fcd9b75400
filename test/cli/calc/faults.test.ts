import { describe, expect, it } from 'vitest';
import type { Calc } from '../../../harness/cli/calc/calc.ts';
import { faultCalcs } from '../../../harness/cli/calc/faults.ts';

type JsonCalc = Extract<Calc, { input: 'json' }>;
const calc = (name: string) => faultCalcs.find((c) => c.name === name) as JsonCalc;
/** commander's names of the options with their defaults. */
const defaults = ({ options = [] }: Calc): Record<string, string> =>
  Object.fromEntries(
    options.flatMap(({ flags, default: value }) => {
      const key = /--([a-z-]+)/.exec(flags)![1]!.replace(/-(.)/g, (_, c: string) => c.toUpperCase());
      return value === undefined ? [] : [[key, value]];
    }),
  );
const run = (name: string, input: unknown, options: Record<string, string> = {}) => {
  const c = calc(name);
  return JSON.parse(JSON.stringify(c.run(c.schema.parse(input), { ...defaults(c), ...options })));
};
const example = (c: Calc) => JSON.parse(/'(.*)'/s.exec(c.example)![1]!) as unknown;

describe('the fault calculations of the terminal', () => {
  it.each(faultCalcs.map((c) => [c.name, c] as const))(
    '%s: its example runs and holds no null where a number failed',
    (name, c) => {
      const result = run(name, example(c));
      expect(JSON.stringify(result)).not.toMatch(/"(?!failed_breaker)[^"]+":null/);
    },
  );

  it('iec60909 prints the published current of the worked network, and all buses without `at`', () => {
    expect(run('iec60909', { network: 'iec-60909-4', at: '2' }).ik_ka).toBeCloseTo(31.7831, 4);
    expect(run('iec60909', { network: 'iec-60909-4' })).toHaveLength(13);
    expect(run('iec60909', { network: 'iec-60909-4', at: '1' }, { case: 'min' }).ik_ka).toBeCloseTo(
      5.0501,
      4,
    );
  });

  it('a word that is no choice is refused, with the choices', () => {
    expect(() => run('iec60909', { network: 'iec-60909-4' }, { kappa: 'D' })).toThrow(/give one of A, B, C/);
    expect(() => run('dga', example(calc('dga')), { method: '__proto__' })).toThrow(/duval1/);
    expect(() => run('dga', example(calc('dga')), { attention: '220' })).toThrow(/dlt722/);
  });

  it('dga keeps other columns of a table out of the way, and writes an infinite ratio as a word', () => {
    const result = run('dga', { id: 7, H2: 0, CH4: 10, C2H2: 0, C2H4: 5, C2H6: 1 }, { method: 'iec60599' });
    expect(result.ratios.R1).toBe('Infinity');
    expect(result.diagnoses).toEqual(['T3']);
  });

  it("dga reads a laboratory's column heads, and refuses a row that lacks a gas", () => {
    const heads = { h2: 160, 'CH₄ (ppm)': 130, C2H2_ppm: 33, 'c2h4 µL/L': 96, C2H6: 20, __proto__x: 1 };
    expect(run('dga', heads).diagnoses).toEqual(run('dga', example(calc('dga'))).diagnoses);
    expect(() => run('dga', { H2: 1, CH4: 1, C2H2: 1, C2H4: 1 })).toThrow(/C2H6/);
    expect(() => run('dga', [1, 2])).toThrow();
  });

  it('distance-to-fault finds the simulated fault from both ends, and its error parts add up', () => {
    const result = run('distance-to-fault', example(calc('distance-to-fault')));
    expect(result.synchronised.distance_km).toBeCloseTo(result.truth_km, 6);
    const parts = Object.values(result.reactance_error.parts_km as Record<string, number>);
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(result.reactance.distance_km - result.truth_km, 9);
  });

  it('a record that was printed can be given back as input', () => {
    const first = run('distance-to-fault', example(calc('distance-to-fault')));
    const again = run('distance-to-fault', {
      settings: { length_km: 50, z1_ohm: { r: 4, x: 20 }, z0_ohm: { r: 12.5, x: 60 } },
      record: first.record,
    });
    expect(again.synchronised.distance_km).toBeCloseTo(30, 6);
    expect(again.takagi.m).toBeCloseTo(first.takagi.m, 9);
  });

  it('fault-simulation gives the same record for the same seed, and refuses a zone that is not there', () => {
    const input = { seed: 'x', stations: 5 };
    expect(run('fault-simulation', input)).toEqual(run('fault-simulation', input));
    expect(() => run('fault-simulation', { ...input, scenario: { zone: 'constructor' } })).toThrow(/no zone/);
  });
});
