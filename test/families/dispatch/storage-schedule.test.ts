import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { shavePeakBySearch } from '../../../harness/engineering/optimise/peak-shaving.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import type { ArbitrageProblem } from '../../../harness/engineering/optimise/storage.ts';
import { arbitrageByStates } from '../../../harness/engineering/optimise/storage-states.ts';
import { storageArbitrageFamily as arbitrage } from '../../../harness/families/dispatch/storage-schedule/arbitrage.ts';
import {
  type ArbitrageFacts,
  problemOf as arbitrageOf,
  withoutCycles,
  withStore,
} from '../../../harness/families/dispatch/storage-schedule/arbitrage-facts.ts';
import { peakShavingFamily as peak } from '../../../harness/families/dispatch/storage-schedule/peak.ts';
import {
  type PeakFacts,
  problemOf as peakOf,
} from '../../../harness/families/dispatch/storage-schedule/peak-facts.ts';

let plain: ArbitrageFacts[] = [];
let market: ArbitrageFacts[] = [];
let works: PeakFacts[] = [];
const seeds = (count: number) => Array.from({ length: count }, (_, seed) => createRandom(`test ${seed}`));

/** Money a signed schedule earns and what it leaves in the store, hour by hour, written out from the question. */
function account({ prices, storage }: ArbitrageFacts, schedule: readonly number[]) {
  let [profit, stored, delivered] = [0, storage.initial_mwh, 0];
  const levels = schedule.map((p, t) => {
    profit += p * (prices[t] as number) - (p > 0 ? p * (storage.wear_cost ?? 0) : 0);
    stored += p > 0 ? -p / storage.discharge_efficiency : -p * storage.charge_efficiency;
    delivered += Math.max(0, p);
    return stored;
  });
  return { profit, levels, delivered };
}

