import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  CAUSES,
  type Cause,
  type DistanceToFaultFacts,
  type Pair,
} from '../../../harness/families/faults/distance-to-fault/facts.ts';
import { distanceToFaultFamily as family } from '../../../harness/families/faults/distance-to-fault/family.ts';

const SEEDS = 40;
const draws = CAUSES.flatMap((cause) =>
  Array.from({ length: SEEDS }, (_, seed) =>
    family.draw({ causes: [cause] }, createRandom(`test ${cause} ${seed}`)),
  ),
);

// Own complex arithmetic on [real, imaginary], and only what the prompt shows.
type C = readonly [number, number];
const at = ([r, deg]: Pair): C => [r * Math.cos((deg * Math.PI) / 180), r * Math.sin((deg * Math.PI) / 180)];
const plus = (a: C, b: C): C => [a[0] + b[0], a[1] + b[1]];
const minus = (a: C, b: C): C => [a[0] - b[0], a[1] - b[1]];
const times = (a: C, b: C): C => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const over = (a: C, b: C): C => times(a, [b[0] / (b[0] ** 2 + b[1] ** 2), -b[1] / (b[0] ** 2 + b[1] ** 2)]);
const size = (a: C) => Math.hypot(...a);

type Seen = Omit<DistanceToFaultFacts, 'cause' | 'put_km'>;
const seen = (facts: DistanceToFaultFacts) => family.vars?.(facts, 'en') as unknown as Seen;
const read = ({ channels }: Seen, end: string, name: string, when: 'during' | 'before' = 'during'): C =>
  at(channels.find((c) => c.end === end && c.name === name)?.[when] as Pair);
const sumOf = (s: Seen, end: string) =>
  plus(plus(read(s, end, 'IA'), read(s, end, 'IB')), read(s, end, 'IC'));

/** The sentences of the prompt, one after another. */
function byThePrompt(s: Seen): number {
  const z1: C = s.settings.z1;
  const [p, q] = s.type === '3ph' ? ['B', 'C'] : s.phases;
  const of = (kind: string, when: 'during' | 'before' = 'during') =>
    s.type === 'LG'
      ? read(s, 'S', `${kind}${p}`, when)
      : minus(read(s, 'S', `${kind}${p}`, when), read(s, 'S', `${kind}${q}`, when));
  const v = of('V');
  const i = s.type === 'LG' ? plus(of('I'), times(at(s.settings.k0), sumOf(s, 'S'))) : of('I');
  if (s.method === 'reactance') return over(v, i)[1] / z1[1];
  const [dr, di] = minus(of('I'), of('I', 'before'));
  const conjugate: C = [dr, -di];
  return times(v, conjugate)[1] / times(times(z1, i), conjugate)[1];
}

/** What an engineer looks at, in turn; the first that does not hold is the cause. */
function diagnosed(s: Seen): Cause {
  const apart = (a: C, b: C) => size(minus(a, b)) / size(b);
  const positive = (end: string): C => read(s, end, 'IA', 'before');
  if (apart(positive('R'), times([-1, 0], positive('S'))) > 0.03) return 'clock';
  if (apart(s.settings.z1, s.tested.z1) > 0.03) return 'line-impedance';
  if (s.type === 'LG') {
    const k0 = over(minus(s.tested.z0, s.tested.z1), times([3, 0], s.tested.z1));
    if (apart(at(s.settings.k0), k0) > 0.05) return 'residual';
    if (apart(sumOf(s, 'S'), read(s, 'S', 'IN')) > 0.03) return 'ct-saturation';
    if (s.parallel && s.parallel.residual[0] > 0) return 'mutual';
  }
  return Math.abs(byThePrompt(s) - trueKm(s)) > 0.02 * s.length_km ? 'infeed' : 'none';
}

