import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { dcModel, flowsOf } from '../../../harness/engineering/grid/dc-model.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { type DcOpf, type DcOpfOptions, dcOpf } from '../../../harness/engineering/optimise/dc-opf.ts';
import { addColumn, addRow, createModel } from '../../../harness/engineering/optimise/model.ts';
import { loadSolver, solveLp } from '../../../harness/engineering/optimise/solver.ts';
import { branch, bus, generator, linear, randomNetwork, seeded } from './random-network.ts';

beforeAll(loadSolver);

function optimum(network: Network, options: DcOpfOptions): DcOpf {
  const result = dcOpf(network, options);
  if (result.status !== 'optimal') throw new Error(`${result.status}: ${result.reason}`);
  return result;
}

const drawn = (quadratic: boolean, shifts = false) =>
  fc
    .record({ seed: fc.integer({ min: 1, max: 1e6 }), size: fc.integer({ min: 3, max: 30 }) })
    .map(({ seed, size }) => randomNetwork(seeded(seed), size, { quadratic, shifts, tight: 1 }));

/** Properties hold of networks that can be served at all. */
function feasible(network: Network, options: DcOpfOptions): DcOpf | undefined {
  const result = dcOpf(network, options);
  return result.status === 'optimal' ? result : undefined;
}

const withLoad = (network: Network, at: number, more: number): Network => ({
  ...network,
  buses: network.buses.map((b, i) => (i === at ? { ...b, p_load_mw: b.p_load_mw + more } : b)),
});

