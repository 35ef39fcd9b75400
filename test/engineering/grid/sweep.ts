import type { Branch, Network } from '../../../harness/engineering/grid/network.ts';

/**
 * Backward-forward sweep for a radial feeder fed at its first bus: currents add up from the ends towards the source, voltages fall
 * from the source towards the ends (Shirmohammadi and others 1988). Lines without charging only.
 */
export function sweep(network: Network, rounds: number): { vm_pu: number[]; loss_mw: number } {
  const live = network.branches.filter((b) => b.in_service);
  const order: { branch: Branch; up: number; down: number }[] = [];
  const reached = new Set([network.buses[0]!.id]);
  while (order.length < live.length) {
    for (const branch of live) {
      if (reached.has(branch.from) === reached.has(branch.to)) continue;
      const [up, down] = reached.has(branch.from) ? [branch.from, branch.to] : [branch.to, branch.from];
      reached.add(down);
      order.push({ branch, up, down });
    }
  }
  const v = new Map(
    network.buses.map((bus) => [bus.id, { re: network.generators[0]!.vm_setpoint_pu, im: 0 }]),
  );
  let loss = 0;
  for (let round = 0; round < rounds; round++) {
    const current = new Map(
      network.buses.map((bus) => {
        const { re, im } = v.get(bus.id)!;
        const [p, q] = [bus.p_load_mw / network.base_mva, bus.q_load_mvar / network.base_mva];
        return [
          bus.id,
          { re: (p * re + q * im) / (re ** 2 + im ** 2), im: (p * im - q * re) / (re ** 2 + im ** 2) },
        ];
      }),
    );
    for (const { up, down } of [...order].reverse()) {
      const [sum, own] = [current.get(up)!, current.get(down)!];
      current.set(up, { re: sum.re + own.re, im: sum.im + own.im });
    }
    loss = 0;
    for (const { branch, up, down } of order) {
      const [from, i] = [v.get(up)!, current.get(down)!];
      loss += branch.r_pu * (i.re ** 2 + i.im ** 2) * network.base_mva;
      v.set(down, {
        re: from.re - branch.r_pu * i.re + branch.x_pu * i.im,
        im: from.im - branch.r_pu * i.im - branch.x_pu * i.re,
      });
    }
  }
  return {
    vm_pu: network.buses.map((bus) => Math.hypot(v.get(bus.id)!.re, v.get(bus.id)!.im)),
    loss_mw: loss,
  };
}
