import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { DifferentialChannelFacts } from '../../../harness/families/faults/differential-channel/facts.ts';
import { differentialChannelFamily as family } from '../../../harness/families/faults/differential-channel/family.ts';

const draws = Array.from({ length: 200 }, (_, seed) =>
  family.draw({ events: 7 }, createRandom(`channel ${seed}`)),
);
type Table = Omit<DifferentialChannelFacts, 'causes'>;
type Event = Table['events'][number];

/** Both currents as phasors into the line, sampled over a cycle: apart from the closed forms of the key. */
function seen({ a_a, b_a, off_deg }: Event): number {
  const n = 720;
  let energy = 0;
  for (let i = 0; i < n; i++) {
    const t = (2 * Math.PI * i) / n;
    energy += 2 * (a_a * Math.sin(t) + b_a * Math.sin(t + Math.PI + (off_deg * Math.PI) / 180)) ** 2;
  }
  return Math.sqrt(energy / n);
}

const needed = ({ pickup_a, slope_pct }: Table, a: number, b: number) =>
  Math.max(pickup_a, (slope_pct / 100) * 0.5 * (a + b));

/** As an engineer reads the log: frames, then magnitudes, then the angle against the excess of the loop. */
function causeOf(table: Table, event: Event): string {
  if (event.lost_permille > table.block_permille) return 'blocked';
  const excess = event.loop_ms - table.normal_ms;
  const oneWay = (360 * table.frequency_hz * (excess / 2)) / 1000;
  if (event.off_deg > 90) return 'internal';
  if (Math.abs(event.a_a / event.b_a - 1) > 0.01) return 'ct_error';
  if (Math.abs(event.off_deg) <= 1) return excess > 0.05 ? 'symmetric' : 'healthy';
  if (Math.abs(event.off_deg - oneWay) < 1) return 'asymmetric';
  throw new Error(`unexplained: ${JSON.stringify(event)}`);
}

describe('differential-channel', () => {
  it('can be read off the log alone: causes, trips, and what the channel may differ by', () => {
    for (const { causes, ...table } of draws) {
      const answer = family.solve({ ...table, causes });
      const found = Object.fromEntries(table.events.map((event) => [event.name, causeOf(table, event)]));
      expect(found).toEqual(answer.causes);
      const trips = table.events.filter(
        (event) => found[event.name] !== 'blocked' && seen(event) > needed(table, event.a_a, event.b_a),
      );
      expect(answer.acts).toEqual(trips.map(({ name }) => name));
      const [worst] = table.events
        .filter(({ name }) => found[name] === 'asymmetric')
        .sort((a, b) => b.loop_ms - a.loop_ms) as [Event];
      expect(answer.current / seen(worst)).toBeCloseTo(1, 4);
      let [low, high] = [0, 20];
      for (let i = 0; i < 50; i++) {
        const middle = (low + high) / 2;
        const off_deg = (360 * table.frequency_hz * (middle / 2)) / 1000;
        if (seen({ ...worst, b_a: worst.a_a, off_deg }) > needed(table, worst.a_a, worst.a_a)) high = middle;
        else low = middle;
      }
      expect(answer.tolerable).toBeCloseTo(low, 3);
    }
  });

  it('draws every cause, and false trips beside true ones', () => {
    expect(new Set(draws.flatMap(({ causes }) => Object.values(causes))).size).toBe(6);
    for (const facts of draws) {
      const { acts, causes } = family.solve(facts);
      expect(acts.some((name) => causes[name] === 'asymmetric')).toBe(true);
      const still = Object.keys(causes).filter(
        (name) => causes[name] === 'asymmetric' && !acts.includes(name),
      );
      expect(still.length).toBeGreaterThan(0);
    }
  });

  it('does not tell the prompt what was injected', () => {
    expect(Object.keys(family.vars?.(draws[0] as DifferentialChannelFacts, 'en') ?? {})).not.toContain(
      'causes',
    );
  });
});
