import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  type Cause,
  type CauseKind,
  causesOf,
  isTelemetry,
  SERIES_KINDS,
} from '../../../harness/engineering/forecast/causes.ts';
import { gaps, lagOf, spikes, stuckRuns } from '../../../harness/engineering/forecast/detect.ts';
import { energyOf } from '../../../harness/engineering/forecast/metrics.ts';
import { solarShare, springFestivalFactor, windShare } from '../../../harness/engineering/forecast/plant.ts';
import { type Scenario, simulate } from '../../../harness/engineering/forecast/simulate.ts';
import { SEASONS } from '../../../harness/engineering/forecast/weather.ts';

const SIZE: Readonly<Record<CauseKind, number>> = {
  heat_wave: 7,
  cold_snap: 9,
  holiday: 0.25,
  spring_festival: 1,
  ramp: 0.4,
  icing: 0.6,
  soiling: 0.2,
  curtailment: 0.15,
  outage: 0.5,
  stuck: 0,
  missing: 0,
  spike: 0.6,
  clock_shift: 3,
};

const drawn = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  series: fc.constantFrom(...SERIES_KINDS),
  season: fc.constantFrom(...SEASONS),
  step_min: fc.constantFrom(15, 30, 60),
  picks: fc.array(fc.tuple(fc.nat(20), fc.nat(80), fc.integer({ min: 1, max: 15 })), { maxLength: 3 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const scenarioOf = ({ series, season, step_min, picks }: Drawn): Scenario => ({
  series,
  season,
  step_min,
  capacity: 200,
  steps: 96,
  noise: 0.02,
  causes: picks.map(([kind, from, length]): Cause => {
    const possible = causesOf(series);
    const chosen = possible[kind % possible.length] as CauseKind;
    return { kind: chosen, from, to: from + length, size: SIZE[chosen] };
  }),
});
const streamOf = (seed: number) => createRandom(`simulate ${seed}`).uniform;
const ofDraw = (test: (scenario: Scenario, seed: number) => void) =>
  fc.assert(
    fc.property(drawn, (draw) => test(scenarioOf(draw), draw.seed)),
    { numRuns: 150 },
  );
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('simulated series', () => {
  it('has everyday errors within the stated noise where nothing is injected', () =>
    ofDraw((scenario, seed) => {
      const { forecast, actual, recorded, noise_bound } = simulate(
        { ...scenario, causes: [] },
        streamOf(seed),
      );
      expect(recorded).toEqual(actual);
      for (const [t, value] of actual.entries())
        expect(Math.abs(value - (forecast[t] as number))).toBeLessThanOrEqual(noise_bound);
    }));

  it('errs beyond the noise inside an injected window only', () =>
    ofDraw((scenario, seed) => {
      const { forecast, recorded, noise_bound } = simulate(scenario, streamOf(seed));
      for (const [t, value] of recorded.entries()) {
        if (scenario.causes.some(({ from, to }) => t >= from && t < to)) continue;
        expect(Math.abs((value as number) - (forecast[t] as number))).toBeLessThanOrEqual(noise_bound);
      }
    }));

  it('accounts for all energy: forecast plus causes plus noise is what flowed', () =>
    ofDraw((scenario, seed) => {
      const { forecast, actual, effects, noise, step_h } = simulate(scenario, streamOf(seed));
      const explained = sum(effects.map((effect) => sum(effect))) + sum(noise);
      const off = energyOf(actual, step_h) - energyOf(forecast, step_h);
      expect(off).toBeCloseTo(explained * step_h, 6);
      for (const [i, effect] of effects.entries()) {
        const { from, to } = scenario.causes[i] as Cause;
        expect(effect.every((mw, t) => mw === 0 || (t >= from && t < to))).toBe(true);
      }
    }));

  it('gives the same weather and noise whatever is injected', () =>
    ofDraw((scenario, seed) => {
      const causes = scenario.causes.filter(({ kind }) => kind !== 'ramp');
      const [plain, hurt] = [[], causes].map((list) =>
        simulate({ ...scenario, causes: list }, streamOf(seed)),
      );
      expect(hurt?.forecast).toEqual(plain?.forecast);
      expect(hurt?.noise).toEqual(plain?.noise);
    }));

  it('makes no negative power, no sun at night and no more than the plant has', () =>
    ofDraw((scenario, seed) => {
      if (scenario.series === 'price') return;
      const { actual, forecast, weather } = simulate(scenario, streamOf(seed));
      for (const series of [actual, forecast]) for (const p of series) expect(p).toBeGreaterThanOrEqual(0);
      if (scenario.series !== 'solar' && scenario.series !== 'wind') return;
      for (const p of actual) expect(p).toBeLessThanOrEqual(scenario.capacity);
      if (scenario.series === 'solar')
        for (const [t, p] of actual.entries())
          if (weather[t]?.irradiance_wm2 === 0) expect(p).toBeLessThan(0.5);
    }));

  it('leaves what flowed alone where only the record is at fault', () =>
    ofDraw((scenario, seed) => {
      const causes = scenario.causes.filter(({ kind }) => isTelemetry(kind));
      const { actual } = simulate({ ...scenario, causes }, streamOf(seed));
      expect(actual).toEqual(simulate({ ...scenario, causes: [] }, streamOf(seed)).actual);
    }));

  it('is the same for the same random numbers, and refuses ice on a load curve', () => {
    const scenario: Scenario = {
      series: 'wind',
      season: 'winter',
      capacity: 100,
      steps: 48,
      step_min: 30,
      noise: 0.02,
      causes: [{ kind: 'icing', from: 10, to: 20, size: 0.6 }],
    };
    expect(simulate(scenario, streamOf(1))).toEqual(simulate(scenario, streamOf(1)));
    expect(() => simulate({ ...scenario, series: 'load' }, streamOf(1))).toThrow(RangeError);
    for (const bad of [{ from: 20, to: 10 }, { to: 99 }, { size: 0 }, { size: 1.5 }, { from: 0.5 }])
      expect(() =>
        simulate({ ...scenario, causes: [{ ...(scenario.causes[0] as Cause), ...bad }] }, streamOf(1)),
      ).toThrow(RangeError);
  });
});

describe('injected causes', () => {
  const one = (
    series: Scenario['series'],
    season: Scenario['season'],
    cause: Cause,
    seed: number,
    noise = 0.01,
  ) =>
    simulate(
      { series, season, capacity: 300, steps: 96, step_min: 15, noise, causes: [cause] },
      streamOf(seed),
    );
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it('moves the load by the degrees that were missed', () => {
    for (const seed of seeds) {
      // 6 K more at 14:00 in summer, already above 24 °C: 6 · 1.6 % of 300 MW = 28.8 MW.
      const heat = one('load', 'summer', { kind: 'heat_wave', from: 50, to: 66, size: 6 }, seed);
      for (let t = 51; t < 65; t++) expect(heat.effects[0]?.[t]).toBeCloseTo(28.8, 0);
      const cold = one('load', 'winter', { kind: 'cold_snap', from: 4, to: 20, size: 5 }, seed);
      for (let t = 5; t < 19; t++) expect(cold.effects[0]?.[t]).toBeCloseTo(18, 0);
      // Half of it while the air comes in and while it goes.
      for (const t of [50, 65]) expect(heat.effects[0]?.[t]).toBeCloseTo(14.4, 0);
      for (const t of [4, 19]) expect(cold.effects[0]?.[t]).toBeCloseTo(9, 0);
    }
  });

  it('has no stretch of wind that repeats another: a table of two days would show it', () => {
    for (const seed of seeds) {
      const { weather_forecast } = simulate(
        {
          series: 'wind',
          season: 'mild',
          capacity: 300,
          steps: 72,
          step_min: 60,
          noise: 0,
          causes: [],
        },
        streamOf(seed),
      );
      const wind = weather_forecast.map(({ wind_ms }) => wind_ms);
      const same = (lag: number) => wind.slice(lag).filter((v, t) => v === wind[t]).length;
      for (let lag = 6; lag <= 48; lag++) expect(same(lag)).toBeLessThan((wind.length - lag) / 2);
    }
  });

  it('holds output at the limit while curtailed, and the front comes early by the whole window', () => {
    for (const seed of seeds) {
      const held = one('wind', 'mild', { kind: 'curtailment', from: 30, to: 50, size: 0.1 }, seed);
      expect(new Set(held.actual.slice(30, 50))).toEqual(new Set([30]));
      const { actual, forecast, noise_bound } = one(
        'wind',
        'mild',
        { kind: 'ramp', from: 40, to: 52, size: 4 },
        seed,
      );
      for (let t = 40; t < 52; t++)
        expect((forecast[t] as number) - (actual[t] as number)).toBeGreaterThan(noise_bound);
      expect(forecast[52]).toBeLessThan(forecast[51] as number);
    }
  });

  it('keeps a stuck record constant, and the detectors find what was injected', () => {
    for (const seed of seeds) {
      const stuck = one('load', 'summer', { kind: 'stuck', from: 60, to: 75, size: 0 }, seed);
      expect(new Set(stuck.recorded.slice(59, 75)).size).toBe(1);
      // A neighbour may equal the stuck value by chance: the run found holds the injected one.
      const [run, ...others] = stuckRuns(stuck.recorded, 6);
      expect(others).toEqual([]);
      expect(run?.from).toBeLessThanOrEqual(59);
      expect(run?.to).toBeGreaterThanOrEqual(75);
      const missing = one('load', 'mild', { kind: 'missing', from: 20, to: 26, size: 0 }, seed);
      expect(gaps(missing.recorded)).toEqual([{ from: 20, to: 26 }]);
      const spike = one('load', 'mild', { kind: 'spike', from: 33, to: 34, size: 0.8 }, seed);
      expect(spikes(spike.recorded, 3, 6, 30)).toEqual([33]);
    }
  });

  it('shifts the clock by a lag that cross-correlation finds, late and early', () => {
    for (const seed of seeds)
      for (const size of [-4, -1, 2, 5]) {
        const { recorded, actual } = one(
          'load',
          'summer',
          { kind: 'clock_shift', from: 10, to: 90, size },
          seed,
        );
        expect(lagOf(recorded, actual, 8, { from: 10, to: 90 })?.lag).toBe(size);
      }
  });
});

describe('plant models', () => {
  it('knows the power curve at its corners and its cube between them', () => {
    expect([0, 2.9, 3, 12, 25, 25.1].map(windShare)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(windShare(9)).toBeCloseTo((729 - 27) / (1728 - 27), 12);
  });
  it('gives rated solar output at standard test conditions: 1000 W/m², cell at 25 °C', () => {
    const weather = { irradiance_wm2: 1000, temp_c: -5, wind_ms: 0, humidity_pct: 50 };
    expect(solarShare(weather)).toBeCloseTo(1, 12);
    expect(solarShare({ ...weather, temp_c: 20 })).toBeCloseTo(0.9, 12);
  });
  it('has the shape of Spring Festival: lowest in the first days, forenoon first, back by the Lantern Festival', () => {
    const at = (day: number) => springFestivalFactor(day, 10.5);
    expect(at(1)).toBeLessThan(at(0));
    expect(at(2)).toBe(at(1));
    for (let day = 4; day < 15; day++) expect(at(day + 1)).toBeGreaterThan(at(day));
    expect(at(15)).toBe(1);
    expect(springFestivalFactor(0, 22)).toBeGreaterThan(springFestivalFactor(0, 10.5));
    expect(springFestivalFactor(2, 3, 0)).toBe(1);
  });
});
