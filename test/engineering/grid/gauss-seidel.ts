import type { Network } from '../../../harness/engineering/grid/network.ts';

/** A complex number as [real, imaginary]. */
type C = readonly [number, number];
const add = (a: C, b: C): C => [a[0] + b[0], a[1] + b[1]];
const mul = (a: C, b: C): C => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const inv = (a: C): C => [a[0] / (a[0] ** 2 + a[1] ** 2), -a[1] / (a[0] ** 2 + a[1] ** 2)];
const conj = (a: C): C => [a[0], -a[1]];
const polar = (r: number, angle: number): C => [r * Math.cos(angle), r * Math.sin(angle)];

/** The bus admittance matrix from complex arithmetic alone, as a second derivation: dense, one branch after another. */
function admittances(network: Network, at: ReadonlyMap<number, number>): C[][] {
  const y: C[][] = network.buses.map(() => network.buses.map((): C => [0, 0]));
  const put = (i: number, j: number, value: C) => {
    y[i]![j] = add(y[i]![j]!, value);
  };
  network.buses.forEach((bus, i) => {
    put(i, i, [bus.g_shunt_mw / network.base_mva, bus.b_shunt_mvar / network.base_mva]);
  });
  for (const branch of network.branches.filter((b) => b.in_service)) {
    const [f, t] = [at.get(branch.from)!, at.get(branch.to)!];
    const series = inv([branch.r_pu, branch.x_pu]);
    const ratio = polar(branch.tap, (branch.shift_deg * Math.PI) / 180);
    const end = add(series, [0, branch.b_pu / 2]);
    put(t, t, end);
    put(f, f, mul(end, inv(mul(ratio, conj(ratio)))));
    put(f, t, mul([-1, 0], mul(series, inv(conj(ratio)))));
    put(t, f, mul([-1, 0], mul(series, inv(ratio))));
  }
  return y;
}

/**
 * AC power flow by Gauss-Seidel: V_i = (S_i* / V_i* - Σ_{j≠i} Y_ij V_j) / Y_ii, with Q at held buses from the present voltages.
 * Slow and simple, and it shares nothing with the Newton solver. One slack; the case must be connected.
 */
export function gaussSeidel(network: Network, sweeps: number): { vm_pu: number[]; va_deg: number[] } {
  const at = new Map(network.buses.map((bus, i) => [bus.id, i]));
  const y = admittances(network, at);
  const held = new Map<number, number>();
  const s: C[] = network.buses.map((bus): C => [-bus.p_load_mw, -bus.q_load_mvar]);
  for (const g of network.generators.filter((unit) => unit.in_service)) {
    const i = at.get(g.bus)!;
    s[i] = add(s[i]!, [g.p_mw, g.q_mvar]);
    if (network.buses[i]!.type !== 'pq') held.set(i, g.vm_setpoint_pu);
  }
  const v: C[] = network.buses.map((bus, i) =>
    polar(held.get(i) ?? 1, bus.type === 'slack' ? (bus.va_deg * Math.PI) / 180 : 0),
  );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    network.buses.forEach((bus, i) => {
      if (bus.type === 'slack') return;
      const others = y[i]!.reduce((sum, yij, j) => (j === i ? sum : add(sum, mul(yij, v[j]!))), [0, 0] as C);
      let power: C = [s[i]![0] / network.base_mva, s[i]![1] / network.base_mva];
      if (held.has(i)) power = [power[0], mul(v[i]!, conj(add(others, mul(y[i]![i]!, v[i]!))))[1]];
      const next = mul(add(mul(conj(power), inv(conj(v[i]!))), mul([-1, 0], others)), inv(y[i]![i]!));
      const size = Math.hypot(...next);
      const wanted = held.get(i) ?? size;
      v[i] = [(next[0] * wanted) / size, (next[1] * wanted) / size];
    });
  }
  return {
    vm_pu: v.map((z) => Math.hypot(...z)),
    va_deg: v.map((z) => (Math.atan2(z[1], z[0]) * 180) / Math.PI),
  };
}
