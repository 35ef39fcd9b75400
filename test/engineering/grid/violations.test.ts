import { describe, expect, it } from 'vitest';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import {
  apparentPower,
  overloads,
  ratingOf,
  voltageViolations,
} from '../../../harness/engineering/grid/violations.ts';

const network = builtinNetwork('case9')!;

describe('overloads', () => {
  it('counts a limit that is met as kept, and a flow just above as broken, in either direction', () => {
    const flows = [250, 250.1, -150.2, 0, 0, 400, 0, 0, 0];
    expect(overloads(network, (i) => flows[i]!)).toEqual([
      { branch: 5, from: 7, to: 8, flow_mva: 400, rate_mva: 250, loading: 1.6 },
      { branch: 2, from: 5, to: 6, flow_mva: 150.2, rate_mva: 150, loading: 150.2 / 150 },
      { branch: 1, from: 4, to: 5, flow_mva: 250.1, rate_mva: 250, loading: 250.1 / 250 },
    ]);
    expect(overloads(network, () => 150 * (1 + 1e-9))).toEqual([]);
  });

  it('knows no overload where there is no limit', () => {
    expect(overloads(builtinNetwork('case14')!, () => 1e9)).toEqual([]);
  });

  it('takes the long-term limit where the source gives no other', () => {
    const branch = { ...network.branches[0]!, rate_b_mva: 300 };
    expect((['a', 'b', 'c'] as const).map((rating) => ratingOf(branch, rating))).toEqual([250, 300, 250]);
  });

  it('loads a branch by its more loaded end', () => {
    const flow = acFlow(network);
    if (!flow.converged) throw new Error(flow.reason);
    const power = apparentPower(flow);
    network.branches.forEach((_, i) => {
      const ends = [
        [flow.p_from_mw[i]!, flow.q_from_mvar[i]!],
        [flow.p_to_mw[i]!, flow.q_to_mvar[i]!],
      ].map(([p, q]) => Math.sqrt(p! ** 2 + q! ** 2));
      expect(power(i)).toBeCloseTo(Math.max(...ends), 9);
    });
  });
});

describe('voltage violations', () => {
  it('names the bus, the side and the limit, and leaves dark buses out', () => {
    const flow = acFlow(network);
    if (!flow.converged) throw new Error(flow.reason);
    const narrow = {
      ...network,
      buses: network.buses.map((b) => ({
        ...b,
        vm_min_pu: b.id === 9 ? 1 : 0.9,
        vm_max_pu: b.id === 1 ? 1.03 : 1.1,
      })),
    };
    expect(voltageViolations(narrow, flow)).toEqual([
      { bus: 1, vm_pu: 1.04, limit_pu: 1.03, side: 'high' },
      { bus: 9, vm_pu: flow.vm_pu[8], limit_pu: 1, side: 'low' },
    ]);
    expect(voltageViolations(narrow, { ...flow, dead_buses: [1, 9] })).toEqual([]);
  });
});
