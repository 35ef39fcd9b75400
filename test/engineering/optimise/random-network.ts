import type { Branch, Bus, Cost, Generator, Network } from '../../../harness/engineering/grid/network.ts';

export function bus(id: number, p_load_mw: number, more: Partial<Bus> = {}): Bus {
  return {
    id,
    type: id === 1 ? 'slack' : 'pq',
    p_load_mw,
    q_load_mvar: 0,
    g_shunt_mw: 0,
    b_shunt_mvar: 0,
    base_kv: 220,
    vm_pu: 1,
    va_deg: 0,
    vm_max_pu: 1.1,
    vm_min_pu: 0.9,
    ...more,
  };
}

export function branch(from: number, to: number, x_pu: number, more: Partial<Branch> = {}): Branch {
  return {
    from,
    to,
    r_pu: x_pu / 10,
    x_pu,
    b_pu: 0,
    rate_mva: Number.POSITIVE_INFINITY,
    tap: 1,
    shift_deg: 0,
    in_service: true,
    ...more,
  };
}

export const linear = (slope: number, constant = 0): Cost => ({
  kind: 'polynomial',
  coefficients: [constant, slope],
});

export function generator(
  at: number,
  p_max_mw: number,
  cost: Cost,
  more: Partial<Generator> = {},
): Generator {
  return {
    bus: at,
    p_mw: 0,
    q_mvar: 0,
    q_max_mvar: 0,
    q_min_mvar: 0,
    vm_setpoint_pu: 1,
    p_max_mw,
    p_min_mw: 0,
    in_service: true,
    cost,
    ...more,
  };
}

/** mulberry32: enough for drawing test networks. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A meshed network (tree and chords) whose cheap half lies away from the load, so that limits near its flows bind. */
export function randomNetwork(
  uniform: () => number,
  size: number,
  { quadratic = false, tight = 1.2, shifts = false } = {},
): Network {
  const id = (i: number) => 3 * i + 1;
  const buses = Array.from({ length: size }, (_, i) => bus(id(i), Math.round(20 + 80 * uniform())));
  const total = buses.reduce((sum, { p_load_mw }) => sum + p_load_mw, 0);
  const branches: Branch[] = [];
  const rate = () => Math.round((total / Math.sqrt(size)) * tight * (0.3 + 0.5 * uniform()));
  const add = (i: number, j: number) =>
    branches.push(
      branch(id(i), id(j), 0.02 + 0.1 * uniform(), {
        rate_mva: rate(),
        tap: uniform() < 0.2 ? 0.95 + 0.1 * uniform() : 1,
        shift_deg: shifts && uniform() < 0.3 ? 4 * uniform() - 2 : 0,
      }),
    );
  for (let i = 1; i < size; i++) add(Math.floor(uniform() * i), i);
  for (let k = 0; k < Math.ceil(size * 0.6); k++) {
    const [i, j] = [Math.floor(uniform() * size), Math.floor(uniform() * size)];
    if (i !== j) add(i, j);
  }
  const units = Math.max(3, Math.ceil(size * 0.4));
  const generators = Array.from({ length: units }, () => {
    const slope = Math.round(100 * (10 + 40 * uniform())) / 100;
    const cost: Cost = quadratic
      ? { kind: 'polynomial', coefficients: [100 * uniform(), slope, 0.005 + 0.05 * uniform()] }
      : linear(slope);
    return generator(id(Math.floor(uniform() * size)), Math.round((total / units) * (1.3 + uniform())), cost);
  });
  return { name: `random ${size}`, base_mva: 100, buses, branches, generators };
}
