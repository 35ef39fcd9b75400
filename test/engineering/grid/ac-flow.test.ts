import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AcSolution, acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import type { Branch, Network } from '../../../harness/engineering/grid/network.ts';
import { addShunt, setTap, setVoltage } from '../../../harness/engineering/grid/remedies.ts';
import { drawNetwork, networks } from './drawn.ts';
import { gaussSeidel } from './gauss-seidel.ts';
import { sweep } from './sweep.ts';

/** A drawn network has an AC flow nearly always, not by construction; so these properties draw the same ones each time. */
const SEED = 20;

function solved(network: Network, options: Parameters<typeof acFlow>[1] = {}): AcSolution {
  const flow = acFlow(network, options);
  if (!flow.converged) throw new Error(`${network.name}: ${flow.reason}`);
  return flow;
}

/** Generation minus load, shunt and branch flows at every bus, MW and Mvar. */
function residuals(network: Network, flow: AcSolution): number[] {
  const p = new Map<number, number>();
  const q = new Map<number, number>();
  network.buses.forEach((bus, i) => {
    const v2 = flow.vm_pu[i]! ** 2;
    p.set(bus.id, -bus.p_load_mw - bus.g_shunt_mw * v2);
    q.set(bus.id, -bus.q_load_mvar + bus.b_shunt_mvar * v2);
  });
  const add = (bus: number, dp: number, dq: number) => {
    p.set(bus, p.get(bus)! + dp);
    q.set(bus, q.get(bus)! + dq);
  };
  network.generators.forEach((g, i) => {
    add(g.bus, flow.p_gen_mw[i]!, flow.q_gen_mvar[i]!);
  });
  network.branches.forEach((b, i) => {
    add(b.from, -flow.p_from_mw[i]!, -flow.q_from_mvar[i]!);
    add(b.to, -flow.p_to_mw[i]!, -flow.q_to_mvar[i]!);
  });
  return [...p.values(), ...q.values()];
}

/** Source, one branch, one load: solvable by hand. */
function twoBus(branch: Partial<Branch>, p_load_mw: number, q_load_mvar: number): Network {
  const network = builtinNetwork('case3')!;
  return {
    ...network,
    buses: [
      { ...network.buses[0]!, p_load_mw: 0, q_load_mvar: 0 },
      { ...network.buses[1]!, type: 'pq', p_load_mw, q_load_mvar },
    ],
    branches: [{ ...network.branches[2]!, r_pu: 0, x_pu: 0.1, b_pu: 0, ...branch }],
    generators: [network.generators[0]!],
  };
}

describe('published losses', () => {
  const losses = { case9: 4.641, case14: 13.393, case30: 2.444, case33bw: 0.2027, case39: 43.641 };
  for (const [name, loss_mw] of Object.entries(losses)) {
    it(`${name} loses ${loss_mw} MW`, () => {
      const digits = name === 'case33bw' ? 4 : 3;
      expect(solved(builtinNetwork(name)!).loss_mw).toBeCloseTo(loss_mw, digits);
    });
  }

  it('the Baran and Wu feeder sags to 0.91309 p.u. at bus 18', () => {
    const { vm_lowest } = solved(builtinNetwork('case33bw')!);
    expect(vm_lowest.bus).toBe(18);
    expect(vm_lowest.vm_pu).toBeCloseTo(0.91309, 5);
  });

  it('gives the generation that Wood and Wollenberg print for their six buses', () => {
    const flow = solved(builtinNetwork('case6ww')!);
    expect(flow.p_gen_mw[0]).toBeCloseTo(107.9, 1);
    [16, 74.4, 89.6].forEach((q, i) => {
      expect(flow.q_gen_mvar[i]).toBeCloseTo(q, 1);
    });
  });

  it('gives the solved angles and reactive outputs that MATPOWER’s case39 was saved with', () => {
    const flow = solved(builtinNetwork('case39')!);
    const q = [161.762, 221.574, 206.965, 108.293, 166.688, 210.661, 100.165, -1.36945, 21.7327, 78.4674];
    q.forEach((mvar, i) => {
      expect(flow.q_gen_mvar[i]).toBeCloseTo(mvar, 2);
    });
    const angles: [bus: number, va_deg: number][] = [
      [1, -13.536602],
      [12, -8.9988236],
      [20, -6.8211783],
      [36, 4.4684374],
      [39, -14.535256],
    ];
    for (const [bus, va_deg] of angles) expect(flow.va_deg[bus - 1]).toBeCloseTo(va_deg, 4);
    expect(flow.p_gen_mw[1]).toBeCloseTo(677.871, 2);
  });

  it('holds machine 37 of case39 at 0 Mvar once limits are enforced', () => {
    const flow = solved(builtinNetwork('case39')!, { enforce_q_limits: true });
    expect(flow.q_limited).toContainEqual({ bus: 37, limit: 'min', q_mvar: 0 });
  });

  it('gives the voltages of the IEEE 14-bus archive', () => {
    const flow = solved(builtinNetwork('case14')!);
    const vm = [1.06, 1.045, 1.01, 1.019, 1.02, 1.07, 1.062, 1.09, 1.056, 1.051, 1.057, 1.055, 1.05, 1.036];
    const va = [0, -4.98, -12.72, -10.33, -8.78, -14.22, -13.37, -13.36, -14.94, -15.1, -14.79, -15.07];
    vm.forEach((v, i) => {
      expect(Math.abs(flow.vm_pu[i]! - v)).toBeLessThan(0.0015);
    });
    va.forEach((angle, i) => {
      expect(Math.abs(flow.va_deg[i]! - angle)).toBeLessThan(0.02);
    });
  });
});

