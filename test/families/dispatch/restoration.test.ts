import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { type RestorationFacts, shortSighted } from '../../../harness/families/dispatch/restoration/facts.ts';
import { restorationFamily as family } from '../../../harness/families/dispatch/restoration/family.ts';

const draws = Array.from({ length: 14 }, (_, seed) =>
  family.draw({ loads: [4, 4] }, createRandom(`test ${seed}`)),
);
const judge = (facts: RestorationFacts, order: unknown) =>
  family.verify?.order?.(facts, family.solve(facts), order) ?? { value: Number.NaN, reason: '' };

interface Walk {
  now: number;
  done: readonly string[];
  /** Minute at which each ordered unit is on line. */
  online: Readonly<Record<string, number>>;
  /** MW·min without supply so far. */
  lost: number;
}

/** The buses tied to one by lines closed, by relabelling until nothing changes. */
function tied(facts: RestorationFacts, closed: readonly string[], bus: string): string[] {
  const label: Record<string, string> = {};
  for (const { from, to } of facts.lines) [label[from], label[to]] = [from, to];
  for (const _ of facts.lines)
    for (const { name, from, to } of facts.lines)
      if (closed.includes(name)) {
        const low = [label[from] as string, label[to] as string].sort()[0] as string;
        [label[from], label[to]] = [low, low];
      }
  return Object.keys(label).filter((other) => label[other] === label[bus]);
}

/** One action by the rules as the question words them, written a second time; undefined where they forbid it. */
function act(facts: RestorationFacts, walk: Walk, action: string): Walk | undefined {
  const moments = [walk.now, ...Object.values(walk.online).filter((at) => at > walk.now)].sort(
    (a, b) => a - b,
  );
  const unit = facts.units.find(({ name }) => name === action);
  const line = facts.lines.find(({ name }) => name === action);
  const load = facts.loads.find(({ name }) => name === action);
  const done = [...walk.done, action];
  for (const at of moments) {
    const island = tied(facts, line ? done : walk.done, unit?.bus ?? line?.from ?? load?.bus ?? '');
    const here = facts.units.filter(({ name, bus }) => island.includes(bus) && name in walk.online);
    const running = here.filter(({ name }) => (walk.online[name] as number) <= at);
    const capacity = running.reduce((sum, one) => sum + one.capacity_mw, 0);
    const cranking = here
      .filter((one) => !running.includes(one))
      .reduce((sum, one) => sum + one.cranking_mw, 0);
    const served = facts.loads
      .filter(({ name, bus }) => island.includes(bus) && walk.done.includes(name))
      .reduce((sum, { p_mw }) => sum + p_mw, 0);
    const spare = capacity - cranking - served;
    if (unit) {
      if (at > (unit.latest_start_min ?? 1e9)) return undefined;
      if (unit.black_start || (running.length > 0 && spare >= unit.cranking_mw))
        return { ...walk, now: at, done, online: { ...walk.online, [action]: at + unit.start_min } };
    } else if (line) {
      const charging = facts.lines
        .filter(({ name, from }) => done.includes(name) && island.includes(from))
        .reduce((sum, { charging_mvar }) => sum + charging_mvar, 0);
      if (running.length > 0 && charging <= running.reduce((sum, one) => sum + one.absorbs_mvar, 0))
        return { ...walk, now: at + line.switch_min, done };
    } else if (load && running.length > 0 && load.p_mw <= spare) {
      const ends = at + load.switch_min;
      if (100 * load.p_mw <= facts.block_percent * capacity + 1e-6)
        return { ...walk, now: ends, done, lost: walk.lost + load.p_mw * ends };
    }
  }
  return undefined;
}

const START: Walk = { now: 0, done: [], online: {}, lost: 0 };

/** Every order there is, cut only where what is already lost is too much. */
function leastLost(facts: RestorationFacts): number {
  const names = [...facts.units, ...facts.lines, ...facts.loads].map(({ name }) => name);
  let best = Number.POSITIVE_INFINITY;
  const search = (walk: Walk): void => {
    if (walk.lost >= best) return;
    if (facts.loads.every(({ name }) => walk.done.includes(name))) {
      best = walk.lost;
      return;
    }
    for (const name of names) {
      if (walk.done.includes(name)) continue;
      const next = act(facts, walk, name);
      if (next) search(next);
    }
  };
  search(START);
  return best / 60;
}

describe('restoration', () => {
  it('has the least energy that trying every order by the worded rules finds', () => {
    for (const facts of draws) expect(family.solve(facts).unserved).toBeCloseTo(leastLost(facts), 6);
  }, 60_000);

  it('has an order that a second reading of the rules walks through at the energy it says', () => {
    for (const facts of draws) {
      const { order, unserved } = family.solve(facts);
      const walk = order.reduce<Walk | undefined>((state, name) => state && act(facts, state, name), START);
      expect((walk?.lost ?? 0) / 60).toBeCloseTo(unserved, 6);
      expect(judge(facts, order).value).toBe(1);
    }
  });

  it('takes a sound order that wastes time for less than the best, and says what it costs', () => {
    const verdicts = draws.map((facts) => judge(facts, shortSighted(facts)));
    for (const { value } of verdicts) expect(value).toBeLessThan(0.99);
    for (const { regret } of verdicts) if (regret) expect(regret.amount).toBeGreaterThan(0);
  });

  it('pays a broken order only for what was restored before, and never more than 0.4', () => {
    for (const facts of draws) {
      const { order } = family.solve(facts);
      const broken = order.filter((name) => name !== 'H1');
      expect(judge(facts, broken).value).toBe(0);
      expect(judge(facts, [...order, order[0]]).value).toBeCloseTo(0.4, 9);
      expect(judge(facts, [order.at(-1), ...order]).value).toBe(0);
      expect(judge(facts, order.slice(0, 1)).value).toBe(0);
    }
  });

  it('reads "start H1" and "合闸 L1" as their names, and refuses hostile orders without falling over', () => {
    const [facts] = draws as [RestorationFacts];
    const { order } = family.solve(facts);
    expect(
      judge(
        facts,
        order.map((name) => `start ${name.toLowerCase()}`),
      ).value,
    ).toBe(1);
    expect(
      judge(
        facts,
        order.map((name) => `合闸 ${name}`),
      ).value,
    ).toBe(1);
    for (const bad of [
      null,
      7,
      'H1',
      {},
      { __proto__: [] },
      ['__proto__'],
      [['H1']],
      ['H1 L1'],
      new Array(1e5).fill('H1'),
      ['x'.repeat(1e6)],
    ])
      expect(judge(facts, bad).value).toBe(0);
  });

  it('is the same problem in both languages, at another price', () => {
    for (const facts of draws.slice(0, 4)) {
      const zh = family.localise?.(facts, 'zh') ?? facts;
      expect(family.solve(zh)).toEqual(family.solve(facts));
      const late = shortSighted(facts);
      const [here, there] = [judge(facts, late).regret?.amount, judge(zh, late).regret?.amount];
      if (here !== undefined) expect((there ?? 0) / here).toBeCloseTo(4, 6);
    }
  });
});
