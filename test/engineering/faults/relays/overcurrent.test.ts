import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPair,
  chooseTms,
  coordinationInterval,
  findMiscoordination,
  tripOrder,
} from '../../../../harness/engineering/faults/relays/coordination.ts';
import {
  CURVE_NAMES,
  type CurveName,
  currentForTime,
  curveTime,
  type OvercurrentRelay,
  operatingTime,
} from '../../../../harness/engineering/faults/relays/curves.ts';

const relay = (
  name: string,
  curve: CurveName,
  pickup_a: number,
  tms: number,
  more = {},
): OvercurrentRelay => ({
  name,
  curve,
  pickup_a,
  tms,
  ...more,
});

describe('inverse-time curves', () => {
  // Times at ten times pick-up and multiplier 1, as printed in relay manuals.
  it.each([
    ['IEC-SI', 2.971],
    ['IEC-VI', 1.5],
    ['IEC-EI', 0.808],
    ['IEC-LTI', 13.333],
    ['IEEE-MI', 1.207],
    ['IEEE-VI', 0.689],
    ['IEEE-EI', 0.407],
  ] as const)('%s takes %s s at ten times pick-up', (name, time) => {
    expect(curveTime(name, 10)).toBeCloseTo(time, 3);
  });

  it('standard inverse takes about 10 s at twice pick-up: the multiple, not the current, enters', () => {
    expect(operatingTime(relay('R', 'IEC-SI', 400, 1), 800)).toBeCloseTo(10.03, 2);
  });

  it('never picks up at or below its setting', () => {
    for (const name of CURVE_NAMES) {
      expect(curveTime(name, 1)).toBe(Number.POSITIVE_INFINITY);
      expect(curveTime(name, 0.5)).toBe(Number.POSITIVE_INFINITY);
      expect(curveTime(name, Number.NaN)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('falls with the current, grows with the multiplier, and turns around exactly', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURVE_NAMES),
        fc.double({ min: 1.01, max: 30, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (curve, multiple, tms) => {
          const r = relay('R', curve, 300, tms);
          const time = operatingTime(r, 300 * multiple);
          expect(operatingTime(r, 300 * multiple * 1.01)).toBeLessThan(time);
          expect(operatingTime({ ...r, tms: 2 * tms }, 300 * multiple)).toBeCloseTo(2 * time, 9);
          expect(currentForTime(r, time)! / (300 * multiple)).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('the high-set element cuts in at its own current, not below', () => {
    const r = relay('R', 'IEC-SI', 300, 0.3, { instantaneous_a: 5000 });
    expect(operatingTime(r, 4999)).toBeGreaterThan(0.5);
    expect(operatingTime(r, 5000)).toBe(0.05);
  });
});

describe('time multiplier from a downstream time', () => {
  it('gives the interval at the common current, and rounding never eats into it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURVE_NAMES),
        fc.double({ min: 1.2, max: 20, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (curve, multiple, down) => {
          const choice = chooseTms({ curve, pickup_a: 400 }, 400 * multiple, down, 0.3);
          expect(choice.tms_exact * curveTime(curve, multiple)).toBeCloseTo(down + 0.3, 9);
          expect(choice.time_s).toBeGreaterThanOrEqual(down + 0.3 - 1e-8);
          expect(choice.tms - choice.tms_exact).toBeLessThan(0.01 + 1e-9);
        },
      ),
    );
  });

  it('a worked grading: 0.20 s downstream, 0.3 s interval, SI at ten times pick-up gives TMS 0.17', () => {
    const choice = chooseTms({ curve: 'IEC-SI', pickup_a: 200 }, 2000, 0.2, 0.3);
    expect(choice.tms_exact).toBeCloseTo(0.1683, 4);
    expect(choice.tms).toBe(0.17);
  });

  it('a current that does not pick the relay up is refused', () => {
    expect(() => chooseTms({ curve: 'IEC-SI', pickup_a: 400 }, 400, 0.2, 0.3)).toThrow(/does not pick up/);
  });

  it('the interval is the sum of its parts', () => {
    expect(
      coordinationInterval({
        breaker_s: 0.1,
        overshoot_s: 0.05,
        safety_s: 0.1,
        error_fraction: 0.15,
        downstream_s: 0.4,
      }),
    ).toBeCloseTo(0.31, 12);
  });
});

describe('coordination of pairs', () => {
  const range = { min_a: 800, max_a: 6000 };

  it('finds curves that cross inside the range though they grade well at its top', () => {
    const downstream = relay('D', 'IEC-SI', 300, 0.1);
    const upstream = relay('U', 'IEC-EI', 310, 0.9);
    expect(operatingTime(upstream, 2000) - operatingTime(downstream, 2000)).toBeGreaterThan(0.3);
    const finding = checkPair({ downstream, upstream, ...range }, 0.3);
    expect(finding.verdict).not.toBe('coordinated');
    expect(finding.worst_at_a).toBeGreaterThan(5900);
  });

  it('an upstream high-set that reaches past the next relay trips first, just at its pick-up', () => {
    const downstream = relay('D', 'IEC-SI', 300, 0.1);
    const upstream = relay('U', 'IEC-SI', 400, 0.4, { instantaneous_a: 4000 });
    const finding = checkPair({ downstream, upstream, ...range }, 0.3);
    expect(finding.verdict).toBe('upstream-first');
    expect(finding.worst_at_a).toBeCloseTo(4000, 3);
  });

  it('a downstream relay that does not see the smallest fault is a finding of its own', () => {
    const finding = checkPair(
      { downstream: relay('D', 'IEC-SI', 900, 0.1), upstream: relay('U', 'IEC-SI', 1000, 0.4), ...range },
      0.3,
    );
    expect(finding.verdict).toBe('downstream-blind');
  });

  it('the margin found agrees with a search ten times finer, whatever the curves', () => {
    const setting = fc.record({
      curve: fc.constantFrom(...CURVE_NAMES),
      pickup_a: fc.integer({ min: 100, max: 700 }),
      tms: fc.double({ min: 0.05, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(setting, setting, (d, u) => {
        const pair = { downstream: { name: 'D', ...d }, upstream: { name: 'U', ...u }, ...range };
        const found = checkPair(pair, 0.3).worst_margin_s ?? Number.POSITIVE_INFINITY;
        let least = Number.POSITIVE_INFINITY;
        for (let i = 0; i <= 4000; i++) {
          const a = 800 * (6000 / 800) ** (i / 4000);
          least = Math.min(least, operatingTime(pair.upstream, a) - operatingTime(pair.downstream, a));
        }
        expect(Math.abs(found - least)).toBeLessThan(1e-3 + 0.01 * Math.abs(least));
      }),
      { numRuns: 30 },
    );
  });

  it('an upstream relay that never picks up has no margin to speak of', () => {
    const pair = {
      downstream: relay('D', 'IEC-SI', 300, 0.1),
      upstream: relay('U', 'IEC-SI', 9000, 0.1),
      ...range,
    };
    expect(checkPair(pair, 0.3)).toMatchObject({ worst_margin_s: null, verdict: 'coordinated' });
  });

  it('lists only the bad pairs, worst first, and orders trips by time', () => {
    const a = relay('A', 'IEC-SI', 200, 0.05);
    const b = relay('B', 'IEC-SI', 300, 0.2);
    const c = relay('C', 'IEC-SI', 400, 0.21);
    const bad = findMiscoordination(
      [
        { downstream: a, upstream: b, ...range },
        { downstream: b, upstream: c, ...range },
      ],
      0.25,
    );
    expect(bad.map((f) => f.upstream)).toEqual(['C']);
    const order = tripOrder([
      { relay: c, current_a: 3000 },
      { relay: a, current_a: 3000 },
      { relay: b, current_a: 250 },
    ]);
    expect(order.map((t) => t.name)).toEqual(['A', 'C']);
  });
});
