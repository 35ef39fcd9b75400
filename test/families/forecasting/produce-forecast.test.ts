import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type {
  ProduceForecastFacts,
  ProduceForecastParams,
} from '../../../harness/families/forecasting/produce-forecast/facts.ts';
import { produceForecastFamily as family } from '../../../harness/families/forecasting/produce-forecast/family.ts';
import {
  judgeForecast,
  loss,
  naiveLoss,
  persistence,
  sameHour,
} from '../../../harness/families/forecasting/produce-forecast/scoring.ts';

const SERIES = ['load', 'wind', 'solar', 'price', 'data_centre'] as const;
const draw = (seed: number, changes: Partial<ProduceForecastParams> = {}) =>
  family.draw(
    { series: [...SERIES], days: 4, hours: 24, special: 0.7, ...changes },
    createRandom(`test ${seed}`),
  );
const many = (count: number, changes: Partial<ProduceForecastParams> = {}) =>
  Array.from({ length: count }, (_, seed) => draw(seed, changes));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('produce-forecast', () => {
  it('has the wind farm’s law by a formula of its own: cubic between 3 and 12 m/s, full to 25, nothing beyond', () => {
    for (const facts of many(40, { series: ['wind'] })) {
      const { capacity, special, history, future, ideal } = facts;
      const law = (v: number) => (v > 25 ? 0 : v >= 12 ? 1 : Math.max(0, (v ** 3 - 27) / 1701));
      const last = history.at(-1)!;
      const residual = last.value - capacity * law(last.wind_ms);
      // At a limit the residual is cut off, and cannot be told back.
      const told = last.value > 0 && last.value < capacity;
      future.forEach(({ wind_ms }, h) => {
        const share = special.kind === 'maintenance' ? (special.units - special.out) / special.units : 1;
        const expected = capacity * share * law(wind_ms) + (told ? residual * 0.6 ** (h + 1) : 0);
        const at = ideal.p50[h] as number;
        if (told && expected > 0.5 && expected < capacity - 0.5)
          expect(Math.abs(at - expected)).toBeLessThan(0.15);
        if (wind_ms > 25) expect([at, ideal.p10[h], ideal.p90[h]]).toEqual([0, 0, 0]);
      });
    }
  });

  it('has quantiles that hold: four hours in five fall between p10 and p90, one in ten on either side', () => {
    const draws = many(400, { series: ['load', 'price', 'data_centre'] });
    const hours = draws.flatMap(({ truth, ideal }) =>
      truth.map((y, h) =>
        y < (ideal.p10[h] as number) ? 'below' : y > (ideal.p90[h] as number) ? 'above' : 'in',
      ),
    );
    const share = (what: string) => hours.filter((one) => one === what).length / hours.length;
    // Hours of a draw hang together, and draws are chosen by what came: three points are left for both.
    expect(Math.abs(share('in') - 0.8)).toBeLessThan(0.03);
    expect(Math.abs(share('below') - 0.1)).toBeLessThan(0.02);
    expect(Math.abs(share('above') - 0.1)).toBeLessThan(0.02);
  });

  it('has the loss that no other forecast undercuts on average: later, higher, lower, wider, narrower', () => {
    const draws = many(250);
    const relative = (change: (facts: ProduceForecastFacts) => ProduceForecastFacts['ideal']) =>
      mean(draws.map((facts) => loss(facts.truth, change(facts)) / loss(facts.truth, facts.ideal)));
    const each = (facts: ProduceForecastFacts, of: (value: number, middle: number) => number) => {
      const { p10, p50, p90 } = facts.ideal;
      const list = (values: readonly number[]) => values.map((value, h) => of(value, p50[h] as number));
      return { p10: list(p10), p50: list(p50), p90: list(p90) };
    };
    for (const change of [
      (facts: ProduceForecastFacts) => each(facts, (value) => value + 0.02 * facts.capacity),
      (facts: ProduceForecastFacts) => each(facts, (value) => value - 0.02 * facts.capacity),
      (facts: ProduceForecastFacts) => each(facts, (value, middle) => middle + 2 * (value - middle)),
      (facts: ProduceForecastFacts) => each(facts, (_, middle) => middle),
    ])
      expect(relative(change)).toBeGreaterThan(1.05);
  });

  it('measures by the definition of pinball loss, written out', () => {
    for (const facts of many(20)) {
      let sum = 0;
      facts.truth.forEach((y, h) => {
        for (const [name, tau] of [
          ['p10', 0.1],
          ['p50', 0.5],
          ['p90', 0.9],
        ] as const) {
          const q = facts.ideal[name][h] as number;
          sum += y >= q ? tau * (y - q) : (1 - tau) * (q - y);
        }
      });
      expect(loss(facts.truth, facts.ideal)).toBeCloseTo(sum / (3 * facts.truth.length), 10);
    }
  });

  it('is worth 1 by the law, 0 where it is naive, and falls evenly between', () => {
    for (const facts of many(60)) {
      expect(judgeForecast(facts, facts.ideal).value).toBe(1);
      for (const naive of [persistence(facts), sameHour(facts)])
        expect(judgeForecast(facts, naive).value).toBeLessThan(1e-9);
      const naive =
        loss(facts.truth, persistence(facts)) <= loss(facts.truth, sameHour(facts))
          ? persistence(facts)
          : sameHour(facts);
      const half = (name: 'p10' | 'p50' | 'p90') =>
        facts.ideal[name].map((value, h) => (value + (naive[name][h] as number)) / 2);
      const { value } = judgeForecast(facts, { p10: half('p10'), p50: half('p50'), p90: half('p90') });
      // Pinball loss is convex: half way is at least half as good.
      expect(value).toBeGreaterThanOrEqual(0.5 - 1e-9);
      expect(naiveLoss(facts)).toBeGreaterThanOrEqual(2 * loss(facts.truth, facts.ideal));
    }
  });

  it('shows no draw that what came, or what the law says, before it is asked', () => {
    for (const facts of many(10)) {
      const shown = JSON.stringify(family.vars?.(facts, 'en'));
      expect(shown).not.toContain('truth');
      expect(shown).not.toContain('ideal');
    }
  });

  it('draws everything it names: holidays, heat, cold, storm, maintenance, eclipse, outage, computing jobs', () => {
    const kinds = new Set(many(250).map(({ special }) => special.kind));
    expect([...kinds].sort()).toEqual(
      [
        'cold_snap',
        'eclipse',
        'heat_wave',
        'holiday',
        'maintenance',
        'none',
        'supply_out',
        'training_job',
        'typhoon',
      ].sort(),
    );
  });

  it('is the same problem in yuan, at seven times the price', () => {
    const facts = draw(1, { series: ['price'], special: 1 });
    const zh = family.localise!(facts, 'zh');
    expect(zh.unit).toBe('元/MWh');
    expect(judgeForecast(zh, zh.ideal).value).toBe(1);
    expect(zh.truth[3]).toBeCloseTo(7 * (facts.truth[3] as number), 6);
  });

  it('takes numbers with units, and refuses hostile forecasts without falling over', () => {
    const facts = draw(3, { series: ['load'] });
    const withUnits = Object.fromEntries(
      Object.entries(facts.ideal).map(([name, values]) => [name, values.map((value) => `${value} MW`)]),
    );
    expect(judgeForecast(facts, withUnits).value).toBe(1);
    const { p10, p50, p90 } = facts.ideal;
    for (const bad of [
      null,
      7,
      'p50',
      [],
      { p50 },
      { p10, p50, p90: [...p90, 1] },
      { p10: p90, p50, p90: p10 },
      { p10, p50: p50.map(() => Number.NaN), p90 },
      { p10, p50: p50.map(() => ({})), p90 },
      JSON.parse('{"__proto__": {"p10": [1], "p50": [1], "p90": [1]}}'),
      { p10: p10.map(() => -1e308), p50, p90: p90.map(() => 1e308) },
    ]) {
      const { value } = judgeForecast(facts, bad);
      expect(value).toBe(0);
    }
  });
});
