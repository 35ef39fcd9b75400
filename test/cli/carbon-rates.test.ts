import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carbonRates } from '../../harness/cli/carbon-rates.ts';
import { inferenceEnergy } from '../../harness/engineering/carbon/inference.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { carbonSchema } from '../../providers/config.ts';
import { makeRun, modelRecord, stream } from '../report/run-fixture.ts';

const CHINA = { region: 'CN', year: 2023, basis: 'grid-average' } as const;

describe('energy and emissions of answering', () => {
  it('gives the published check value of a request: 7.3 B, 200 tokens, 5 s, PUE 1.26', () => {
    const rates = carbonRates('a/b', { active_parameters_b: 7.3, pue: 1.26, ...CHINA });
    expect(200 * rates.kwhPerOutputToken + 5 * rates.kwhPerSecond).toBeCloseTo(1.53624e-5, 9);
    expect(rates.kgCo2PerKwh).toBe(0.5306);
    expect(rates.factor).toContain('CN 2023 grid-average');
  });

  it('loses nothing by being two rates: the regression is linear in tokens and seconds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.nat(20_000),
        fc.double({ min: 0, max: 600, noNaN: true }),
        (active, more, pue, output_tokens, latency_s) => {
          const size = { active_parameters_b: active, total_parameters_b: active * more, pue };
          const rates = carbonRates('a/b', { ...size, ...CHINA });
          const { energy_kwh } = inferenceEnergy({ ...size, output_tokens, latency_s });
          const linear = output_tokens * rates.kwhPerOutputToken + latency_s * rates.kwhPerSecond;
          expect(Math.abs(linear - energy_kwh)).toBeLessThanOrEqual(1e-12 + 1e-9 * energy_kwh);
        },
      ),
    );
  });

  it('adds up in a summary: 8 replies of 20 tokens and 1 s, as measured, at a factor of one’s own', async () => {
    const energy = carbonRates('lab/a', {
      wh_per_1k_output_tokens: 2,
      kg_co2_per_kwh: 0.4,
      source: 'own meter and supplier, 2025',
    });
    const summary = await summarise(stream(makeRun({ models: [{ ...modelRecord('lab/a'), energy }] })));
    expect(summary.models[0]?.carbon).toMatchObject({
      complete: true,
      factor: '0.4 kgCO2/kWh, own meter and supplier, 2025',
    });
    expect(summary.models[0]?.carbon?.energy_kwh).toBeCloseTo((8 * 20 * 2) / 1e6, 12);
    expect(summary.models[0]?.carbon?.kg_co2).toBeCloseTo((8 * 20 * 2 * 0.4) / 1e6, 12);
  });

  it('is unknown where nobody told, and the least it can be where a reply told no tokens', async () => {
    const [plain] = (await summarise(stream(makeRun({})))).models;
    expect(plain).not.toHaveProperty('carbon');
    const energy = carbonRates('lab/a', { wh_per_1k_output_tokens: 2, ...CHINA });
    const run = makeRun({
      models: [{ ...modelRecord('lab/a'), energy }],
      completion: ({ seed }) => (seed === 1 ? { usage: {} } : {}),
    });
    expect((await summarise(stream(run))).models[0]?.carbon).toMatchObject({ complete: false });
  });

  it('refuses a factor that is not published, and half a configuration', () => {
    expect(() => carbonRates('a/b', { wh_per_1k_output_tokens: 2, ...CHINA, year: 2019 })).toThrow(
      /a\/b: carbon: no factor for CN 2019 grid-average; known: CN 2022/,
    );
    for (const bad of [
      {},
      { active_parameters_b: 7, ...CHINA },
      { active_parameters_b: 7, pue: 1.2, wh_per_1k_output_tokens: 2, ...CHINA },
      { active_parameters_b: 70, total_parameters_b: 7, pue: 1.2, ...CHINA },
      { wh_per_1k_output_tokens: 2, kg_co2_per_kwh: 0.4 },
      { wh_per_1k_output_tokens: 2, kg_co2_per_kwh: 0.4, source: 'x', ...CHINA },
      { active_parameters_b: 7, pue: 0.9, ...CHINA },
    ])
      expect(carbonSchema.safeParse(bad).success).toBe(false);
  });
});