describe('a second way', () => {
  for (const name of ['case5', 'case6ww', 'case9', 'case14']) {
    it(`Gauss-Seidel finds the same voltages on ${name}`, () => {
      const network = builtinNetwork(name)!;
      const flow = solved(network);
      const slow = gaussSeidel(network, 3000);
      network.buses.forEach((_, i) => {
        expect(slow.vm_pu[i]).toBeCloseTo(flow.vm_pu[i]!, 6);
        expect(slow.va_deg[i]).toBeCloseTo(flow.va_deg[i]!, 4);
      });
    });
  }

  it('Gauss-Seidel agrees where taps are off nominal, phases shift and shunts draw', () => {
    const base = builtinNetwork('case14')!;
    const network: Network = {
      ...base,
      buses: base.buses.map((bus) => ({ ...bus, g_shunt_mw: bus.id === 10 ? 3 : 0 })),
      branches: base.branches.map((b, i) => ({ ...b, shift_deg: i === 8 ? 5 : i === 2 ? -3 : 0 })),
    };
    const flow = solved(network);
    const slow = gaussSeidel(network, 3000);
    network.buses.forEach((_, i) => {
      expect(slow.vm_pu[i]).toBeCloseTo(flow.vm_pu[i]!, 6);
      expect(slow.va_deg[i]).toBeCloseTo(flow.va_deg[i]!, 4);
    });
  });

  it('a backward-forward sweep finds the same feeder', () => {
    const network = builtinNetwork('case33bw')!;
    const flow = solved(network);
    const swept = sweep(network, 40);
    expect(swept.loss_mw).toBeCloseTo(flow.loss_mw, 7);
    swept.vm_pu.forEach((v, i) => {
      expect(v).toBeCloseTo(flow.vm_pu[i]!, 7);
    });
  });

  it('meets the closed form of two buses', () => {
    const [p, q, x] = [0.8, 0.3, 0.1];
    const flow = solved(twoBus({ x_pu: x }, 100 * p, 100 * q));
    // V⁴ + (2qx - 1)V² + x²(p² + q²) = 0, upper root.
    const b = 2 * q * x - 1;
    const v2 = (-b + Math.sqrt(b * b - 4 * x * x * (p * p + q * q))) / 2;
    expect(flow.vm_pu[1]).toBeCloseTo(Math.sqrt(v2), 8);
    expect(flow.va_deg[1]).toBeCloseTo((-Math.asin((p * x) / Math.sqrt(v2)) * 180) / Math.PI, 7);
  });
});

