import { describe, expect, it } from 'vitest';
import { builtinNames, builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { networkSchema } from '../../../harness/engineering/grid/network-schema.ts';

const least = () => ({
  buses: [
    { id: 1, type: 'slack' },
    { id: 2, type: 'pq', p_load_mw: 10 },
  ] as Record<string, unknown>[],
  branches: [{ from: 1, to: 2, x_pu: 0.1 }] as Record<string, unknown>[],
  generators: [{ bus: 1, p_max_mw: 50 }] as Record<string, unknown>[],
});

function messages(value: unknown): string[] {
  const parsed = networkSchema.safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

describe('a network in JSON', () => {
  it.each([...builtinNames])('%s survives being written and read', (name) => {
    const network = builtinNetwork(name)!;
    expect(networkSchema.parse(JSON.parse(JSON.stringify(network)))).toEqual(network);
  });

  it('may leave out what is usual; a limit that is not given does not exist', () => {
    const network = networkSchema.parse(least());
    expect(network.branches[0]).toMatchObject({
      tap: 1,
      in_service: true,
      rate_mva: Number.POSITIVE_INFINITY,
    });
    expect(network.generators[0]).toMatchObject({ q_min_mvar: Number.NEGATIVE_INFINITY, vm_setpoint_pu: 1 });
    expect(network.base_mva).toBe(100);
  });

  it('refuses a misspelt limit, which would be no limit', () => {
    const value = least();
    value.branches[0]!['rate_mw'] = 50;
    expect(messages(value)[0]).toMatch(/branches.0.*rate_mw/);
  });

  it.each([
    [
      'a bus given twice',
      (v: ReturnType<typeof least>) => v.buses.push({ id: 2, type: 'pq' }),
      'buses.2.id: bus 2 is given twice',
    ],
    ['a branch to nowhere', (v) => (v.branches[0]!['to'] = 9), 'branches.0.to: there is no bus 9'],
    ['a unit at no bus', (v) => (v.generators[0]!['bus'] = 9), 'generators.0.bus: there is no bus 9'],
    ['no impedance', (v) => (v.branches[0]!['x_pu'] = 0), 'branches.0.x_pu: is in service with r = x = 0'],
    ['a branch onto itself', (v) => (v.branches[0]!['to'] = 1), 'branches.0.to: joins a bus to itself'],
    [
      'a cost that is not convex',
      (v) =>
        (v.generators[0]!['cost'] = {
          kind: 'piecewise',
          points: [
            { p_mw: 0, cost: 0 },
            { p_mw: 10, cost: 100 },
            { p_mw: 20, cost: 110 },
          ],
        }),
      'generators.0.cost.points.2: it is not convex',
    ],
  ] as [string, (v: ReturnType<typeof least>) => unknown, string][])('refuses %s', (_, spoil, message) => {
    const value = least();
    spoil(value);
    expect(messages(value).join('\n')).toContain(message);
  });
});

describe('builtinNetwork', () => {
  it('gives a fresh copy each time, and nothing for a name that objects carry', () => {
    builtinNetwork('case9')!.buses[0]!.p_load_mw = 1e6;
    expect(builtinNetwork('case9')!.buses[0]!.p_load_mw).toBe(0);
    for (const name of ['__proto__', 'constructor', 'case999', ''])
      expect(builtinNetwork(name)).toBeUndefined();
  });
});
