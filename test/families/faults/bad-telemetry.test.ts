import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { BadTelemetryParams } from '../../../harness/families/faults/bad-telemetry/facts.ts';
import { badTelemetryFamily as family } from '../../../harness/families/faults/bad-telemetry/family.ts';
import { judgeFaults } from '../../../harness/families/faults/bad-telemetry/verdict.ts';
import { choices, contradiction } from '../../engineering/faults/telemetry/projection.ts';

const MOST = 4;
const BASIC: BadTelemetryParams = { stations: [3, 4], snapshots: [6, 7], faults: [1, 1] };
const ADVANCED: BadTelemetryParams = { stations: [4, 5], snapshots: [8, 8], faults: [2, 2] };
const EXPERT: BadTelemetryParams = { stations: [6, 7], snapshots: [10, 12], faults: [3, 4] };

const draws = (params: BadTelemetryParams, count: number) =>
  Array.from({ length: count }, (_, seed) => {
    const facts = family.draw(params, createRandom(`telemetry ${seed}`));
    return { facts, answer: family.solve(facts) };
  });

describe('bad-telemetry', () => {
  it.each([
    ['basic', BASIC, 40],
    ['advanced', ADVANCED, 12],
  ] as const)(
    '%s: projection proves every other set of as many meters wrong, and finds nothing against the key',
    (_name, params, count) => {
      for (const { facts, answer } of draws(params, count)) {
        const { lines, meters, accuracy_mw } = facts;
        const key = answer.faults.map(({ meter }) => meter).sort();
        for (const set of choices(
          meters.map(({ id }) => id),
          key.length,
        )) {
          const same = set.length === key.length && set.every((id) => key.includes(id));
          const kept = meters.filter(({ id }) => !set.includes(id));
          const proof = contradiction(lines, kept, accuracy_mw);
          if (same) expect(proof, set.join()).toBeLessThanOrEqual(1);
          else if (set.length === key.length) expect(proof, set.join()).toBeGreaterThan(1);
        }
      }
    },
  );

  it('expert: nothing speaks against the key, and putting back any one of its meters contradicts the rest', () => {
    for (const { facts, answer } of draws(EXPERT, 40)) {
      const { lines, meters, accuracy_mw } = facts;
      const bad = new Set(answer.faults.map(({ meter }) => meter));
      const kept = meters.filter(({ id }) => !bad.has(id));
      expect(contradiction(lines, kept, accuracy_mw)).toBeLessThanOrEqual(1);
      for (const meter of meters.filter(({ id }) => bad.has(id)))
        expect(contradiction(lines, [...kept, meter], accuracy_mw), meter.id).toBeGreaterThan(2);
    }
  });

  it('draws all four kinds, swaps in pairs of one station, and faults that begin', () => {
    const all = draws(ADVANCED, 60);
    const kinds = new Set(all.flatMap(({ answer }) => answer.faults.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['drift', 'late', 'stuck', 'swapped']);
    for (const { facts, answer } of all) {
      const swapped = answer.faults.filter(({ kind }) => kind === 'swapped');
      expect([0, 2]).toContain(swapped.length);
      const stations = swapped.map(({ meter }) => facts.meters.find(({ id }) => id === meter)?.station);
      expect(new Set(stations).size).toBeLessThanOrEqual(1);
      for (const { kind, since } of answer.faults)
        expect(since !== undefined).toBe(kind === 'stuck' || kind === 'drift');
    }
  });

  it('asks for a flow that a good meter of the same line confirms, or the balance of its station', () => {
    for (const { facts, answer } of draws(EXPERT, 20)) {
      const bad = new Set(answer.faults.map(({ meter }) => meter));
      const { line, station, at } = facts.asked;
      const good = facts.meters.filter((meter) => meter.line === line && !bad.has(meter.id));
      for (const meter of good) {
        const reading = (meter.station === station ? 1 : -1) * (meter.readings[at] ?? Number.NaN);
        expect(Math.abs(reading - answer.value)).toBeLessThan(0.9);
      }
    }
  });
});

describe('verdict on bad meters', () => {
  const right = [
    { meter: 'M01', kind: 'stuck', since: '10:45' },
    { meter: 'M02', kind: 'late' },
  ];

  it('makes a false alarm cost what a miss costs', () => {
    const missed = judgeFaults(right, MOST, right.slice(0, 1)).value;
    const alarm = judgeFaults(right, MOST, [...right, { meter: 'M09', kind: 'late' }]).value;
    expect(missed).toBeCloseTo(2 / 3);
    expect(alarm).toBeCloseTo(4 / 5);
    expect(judgeFaults(right, MOST, [right[0], { meter: 'M09', kind: 'late' }]).value).toBeCloseTo(0.5);
  });

  it('gives nothing to who names more meters than may be bad, however many of them are', () => {
    const right = [{ meter: 'M01', kind: 'late' }];
    const all = Array.from({ length: 9 }, (_, i) => ({ meter: `M0${i + 1}`, kind: 'late' }));
    expect(judgeFaults(right, 2, all).value).toBe(0);
    expect(judgeFaults(right, 2, all.slice(0, 2)).value).toBeCloseTo(2 / 3);
  });

  it('pays once for a meter that is named many times', () => {
    expect(judgeFaults(right, MOST, [right[0], right[0], right[0]]).value).toBeLessThan(0.5);
  });

  it('takes the words of both languages, and 9:45 for 09:45', () => {
    const early = [{ meter: 'M01', kind: 'stuck', since: '09:45' }];
    expect(judgeFaults(early, MOST, [{ meter: 'm01', kind: '死数', since: '9:45' }]).value).toBe(1);
    expect(judgeFaults(early, MOST, [{ meter: 'M01', kind: 'frozen', since: '09:45:00' }]).value).toBe(1);
    expect(judgeFaults(early, MOST, [{ meter: 'M01', kind: '漂移', since: '9:45' }]).value).toBe(0.5);
  });

  it('lives through hostile replies', () => {
    const hostile: unknown[] = [
      null,
      'M01',
      { M01: 'stuck' },
      [null],
      [[[]]],
      [{ __proto__: { meter: 'M01', kind: 'stuck' } }],
      [{ meter: { toString: () => 'M01' } }],
      Array.from({ length: 5000 }, () => right[0]),
    ];
    for (const proposal of hostile) expect(judgeFaults(right, MOST, proposal).value).toBe(0);
  });
});