/** Negative sequence where there is one, positive sequence where not; records are put right beforehand. */
function trueKm(s: Seen): number {
  const names = ['A', 'B', 'C'] as const;
  const turn = over(times([-1, 0], read(s, 'R', 'IA', 'before')), read(s, 'S', 'IA', 'before'));
  const back: C = over([1, 0], turn);
  const current = (name: string): C => {
    if (s.type !== 'LG' || name !== s.phases[0]) return read(s, 'S', `I${name}`);
    return names
      .filter((n) => n !== name)
      .reduce<C>((sum, n) => minus(sum, read(s, 'S', `I${n}`)), read(s, 'S', 'IN'));
  };
  const sequence = (of: (name: string) => C): C => {
    const sign = s.type === '3ph' ? 1 : -1;
    return names.reduce<C>((sum, name, k) => plus(sum, times(at([1 / 3, sign * 120 * k]), of(name))), [0, 0]);
  };
  const [vs, is] = [sequence((n) => read(s, 'S', `V${n}`)), sequence(current)];
  const [vr, ir] = [
    sequence((n) => times(back, read(s, 'R', `V${n}`))),
    sequence((n) => times(back, read(s, 'R', `I${n}`))),
  ];
  const z: C = s.tested.z1;
  return over(plus(minus(vs, vr), times(times([s.length_km, 0], z), ir)), times(z, plus(is, ir)))[0];
}

describe('distance-to-fault', () => {
  it('has faults between phases under every cause that can act there', () => {
    const types = (cause: Cause) =>
      new Set(draws.filter((facts) => facts.cause === cause).map(({ type }) => type));
    for (const cause of ['none', 'line-impedance', 'infeed', 'clock'] as const)
      expect(types(cause).size, cause).toBeGreaterThanOrEqual(3);
    for (const cause of ['residual', 'mutual', 'ct-saturation'] as const)
      expect([...types(cause)]).toEqual(['LG']);
    expect(draws.filter(({ cause, type }) => cause === 'clock' && type !== 'LG').length).toBeGreaterThan(15);
  });

  it('says in the worked solution that clocks agree where they do, never that one is 0° ahead', () => {
    for (const facts of draws) {
      const text = family.work?.(facts, family.solve(facts), 'zh') ?? '';
      expect(text).not.toMatch(/(超前|滞后) 0°|∠[^ ]* kA，独立零序电流互感器 0 kA/);
      expect(text.includes('两侧时钟一致')).toBe(facts.cause !== 'clock');
    }
  });

  it('has the distance that the formula of the prompt gives on the figures of the prompt', () => {
    for (const facts of draws) expect(byThePrompt(seen(facts))).toBeCloseTo(family.solve(facts).d_single, 4);
  });

  it('has the distance at which the fault was put, and that negative sequence finds as well', () => {
    for (const facts of draws) {
      const { d_true } = family.solve(facts);
      expect(Math.abs(d_true - facts.put_km)).toBeLessThan(0.15);
      expect(Math.abs(d_true - trueKm(seen(facts)))).toBeLessThan(0.25);
    }
  });

  it('has a cause that can be told from what is shown alone, on every draw', () => {
    for (const facts of draws)
      expect(diagnosed(seen(facts)), JSON.stringify(facts.parallel)).toBe(facts.cause);
  });

  it('shows neither the cause nor the place', () => {
    for (const facts of draws) {
      const shown = seen(facts);
      expect('cause' in shown || 'put_km' in shown).toBe(false);
    }
  });

  it('has what looks wrong and is not: a k0 that no current sees, a second circuit that does nothing', () => {
    const innocent = draws.filter(({ cause }) => cause !== 'residual' && cause !== 'mutual');
    expect(innocent.filter(({ parallel }) => parallel).length).toBeGreaterThan(30);
    const off = innocent.filter((facts) => {
      const s = seen(facts);
      const k0 = over(minus(s.tested.z0, s.tested.z1), times([3, 0], s.tested.z1));
      return size(minus(at(s.settings.k0), k0)) > 0.15 * size(k0);
    });
    expect(off.length).toBeGreaterThan(20);
    for (const { type } of off) expect(type).not.toBe('LG');
  });

  it('is not solved by believing the locator, unless nothing is wrong with it', () => {
    for (const facts of draws) {
      const { d_single, d_true, cause } = family.solve(facts);
      const apart = Math.abs(d_single - d_true) / facts.length_km;
      if (cause === 'none' || cause === 'clock') expect(apart).toBeLessThan(0.013);
      else expect(apart).toBeGreaterThan(0.025);
    }
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'zh').length).toBeGreaterThanOrEqual(6);
  });
});
