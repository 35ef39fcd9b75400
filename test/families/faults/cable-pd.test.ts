import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { CablePdFacts, Cluster } from '../../../harness/families/faults/cable-pd/facts.ts';
import { cablePdFamily as family } from '../../../harness/families/faults/cable-pd/family.ts';

const draws = Array.from({ length: 250 }, (_, seed) =>
  family.draw({ joints: [3, 5] }, createRandom(`cable ${seed}`)),
);
type Table = Omit<CablePdFacts, 'kinds'>;

/** By the shape of the two halves alone. */
function kindOf({ positive, negative, delay_us }: Cluster): string {
  if (!positive || !negative) return positive ? 'corona_earth' : 'corona_conductor';
  if (delay_us === null && positive.to_deg - positive.from_deg > 150) return 'noise';
  const scatter = (positive.most_pc - positive.least_pc) / positive.median_pc;
  if (scatter < 0.2) return 'floating';
  const imbalance = Math.max(
    positive.median_pc / negative.median_pc,
    negative.median_pc / positive.median_pc,
  );
  return imbalance > 2 ? 'surface' : 'void';
}

/** The place whose pulses, walked along the cable step by step, arrive as they were measured. */
function walk({ length_m, echo_us, method }: Table, delay: number): number {
  const perMetre = echo_us / (2 * length_m);
  let best = { x: 0, off: Number.POSITIVE_INFINITY };
  for (let x = 0; x <= length_m; x += 0.5) {
    const [toA, toB] = [x * perMetre, (length_m - x) * perMetre];
    const simulated = method === 'one-end' ? toB + length_m * perMetre - toA : toA - toB;
    const off = Math.abs(simulated - delay);
    if (off < best.off) best = { x, off };
  }
  return best.x;
}

describe('cable-pd', () => {
  it('can be read off the table alone: kinds by their halves, places by walking the pulses', () => {
    for (const { kinds, ...table } of draws) {
      const answer = family.solve({ ...table, kinds });
      for (const cluster of table.clusters) {
        const kind = kindOf(cluster);
        expect(kind, JSON.stringify(cluster)).toBe(answer.kinds[cluster.name]);
        const place = answer.places[cluster.name] as string;
        if (cluster.delay_us === null) {
          expect(place).toBe('none');
          continue;
        }
        const x = walk(table, cluster.delay_us);
        if (kind === 'void') expect(Math.abs(x - answer.distance)).toBeLessThan(0.6);
        const near = table.accessories.filter(({ at_m }) => Math.abs(at_m - x) <= table.accuracy_m);
        expect(near.length).toBeLessThan(2);
        expect(near[0]?.name ?? 'cable').toBe(place);
      }
      expect((answer.speed * table.echo_us) / 2).toBeCloseTo(table.length_m, 1);
    }
  });

  it('leaves no place to rounding: everything is well within the accuracy or well without', () => {
    for (const { kinds: _kinds, ...table } of draws)
      for (const { delay_us } of table.clusters) {
        if (delay_us === null) continue;
        const x = walk(table, delay_us);
        for (const { at_m } of table.accessories)
          expect(Math.abs(Math.abs(at_m - x) - table.accuracy_m)).toBeGreaterThan(1);
      }
  });

  it('draws every kind, both methods, voids in joints and between them', () => {
    expect(new Set(draws.flatMap(({ kinds }) => Object.values(kinds))).size).toBe(6);
    expect(new Set(draws.map(({ method }) => method)).size).toBe(2);
    const places = draws.map((facts) => {
      const { kinds, places: found } = family.solve(facts);
      return found[Object.keys(kinds).find((name) => kinds[name] === 'void') as string] as string;
    });
    expect(places.filter((place) => place === 'cable').length).toBeGreaterThan(50);
    expect(places.filter((place) => place.startsWith('J')).length).toBeGreaterThan(50);
  });
});