describe('AC identities on drawn networks', () => {
  it('balances P and Q at every bus, and losses are what generation exceeds load by', () => {
    fc.assert(
      fc.property(networks(40, true), (network) => {
        const flow = solved(network);
        for (const left of residuals(network, flow)) expect(Math.abs(left)).toBeLessThan(1e-5);
        const generated = flow.p_gen_mw.reduce((sum, p) => sum + p, 0);
        const drawn = network.buses.reduce(
          (sum, bus, i) => sum + bus.p_load_mw + bus.g_shunt_mw * flow.vm_pu[i]! ** 2,
          0,
        );
        expect(generated - drawn).toBeCloseTo(flow.loss_mw, 5);
        expect(flow.loss_mw).toBeGreaterThan(0);
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  it('tends to the DC flow as powers fall and resistance vanishes', () => {
    const small = 1e-3;
    fc.assert(
      fc.property(networks(25), (drawn) => {
        const network: Network = {
          ...drawn,
          buses: drawn.buses.map((b) => ({
            ...b,
            p_load_mw: small * b.p_load_mw,
            q_load_mvar: 0,
            b_shunt_mvar: 0,
          })),
          branches: drawn.branches.map((b) => ({ ...b, r_pu: 0, b_pu: 0, tap: 1 })),
          generators: drawn.generators.map((g) => ({ ...g, p_mw: small * g.p_mw, vm_setpoint_pu: 1 })),
        };
        const ac = solved(network, { tolerance_pu: 1e-11 });
        const dc = dcFlow(network, { convention: 'mp' });
        const size = Math.max(...dc.p_from_mw.map(Math.abs));
        dc.p_from_mw.forEach((p, i) => {
          expect(Math.abs(ac.p_from_mw[i]! - p) / size).toBeLessThan(1e-5);
        });
        expect(Math.abs(ac.loss_mw)).toBeLessThan(1e-9);
      }),
      { numRuns: 20, seed: SEED },
    );
  });

  it('keeps every unit within its reactive limits, and lets a voltage go only at one', () => {
    let limited = 0;
    fc.assert(
      fc.property(networks(30), fc.double({ min: 0.05, max: 0.6, noNaN: true }), (drawn, share) => {
        const network: Network = {
          ...drawn,
          generators: drawn.generators.map((g) => ({
            ...g,
            q_max_mvar: share * g.q_max_mvar,
            q_min_mvar: share * g.q_min_mvar,
          })),
        };
        const flow = acFlow(network, { enforce_q_limits: true });
        if (!flow.converged) return;
        limited += flow.q_limited.length;
        const atLimit = new Map(flow.q_limited.map((l) => [l.bus, l.limit]));
        network.generators.forEach((g, i) => {
          const at = network.buses.findIndex((bus) => bus.id === g.bus);
          if (network.buses[at]!.type === 'slack') return;
          expect(flow.q_gen_mvar[i]).toBeLessThanOrEqual(g.q_max_mvar + 1e-3);
          expect(flow.q_gen_mvar[i]).toBeGreaterThanOrEqual(g.q_min_mvar - 1e-3);
          const above = flow.vm_pu[at]! - g.vm_setpoint_pu;
          const limit = atLimit.get(g.bus);
          if (limit === undefined) expect(above).toBeCloseTo(0, 9);
          else if (limit === 'max') expect(above).toBeLessThan(1e-6);
          else expect(above).toBeGreaterThan(-1e-6);
        });
        for (const left of residuals(network, flow)) expect(Math.abs(left)).toBeLessThan(1e-5);
      }),
      { numRuns: 40, seed: SEED },
    );
    expect(limited).toBeGreaterThan(20);
  });
});

describe('conventions', () => {
  it('puts the tap at the from end: an unloaded transformer lifts its to end by 1/tap', () => {
    expect(solved(twoBus({ tap: 0.95 }, 0, 0)).vm_pu[1]).toBeCloseTo(1 / 0.95, 9);
  });

  it('lets the to end lag by a positive phase shift', () => {
    expect(solved(twoBus({ shift_deg: 30 }, 0, 0)).va_deg[1]).toBeCloseTo(-30, 7);
  });

  it('shares reactive power by range between units of one bus, and gives the slack’s change to its first unit', () => {
    const network = twoBus({}, 50, 20);
    const [unit] = network.generators;
    const twin: Network = {
      ...network,
      generators: [
        { ...unit!, p_mw: 10, q_min_mvar: -10, q_max_mvar: 10 },
        { ...unit!, p_mw: 15, q_min_mvar: -30, q_max_mvar: 30 },
      ],
    };
    const flow = solved(twin);
    expect(flow.p_gen_mw[0]).toBeCloseTo(35, 6);
    expect(flow.p_gen_mw[1]).toBe(15);
    expect(flow.q_gen_mvar[1]! / flow.q_gen_mvar[0]!).toBeCloseTo(3, 9);
  });

  it('shares equally where a limit is infinite', () => {
    const network = twoBus({}, 50, 20);
    const unit = { ...network.generators[0]!, q_max_mvar: Number.POSITIVE_INFINITY };
    const flow = solved({ ...network, generators: [unit, unit] });
    expect(flow.q_gen_mvar[0]).toBeCloseTo(flow.q_gen_mvar[1]!, 9);
  });

  it('treats a PV bus whose unit is out of service as a load', () => {
    const base = builtinNetwork('case9')!;
    const network = { ...base, generators: base.generators.map((g, i) => ({ ...g, in_service: i !== 2 })) };
    const flow = solved(network);
    expect(flow.p_gen_mw[2]).toBe(0);
    expect(flow.q_gen_mvar[2]).toBe(0);
    expect(flow.vm_pu[2]).not.toBeCloseTo(1.025, 3);
  });

  it('solves each island and leaves a dark one at 0', () => {
    const base = builtinNetwork('case14')!;
    const cut = new Set([13]); // 7-8: bus 8 with its unit becomes an island of its own.
    const network = { ...base, branches: base.branches.map((b, i) => ({ ...b, in_service: !cut.has(i) })) };
    expect(solved(network).dead_buses).toEqual([]);
    const dark = {
      ...network,
      generators: network.generators.map((g) => ({ ...g, in_service: g.bus !== 8 })),
    };
    const flow = solved(dark);
    expect(flow.dead_buses).toEqual([8]);
    expect(flow.vm_pu[7]).toBe(0);
    for (const left of residuals(dark, flow)) expect(Math.abs(left)).toBeLessThan(1e-6);
  });
});

describe('convergence', () => {
  it('says that a load beyond the nose has no flow, with the reason', () => {
    // The most a line of x = 0.1 carries at unity power factor is V²/2x = 5 p.u.
    expect(acFlow(twoBus({}, 499, 0)).converged).toBe(true);
    const flow = acFlow(twoBus({}, 505, 0));
    expect(flow.converged).toBe(false);
    if (flow.converged) return;
    expect(flow.reason).toMatch(/mismatch|Jacobian|iteration/);
    expect(flow.worst_bus).toBe(2);
    expect(flow.mismatch_pu).toBeGreaterThan(1e-8);
  });

  it('solves a single bus that feeds itself', () => {
    const one = { ...twoBus({}, 0, 0), branches: [] };
    const network = { ...one, buses: [{ ...one.buses[0]!, p_load_mw: 12, q_load_mvar: 3 }] };
    const flow = solved(network);
    expect([flow.p_gen_mw[0], flow.q_gen_mvar[0], flow.loss_mw]).toEqual([12, 3, 0]);
    expect(dcFlow(network, { convention: 'mp' }).p_gen_mw[0]).toBe(12);
  });

  it('reports a network without any source instead of a flow', () => {
    const network = { ...builtinNetwork('case9')!, generators: [] };
    expect(acFlow(network)).toMatchObject({ converged: false, reason: expect.stringContaining('generator') });
  });

  it('finds its way from case voltages that lead nowhere', () => {
    const base = builtinNetwork('case14')!;
    const network = {
      ...base,
      buses: base.buses.map((b) => ({ ...b, va_deg: b.id === 1 ? 0 : 120 * (b.id % 3), vm_pu: 0.2 })),
    };
    expect(acFlow(network, { start: 'case' })).not.toMatchObject({
      converged: true,
      loss_mw: expect.closeTo(13.393, 3),
    });
    const flow = solved(network);
    expect(flow.loss_mw).toBeCloseTo(13.393, 3);
  });

  it('doubles its right digits with each step, as only the exact Jacobian does', () => {
    const networks = [builtinNetwork('case14')!, builtinNetwork('case30')!, drawNetwork(11, 50)];
    for (const network of networks) {
      const mismatch = [1, 2, 3, 4].map((steps) => {
        const flow = acFlow(network, { start: 'flat', max_iterations: steps, tolerance_pu: 1e-13 });
        return flow.mismatch_pu;
      });
      const last = mismatch.findIndex((m) => m < 1e-3);
      expect(last).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThan(3);
      expect(mismatch[last + 1]).toBeLessThan(Math.max(1e-11, 1e-3 * mismatch[last]!));
    }
  });

  it('reaches the same flow from every start', () => {
    const network = drawNetwork(7, 40);
    const losses = (['case', 'flat', 'dc'] as const).map((start) => solved(network, { start }).loss_mw);
    expect(losses[1]).toBeCloseTo(losses[0]!, 6);
    expect(losses[2]).toBeCloseTo(losses[0]!, 6);
  });
});

describe('remedies', () => {
  it('a shunt lifts the feeder’s end, a tap lifts what lies behind it, a setpoint holds', () => {
    const feeder = builtinNetwork('case33bw')!;
    expect(solved(addShunt(feeder, 18, 0.5)).vm_lowest.vm_pu).toBeGreaterThan(0.9131);
    const grid = builtinNetwork('case14')!;
    const before = solved(grid).vm_pu[8]!;
    expect(solved(setTap(grid, 8, 0.94)).vm_pu[8]).toBeGreaterThan(before);
    expect(solved(setVoltage(grid, 3, 1.03)).vm_pu[2]).toBeCloseTo(1.03, 9);
    expect(solved(grid).vm_pu[2]).toBeCloseTo(1.01, 9);
  });
});
