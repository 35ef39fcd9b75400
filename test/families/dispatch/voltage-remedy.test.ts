import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { devicesOf, operations } from '../../../harness/families/dispatch/voltage-remedy/devices.ts';
import type { VoltageRemedyFacts } from '../../../harness/families/dispatch/voltage-remedy/facts.ts';
import { voltageRemedyFamily as family } from '../../../harness/families/dispatch/voltage-remedy/family.ts';
import { around } from '../../../harness/families/dispatch/voltage-remedy/search.ts';
import { excess, simulate } from '../../../harness/families/dispatch/voltage-remedy/simulate.ts';

const draw = (params: Parameters<typeof family.draw>[0], count: number) =>
  Array.from({ length: count }, (_, seed) => family.draw(params, createRandom(`test ${seed}`)));
const trees = draw({ buses: [4, 5], meshed: false, capacitors: 1, operations: [2, 4] }, 10);
const rings = draw({ buses: [6, 7], meshed: true, capacitors: 2, operations: [3, 5] }, 6);
const draws = [...trees, ...rings];
const present = (facts: VoltageRemedyFacts) => devicesOf(facts).map(({ now }) => now);

describe('voltage-remedy', () => {
  it('has the voltages and losses that currents give by Gauss-Seidel, without Newton or any of its code', () => {
    for (const facts of draws) {
      const { vm, loss_mw } = gaussSeidel(facts, present(facts));
      const answer = family.solve(facts);
      expect(answer.worst_voltage).toBeCloseTo(vm[Number(answer.worst_bus)] as number, 5);
      expect(answer.losses).toBeCloseTo(loss_mw, 2);
    }
  });

  it('has a remedy that Gauss-Seidel finds within the band too', () => {
    for (const facts of draws) {
      const { remedy } = family.solve(facts);
      const positions = devicesOf(facts).map(({ name, kind }) =>
        Math.round((remedy[name] as number) * (kind === 'setpoint' ? 100 : 1)),
      );
      const { vm } = gaussSeidel(facts, positions);
      for (const { id } of facts.buses.slice(1)) {
        expect(vm[id]).toBeGreaterThan(facts.band.low - 4e-4);
        expect(vm[id]).toBeLessThan(facts.band.high + 4e-4);
      }
    }
  });

  it('takes the fewest operations: every setting nearer to the present one is tried, without the forecast that saves time', () => {
    for (const facts of [...trees.slice(0, 5), ...rings.slice(0, 1)]) {
      const answer = family.solve(facts);
      const devices = devicesOf(facts);
      for (let fewer = 0; fewer < answer.operations; fewer++)
        for (const positions of around(devices, fewer)) {
          expect(operations(devices, positions)).toBe(fewer);
          const after = simulate(facts, positions);
          expect(after ? excess(facts, after) : 1).toBeGreaterThan(0);
        }
    }
  });

  it('pays nothing for doing nothing, most for the fewest operations, and never a full mark for more', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const judge = (remedy: unknown) => family.verify?.remedy?.(facts, answer, remedy).value as number;
      expect(judge({})).toBe(0);
      expect(judge(answer.remedy)).toBe(1);
      const devices = devicesOf(facts);
      const dear = around(devices, answer.operations + 1).find((positions) => {
        const after = simulate(facts, positions);
        return after && excess(facts, after) === 0;
      });
      if (!dear) continue;
      const named = devices.map(({ name, kind }, i) => [
        name,
        (dear[i] as number) / (kind === 'setpoint' ? 100 : 1),
      ]);
      expect(judge(Object.fromEntries(named))).toBeCloseTo(0.9, 9);
    }
  });

  it('never leaves a draw that one device alone could mend', () => {
    for (const facts of draws.slice(0, 6)) {
      const devices = devicesOf(facts);
      devices.forEach((device, k) => {
        for (let position = device.lowest; position <= device.highest; position++) {
          const after = simulate(
            facts,
            present(facts).map((now, i) => (i === k ? position : now)),
          );
          expect(after ? excess(facts, after) : 1).toBeGreaterThan(0);
        }
      });
    }
  });

  it('refuses hostile remedies without falling over', () => {
    const facts = draws[0] as VoltageRemedyFacts;
    const answer = family.solve(facts);
    const hostile = [
      null,
      7,
      'T1',
      [],
      JSON.parse('{"__proto__": 1}'),
      { constructor: 1 },
      { T1: Number.NaN },
      { T1: 1e9 },
      { T1: 0.5 },
      { T1: { n: 1 } },
      { [facts.generator.name]: '∞' },
    ];
    for (const remedy of hostile) expect(family.verify?.remedy?.(facts, answer, remedy).value).toBe(0);
    const worded = Object.fromEntries(
      Object.entries(answer.remedy).map(([name, value]) => [
        name.toLowerCase(),
        name === facts.generator.name ? `${value} p.u.` : String(value),
      ]),
    );
    expect(family.verify?.remedy?.(facts, answer, worded).value).toBe(1);
  });
});

