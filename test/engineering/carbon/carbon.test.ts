import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataCentreMetrics } from '../../../harness/engineering/carbon/data-centre.ts';
import { carbonToCo2, electricityEmissions } from '../../../harness/engineering/carbon/emissions.ts';
import { emissionFactor } from '../../../harness/engineering/carbon/factors.ts';
import { inferenceCarbon, inferenceEnergy } from '../../../harness/engineering/carbon/inference.ts';

describe('emission factors', () => {
  it('gives the published figures of China for 2023', () => {
    const of = (
      region: string,
      basis: 'grid-average' | 'residual' | 'fossil' = 'grid-average',
      year = 2023,
    ) => emissionFactor({ region, year, basis }).kg_co2_per_kwh;
    expect([of('CN'), of('CN', 'grid-average', 2022), of('CN', 'residual'), of('CN', 'fossil')]).toEqual([
      0.5306, 0.5366, 0.6096, 0.8273,
    ]);
    expect(['North', 'Northeast', 'East', 'Central', 'Northwest'].map((grid) => of(`CN-${grid}`))).toEqual([
      0.6361, 0.5122, 0.55, 0.5271, 0.5543,
    ]);
  });
  it('never lends the factor of another year or basis', () => {
    expect(() => emissionFactor({ region: 'CN', year: 2021, basis: 'grid-average' })).toThrow(/known:/);
    expect(() => emissionFactor({ region: 'CN-East', year: 2023, basis: 'fossil' })).toThrow(RangeError);
  });
});

describe('electricity emissions', () => {
  const factors = { grid_kg_per_kwh: 0.5306, residual_kg_per_kwh: 0.6096 };
  it('parts ways by contracts, with a worked figure', () => {
    const result = electricityEmissions(1_000_000, factors, [{ energy_kwh: 400_000, kg_co2_per_kwh: 0 }]);
    expect(result.location_based_kg).toBeCloseTo(530_600, 6);
    expect(result.market_based_kg).toBeCloseTo(365_760, 6);
  });
  it('is the residual alone without contracts, and nothing under all-green ones', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (energy) => {
        expect(electricityEmissions(energy, factors).market_based_kg).toBeCloseTo(energy * 0.6096, 3);
        expect(
          electricityEmissions(energy, factors, [{ energy_kwh: energy, kg_co2_per_kwh: 0 }]).market_based_kg,
        ).toBe(0);
      }),
    );
  });
  it('refuses contracts for more than was used', () => {
    expect(() => electricityEmissions(10, factors, [{ energy_kwh: 11, kg_co2_per_kwh: 0 }])).toThrow(
      /cover 11/,
    );
  });
  it('knows carbon from carbon dioxide', () => expect(carbonToCo2(12)).toBe(44));
});

describe('data centre metrics', () => {
  it('has PUE, green ratio and CUE that hang together: CUE = PUE × emissions per facility kWh', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (pue, factor) => {
          const metrics = dataCentreMetrics({
            facility_kwh: pue * 1000,
            it_kwh: 1000,
            green_kwh: 500,
            emissions_kg: pue * 1000 * factor,
          });
          expect(metrics.pue).toBeCloseTo(pue, 9);
          expect(metrics.cue_kg_per_kwh).toBeCloseTo(metrics.pue * factor, 9);
          expect(metrics.green_ratio).toBeCloseTo(0.5 / pue, 9);
        },
      ),
    );
  });
  it('refuses a PUE below 1', () =>
    expect(() => dataCentreMetrics({ facility_kwh: 9, it_kwh: 10 })).toThrow(/never below 1/));
});

describe('inference energy', () => {
  const small = {
    active_parameters_b: 7.3,
    total_parameters_b: 7.3,
    output_tokens: 200,
    latency_s: 5,
    pue: 1.26,
  };
  it('gives the check value of the method', () =>
    expect(inferenceEnergy(small).energy_kwh).toBeCloseTo(1.53624e-5, 10));
  it('counts GPUs by powers of two', () => {
    const gpus = (total: number) => inferenceEnergy({ ...small, total_parameters_b: total }).gpus;
    // 80 GB hold 33.3 billion parameters at 16 bits with 20 % to spare.
    expect([7.3, 33, 34, 70, 140, 405, 1000].map(gpus)).toEqual([1, 1, 2, 4, 8, 16, 32]);
  });
  it('is linear in tokens and latency apart, and scales with PUE', () => {
    const of = (change: object) => inferenceEnergy({ ...small, ...change }).energy_kwh;
    expect(of({ output_tokens: 400, latency_s: 10 })).toBeCloseTo(2 * of({}), 15);
    expect(of({ pue: 2.52 })).toBeCloseTo(2 * of({}), 15);
    expect(of({ output_tokens: 0 }) + of({ latency_s: 0 })).toBeCloseTo(of({}), 15);
  });
  it('multiplies by the factor', () =>
    expect(inferenceCarbon(small, 0.5306).kg_co2).toBeCloseTo(1.53624e-5 * 0.5306, 10));
});