describe.each(['pm', 'mp'] as const)('DC-OPF, %s convention', (convention) => {
  it.each([
    ['linear', false],
    ['quadratic', true],
  ] as const)('prices are the slope of the optimum in the load, %s costs', (_, quadratic) => {
    let congested = 0;
    fc.assert(
      fc.property(drawn(quadratic), fc.nat(), (network, pick) => {
        const result = feasible(network, { convention });
        if (!result) return;
        const at = pick % network.buses.length;
        const h = quadratic ? 0.01 : 1e-3;
        const up = feasible(withLoad(network, at, h), { convention, intervals: false });
        const down = feasible(withLoad(network, at, -h), { convention, intervals: false });
        if (!up || !down) return;
        if (result.limited_by.some((by) => by)) congested++;
        const slope = (up.objective - down.objective) / (2 * h);
        const slack = 1e-3 * Math.max(1, Math.abs(slope));
        expect(slope).toBeGreaterThanOrEqual((result.price_low[at] as number) - slack);
        expect(slope).toBeLessThanOrEqual((result.price_high[at] as number) + slack);
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(congested).toBeGreaterThan(15);
  });

  it('shadow prices are what one more MW of a limit saves', () => {
    let binding = 0;
    fc.assert(
      fc.property(drawn(true), (network) => {
        const result = feasible(network, { convention });
        const at = result?.shadow_price_per_branch.findIndex((price) => price > 0.01) ?? -1;
        if (!result || at < 0) return;
        binding++;
        const eased = (more: number): Network => ({
          ...network,
          branches: network.branches.map((b, i) => (i === at ? { ...b, rate_mva: b.rate_mva + more } : b)),
        });
        const h = 0.01;
        const saved =
          (optimum(eased(-h), { convention }).objective - optimum(eased(h), { convention }).objective) /
          (2 * h);
        expect(result.shadow_price_per_branch[at]).toBeCloseTo(saved, 2);
      }),
      { numRuns: 40, seed: 3 },
    );
    expect(binding).toBeGreaterThan(10);
  });

  it('flows are those of the DC power flow of its dispatch, within limits', () => {
    fc.assert(
      fc.property(drawn(false, true), (network) => {
        const result = feasible(network, { convention });
        if (!result) return;
        const generators = network.generators.map((g, i) => ({ ...g, p_mw: result.dispatch_mw[i] }));
        const flow = dcFlow({ ...network, generators }, { convention });
        flow.p_from_mw.forEach((p, i) => {
          expect(result.flow_mw[i]).toBeCloseTo(p, 5);
          expect(Math.abs(p)).toBeLessThanOrEqual(network.branches[i].rate_mva + 1e-5);
        });
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it('what loads pay beyond what generators earn is the congestion rent, and the worth of the binding limits', () => {
    fc.assert(
      fc.property(drawn(true), (network) => {
        const result = feasible(network, { convention });
        if (!result) return;
        const price = new Map(network.buses.map(({ id }, i) => [id, result.price[i] as number]));
        const paid = network.buses.reduce((sum, b) => sum + b.p_load_mw * (price.get(b.id) as number), 0);
        const earned = network.generators.reduce(
          (sum, g, i) => sum + result.dispatch_mw[i] * (price.get(g.bus) as number),
          0,
        );
        const worth = network.branches.reduce(
          (sum, { rate_mva }, i) =>
            sum + (result.shadow_price_per_branch[i] ? rate_mva * result.shadow_price_per_branch[i] : 0),
          0,
        );
        const scale = Math.max(1, Math.abs(paid));
        expect(Math.abs(paid - earned - result.congestion_rent) / scale).toBeLessThan(1e-6);
        expect(Math.abs(worth - result.congestion_rent) / scale).toBeLessThan(1e-6);
      }),
      { numRuns: 40, seed: 9 },
    );
  });

  it('the angle form agrees with the injection-shift form, which has no angles', () => {
    fc.assert(
      fc.property(drawn(false), (network) => {
        const result = feasible(network, { convention, intervals: false });
        if (!result) return;
        expect(injectionShiftOptimum(network, convention)).toBeCloseTo(result.objective, 4);
      }),
      { numRuns: 25, seed: 21 },
    );
  });
});

/** min c·p with one balance and flows = PTDF · injections, columns of the PTDF by one DC flow each. */
function injectionShiftOptimum(network: Network, convention: 'pm' | 'mp'): number {
  const dc = dcModel(network, { convention });
  const unit = network.buses.map((_, i) => {
    const injection = new Float64Array(network.buses.length);
    injection[i] = 1;
    return flowsOf(dc, injection).p_from_mw;
  });
  const index = new Map(network.buses.map(({ id }, i) => [id, i]));
  const model = createModel();
  const power = network.generators.map(({ p_min_mw, p_max_mw, cost }, i) =>
    addColumn(model, {
      name: `${i}`,
      lower: p_min_mw,
      upper: p_max_mw,
      cost: cost.kind === 'polynomial' ? cost.coefficients[1] : Number.NaN,
    }),
  );
  const load = network.buses.reduce((sum, b) => sum + b.p_load_mw, 0);
  addRow(model, { name: 'balance', lower: load, upper: load, terms: power.map((c) => [c, 1] as const) });
  network.branches.forEach(({ rate_mva }, l) => {
    const fixed = network.buses.reduce((sum, b, i) => sum - b.p_load_mw * unit[i][l], 0);
    addRow(model, {
      name: `branch ${l}`,
      lower: -rate_mva - fixed,
      upper: rate_mva - fixed,
      terms: power.map((c, g) => [c, unit[index.get(network.generators[g].bus) as number][l]] as const),
    });
  });
  const solution = solveLp(model);
  return solution.status === 'optimal' ? solution.objective : Number.NaN;
}

const pair = (more: Partial<Network> = {}): Network => ({
  name: 'pair',
  base_mva: 100,
  buses: [bus(1, 0), bus(2, 150)],
  branches: [branch(1, 2, 0.1, { rate_mva: 100 })],
  generators: [generator(1, 300, linear(10)), generator(2, 300, linear(30))],
  ...more,
});

describe('DC-OPF on a network one can solve by hand', () => {
  it('splits prices at the limit into energy and congestion', () => {
    const result = optimum(pair(), { convention: 'mp' });
    expect(result.dispatch_mw).toEqual([100, 50]);
    expect(result.price).toEqual([10, 30]);
    expect(result.energy_price).toBe(10);
    expect(result.congestion).toEqual([0, 20]);
    expect(result.shadow_price_per_branch).toEqual([20]);
    expect(result.congestion_rent).toBeCloseTo(2000, 6);
  });

  it('states energy at the reference that was asked for, not always the slack', () => {
    expect(optimum(pair(), { convention: 'mp', reference: { kind: 'bus', bus: 2 } }).congestion).toEqual([
      -20, 0,
    ]);
    expect(optimum(pair(), { convention: 'mp', reference: { kind: 'load' } }).energy_price).toBe(30);
    expect(() => dcOpf(pair(), { convention: 'mp', reference: { kind: 'bus', bus: 9 } })).toThrow(/bus 9/);
  });

  it('counts a shunt as load and leaves out of service what is out', () => {
    const network = pair({
      buses: [bus(1, 0), bus(2, 150, { g_shunt_mw: 10 }), bus(3, 40, { type: 'isolated' })],
      branches: [branch(1, 2, 0.1, { rate_mva: 100 }), branch(1, 2, 0.1, { in_service: false })],
      generators: [...pair().generators, generator(2, 500, linear(1), { in_service: false })],
    });
    const result = optimum(network, { convention: 'mp' });
    expect(result.dispatch_mw).toEqual([100, 60, 0]);
    expect(result.flow_mw[1]).toBe(0);
    expect(result.price).toEqual([10, 30, null]);
  });

  it('gives an interval of prices where the optimum sits at a corner, and a point where it does not', () => {
    // 100 MW over the line fill it exactly while the dear unit stands at 0: any price from 10 to 30 holds at bus 2.
    const corner = optimum(pair({ buses: [bus(1, 0), bus(2, 100)] }), { convention: 'mp' });
    expect(corner.price_low).toEqual([10, expect.closeTo(10, 4)]);
    expect(corner.price_high).toEqual([10, expect.closeTo(30, 4)]);
    const inside = optimum(pair({ buses: [bus(1, 0), bus(2, 90)] }), { convention: 'mp' });
    expect([inside.price_low, inside.price_high]).toEqual([
      [10, 10],
      [10, 10],
    ]);
  });

  it('a corner of a piecewise cost is an interval too', () => {
    const points = [
      { p_mw: 0, cost: 0 },
      { p_mw: 90, cost: 900 },
      { p_mw: 300, cost: 900 + 210 * 25 },
    ];
    const network = pair({
      buses: [bus(1, 90), bus(2, 0)],
      generators: [generator(1, 300, { kind: 'piecewise', points }), generator(2, 300, linear(30))],
    });
    const result = optimum(network, { convention: 'mp' });
    expect(result.objective).toBeCloseTo(900, 6);
    expect(result.price_low[0]).toBeCloseTo(10, 4);
    expect(result.price_high[0]).toBeCloseTo(25, 4);
  });

  it('a phase shifter moves flow under mp and does nothing under pm', () => {
    const network = pair({
      branches: [
        branch(1, 2, 0.1, { rate_mva: 80, r_pu: 0 }),
        branch(1, 2, 0.1, { rate_mva: 80, r_pu: 0, shift_deg: -2 }),
      ],
    });
    const mp = optimum(network, { convention: 'mp' });
    const pm = optimum(network, { convention: 'pm' });
    // b = 1000 MW/rad each: the shift of 2° alone drives 34.9 MW more through the second line.
    expect(mp.flow_mw[1] - mp.flow_mw[0]).toBeCloseTo((1000 * 2 * Math.PI) / 180, 6);
    expect(pm.flow_mw[1]).toBeCloseTo(pm.flow_mw[0], 9);
    expect(mp.flow_mw[1]).toBeCloseTo(80, 6);
  });

  it('enforces limits of angle difference as limits of flow, unless told not to', () => {
    const network = pair({ branches: [branch(1, 2, 0.1, { r_pu: 0, angle_max_deg: 3, angle_min_deg: -3 })] });
    const held = optimum(network, { convention: 'mp' });
    expect(held.flow_mw[0]).toBeCloseTo((1000 * 3 * Math.PI) / 180, 6);
    expect(held.limited_by).toEqual(['angle']);
    expect(optimum(network, { convention: 'mp', angle_limits: false }).flow_mw[0]).toBeCloseTo(150, 6);
  });

  it('prices islands apart, each with its own reference', () => {
    const network = pair({ branches: [], buses: [bus(1, 20), bus(2, 150)] });
    const result = optimum(network, { convention: 'pm' });
    expect(result.price).toEqual([10, 30]);
    expect(result.islands.map(({ energy_price }) => energy_price)).toEqual([10, 30]);
    expect(result.congestion).toEqual([0, 0]);
  });

  it('names what cannot be served, and by how much', () => {
    const result = dcOpf(pair({ generators: [generator(1, 300, linear(10))] }), { convention: 'mp' });
    expect(result).toMatchObject({ status: 'infeasible' });
    if (result.status !== 'optimal') expect(result.reason).toMatch(/bus 2 by 50|\(1-2\) by 50/);
  });

  it('refuses a cost curve that no convex program can take', () => {
    const concave = { kind: 'polynomial' as const, coefficients: [0, 10, -0.1] };
    expect(() => dcOpf(pair({ generators: [generator(1, 300, concave)] }), { convention: 'mp' })).toThrow(
      /not convex/,
    );
  });
});