/** An upper bound by Lagrange: energy delivered costs μ more, and the limit is paid back at μ. */
function bound(facts: ArbitrageFacts, step_mwh: number): number {
  const { max_cycles = 0, energy_mwh, wear_cost = 0 } = facts.storage;
  const free = withoutCycles(facts);
  const at = (mu: number) => {
    const problem: ArbitrageProblem = arbitrageOf(withStore(free, { wear_cost: wear_cost + mu }));
    return arbitrageByStates(problem, step_mwh) + mu * max_cycles * energy_mwh;
  };
  let [low, high] = [0, 60];
  for (let i = 0; i < 12; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  return at((low + high) / 2);
}

describe('storage-schedule', () => {
  beforeAll(async () => {
    await loadSolver();
    plain = seeds(25).map((random) => arbitrage.draw({ hours: 8, market: false }, random));
    market = seeds(10).map((random) => arbitrage.draw({ hours: 24, market: true }, random));
    works = seeds(25).map((random) => peak.draw({ hours: 12 }, random));
  });

  it('has schedules that keep every rule of the question and earn what the key says', () => {
    for (const facts of [...plain, ...market]) {
      const { profit, schedule } = arbitrage.solve(facts);
      const { storage } = facts;
      const told = account(facts, schedule);
      expect(told.profit).toBeCloseTo(profit, 0);
      for (const level of told.levels) {
        expect(level).toBeGreaterThan(storage.energy_min_mwh - 0.02);
        expect(level).toBeLessThan(storage.energy_mwh + 0.02);
      }
      expect(told.levels.at(-1)).toBeGreaterThan(storage.final_mwh - 0.02);
      for (const p of schedule) {
        expect(p).toBeLessThanOrEqual(storage.p_discharge_max_mw + 1e-3);
        expect(p).toBeGreaterThanOrEqual(-storage.p_charge_max_mw - 1e-3);
      }
      if (storage.max_cycles !== undefined)
        expect(told.delivered).toBeLessThan(storage.max_cycles * storage.energy_mwh + 0.02);
    }
  });

  it('earns what a dynamic program over the stored energy earns, but for its grid', () => {
    for (const facts of plain) {
      const states = arbitrageByStates(arbitrageOf(facts), 0.1);
      const { profit } = arbitrage.solve(facts);
      expect(states).toBeLessThanOrEqual(profit + 0.01);
      expect(states).toBeGreaterThan(0.995 * profit);
    }
  });

  it('earns what Lagrange over a dynamic program bounds it by where deliveries are limited', () => {
    for (const facts of market.slice(0, 4)) {
      const { profit } = arbitrage.solve(facts);
      const most = bound(facts, 0.5);
      expect(most / profit).toBeGreaterThan(0.985);
      expect(most / profit).toBeLessThan(1.01);
    }
  });

  it('has the peak that bisection by the greedy rule finds, and a schedule that holds it', () => {
    for (const facts of works) {
      const answer = peak.solve(facts);
      expect(shavePeakBySearch(peakOf(facts))).toBeCloseTo(answer.peak, 4);
      const after = facts.loads.map((load, t) => load - (answer.schedule[t] as number));
      expect(Math.max(...after)).toBeCloseTo(answer.peak, 2);
      const cut = Math.max(...facts.loads) - answer.peak;
      expect(answer.saving).toBeCloseTo(cut * 1000 * facts.demand_charge, 1);
    }
  });

  it('counts another optimum in full: the same schedule with two hours of one price exchanged', () => {
    const [facts] = plain as [ArbitrageFacts];
    const idle = facts.prices.map(() => 0);
    const flat = {
      ...facts,
      prices: [10, 10, 60, 60, 60, 60],
      storage: { ...facts.storage, initial_mwh: 0, final_mwh: 0 },
    };
    const answer = arbitrage.solve(flat);
    const turned = [1, 0, 5, 4, 3, 2].map((t) => answer.schedule[t]);
    const judge = arbitrage.verify?.schedule;
    expect(judge?.(flat, answer, turned).value).toBe(1);
    expect(judge?.(facts, arbitrage.solve(facts), idle).value).toBe(0);
  });

  it('accepts a schedule rounded to a tenth of a MW, as the question allows', () => {
    for (const facts of [...plain, ...market]) {
      const answer = arbitrage.solve(facts);
      const rough = answer.schedule.map((p) => Math.round(p * 10) / 10);
      expect(arbitrage.verify?.schedule?.(facts, answer, rough).value).toBe(1);
    }
    for (const facts of works) {
      const answer = peak.solve(facts);
      const rough = answer.schedule.map((p) => Math.round(p * 10) / 10);
      expect(peak.verify?.schedule?.(facts, answer, rough).value).toBeGreaterThan(0.95);
    }
  });

  it('is the same problem in both languages, at another price level', () => {
    for (const facts of plain.slice(0, 5)) {
      const zh = arbitrage.solve(arbitrage.localise?.(facts, 'zh') ?? facts);
      expect(zh.profit / arbitrage.solve(facts).profit).toBeCloseTo(7, 4);
    }
    for (const facts of works.slice(0, 5)) {
      const zh = peak.solve(peak.localise?.(facts, 'zh') ?? facts);
      expect(zh.saving / peak.solve(facts).saving).toBeCloseTo(3, 6);
    }
  });

  it('refuses hostile schedules without falling over', () => {
    const [facts] = plain as [ArbitrageFacts];
    const [site] = works as [PeakFacts];
    const many = new Array(100_000).fill(1);
    for (const plan of [
      null,
      7,
      'x',
      [],
      {},
      { __proto__: 1 },
      many,
      [null],
      facts.prices.map(() => Number.NaN),
      facts.prices.map(() => 1e300),
    ]) {
      expect(arbitrage.verify?.schedule?.(facts, arbitrage.solve(facts), plan).value).toBe(0);
      expect(peak.verify?.schedule?.(site, peak.solve(site), plan).value).toBe(0);
    }
  });
});