interface C {
  re: number;
  im: number;
}
const c = (re: number, im = 0): C => ({ re, im });
const add = (a: C, b: C): C => c(a.re + b.re, a.im + b.im);
const sub = (a: C, b: C): C => c(a.re - b.re, a.im - b.im);
const mul = (a: C, b: C): C => c(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const conj = (a: C): C => c(a.re, -a.im);
const inv = (a: C): C => c(a.re / (a.re ** 2 + a.im ** 2), -a.im / (a.re ** 2 + a.im ** 2));
const abs = (a: C) => Math.hypot(a.re, a.im);

/** Bus admittance written out, then V_i = (conj(S_i/V_i) − Σ Y_ij V_j)/Y_ii until nothing moves; the unit within its limits. */
function gaussSeidel(facts: VoltageRemedyFacts, positions: readonly number[]) {
  const { buses, transformer: t, lines, capacitors, generator: g, base_mva } = facts;
  const ids = buses.map(({ id }) => id);
  const y = new Map(ids.map((i) => [i, new Map(ids.map((j) => [j, c(0)]))]));
  const into = (i: number, j: number, value: C) => {
    const row = y.get(i) as Map<number, C>;
    row.set(j, add(row.get(j) as C, value));
  };
  const ratio = 1 + (positions[0] as number) * t.step;
  const yt = inv(c(t.r_pu, t.x_pu));
  into(1, 1, mul(yt, c(1 / ratio ** 2)));
  into(2, 2, yt);
  into(1, 2, mul(yt, c(-1 / ratio)));
  into(2, 1, mul(yt, c(-1 / ratio)));
  for (const { from, to, r_pu, x_pu, b_pu } of lines) {
    const ys = inv(c(r_pu, x_pu));
    for (const end of [from, to]) into(end, end, add(ys, c(0, b_pu / 2)));
    into(from, to, mul(ys, c(-1)));
    into(to, from, mul(ys, c(-1)));
  }
  capacitors.forEach(({ bus, step_mvar }, k) => {
    into(bus, bus, c(0, (step_mvar * (positions[k + 1] as number)) / base_mva));
  });
  const v = new Map(ids.map((id) => [id, c(id === 1 ? facts.infeed_pu : 1)]));
  const at = (id: number) => v.get(id) as C;
  const current = (i: number) => ids.reduce((sum, j) => add(sum, mul(y.get(i)?.get(j) as C, at(j))), c(0));
  const setpoint = (positions.at(-1) as number) / 100;
  for (let round = 0; round < 4000; round++) {
    let moved = 0;
    for (const { id, p_mw, q_mvar } of buses) {
      if (id === 1) continue;
      const p = (id === g.bus ? g.p_mw : 0) - p_mw;
      let q = -q_mvar;
      let holds = false;
      if (id === g.bus) {
        const aimed = mul(at(id), c(setpoint / abs(at(id))));
        const others = sub(current(id), mul(y.get(id)?.get(id) as C, at(id)));
        const needed =
          mul(aimed, conj(add(others, mul(y.get(id)?.get(id) as C, aimed)))).im * base_mva + q_mvar;
        const made = Math.min(g.q_max_mvar, Math.max(g.q_min_mvar, needed));
        holds = made === needed;
        q += made;
      }
      const s = c(p / base_mva, q / base_mva);
      const others = sub(current(id), mul(y.get(id)?.get(id) as C, at(id)));
      let next = mul(inv(y.get(id)?.get(id) as C), sub(conj(mul(s, inv(at(id)))), others));
      if (holds) next = mul(next, c(setpoint / abs(next)));
      moved = Math.max(moved, abs(sub(next, at(id))));
      v.set(id, next);
    }
    if (moved < 1e-10) break;
  }
  const power = ids.reduce((sum, id) => sum + mul(at(id), conj(current(id))).re, 0);
  return { vm: Object.fromEntries(ids.map((id) => [id, abs(at(id))])), loss_mw: power * base_mva };
}
