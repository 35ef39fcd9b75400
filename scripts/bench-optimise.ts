/**
 * Speed of the optimisation library: `npx tsx scripts/bench-optimise.ts`. Median and 90th percentile of wall time
 * after a warm-up, each on networks or problems that differ.
 */
import { createRandom } from '../harness/core/random.ts';
import { generateNetwork } from '../harness/engineering/grid/generate.ts';
import type { Cost, Network } from '../harness/engineering/grid/network.ts';
import { solveCommitmentByStates } from '../harness/engineering/optimise/commitment-dp.ts';
import { solveCommitment } from '../harness/engineering/optimise/commitment-milp.ts';
import { dcOpf } from '../harness/engineering/optimise/dc-opf.ts';
import { loadSolver } from '../harness/engineering/optimise/solver.ts';
import type { CommitmentProblem } from '../harness/engineering/optimise/unit-commitment.ts';

const started = performance.now();
await loadSolver();
process.stdout.write(`load the solver: ${(performance.now() - started).toFixed(0)} ms\n`);

function measure(name: string, runs: number, of: (i: number) => { status: string }): void {
  const times: number[] = [];
  const statuses = new Map<string, number>();
  for (let i = -10; i < runs; i++) {
    const start = performance.now();
    const { status } = of(Math.abs(i) % runs);
    if (i < 0) continue;
    times.push(performance.now() - start);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
  const ends = [...statuses].map(([status, count]) => `${count} ${status}`).join(', ');
  process.stdout.write(`${name.padEnd(52)} median ${at(0.5)} ms, p90 ${at(0.9)} ms (${ends})\n`);
}

const networks = (buses: number, count: number): Network[] =>
  Array.from({ length: count }, (_, i) =>
    generateNetwork({ uniform: createRandom(`${buses}/${i}`).uniform, buses }),
  );

/** The same network with curved costs, so that the optimum is a quadratic program. */
function curved(network: Network): Network {
  const bend = (cost: Cost): Cost =>
    cost.kind === 'polynomial'
      ? { kind: 'polynomial', coefficients: [cost.coefficients[0] ?? 0, cost.coefficients[1] ?? 0, 0.02] }
      : cost;
  return { ...network, generators: network.generators.map((g) => ({ ...g, cost: bend(g.cost) })) };
}

const straight = (network: Network): Network => ({
  ...network,
  generators: network.generators.map((g) => ({
    ...g,
    cost:
      g.cost.kind === 'polynomial'
        ? { kind: 'polynomial', coefficients: g.cost.coefficients.slice(0, 2) }
        : g.cost,
  })),
});

for (const [buses, runs] of [
  [14, 20],
  [118, 20],
  [300, 10],
] as const) {
  const drawn = networks(buses, runs);
  measure(`DC-OPF ${buses} buses, linear, with price intervals`, runs, (i) =>
    dcOpf(straight(drawn[i]), { convention: 'mp' }),
  );
  measure(`DC-OPF ${buses} buses, quadratic, with price intervals`, runs, (i) =>
    dcOpf(curved(drawn[i]), { convention: 'mp' }),
  );
}

function commitment(seed: number, units: number, hours: number): CommitmentProblem {
  const random = createRandom(`commitment/${seed}`);
  const list = Array.from({ length: units }, (_, i) => {
    const p_min_mw = random.range(20, 80, 5);
    const ramp = random.range(60, 120, 10);
    return {
      name: `U${i + 1}`,
      p_min_mw,
      p_max_mw: p_min_mw + random.range(60, 200, 10),
      cost: { kind: 'polynomial' as const, coefficients: [0, random.range(15, 55, 1)] },
      no_load_cost: random.range(0, 400, 50),
      start_up_cost: random.range(200, 2000, 100),
      min_up_h: random.int(1, 4),
      min_down_h: random.int(1, 4),
      ramp_up_mw_per_h: ramp,
      ramp_down_mw_per_h: ramp,
      initial_h: random.chance(0.6) ? 3 : -3,
    };
  });
  const capacity = list.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const demand_mw = Array.from({ length: hours }, (_, t) =>
    Math.round(capacity * (0.5 + 0.15 * Math.sin(t / 3) + 0.05 * random.uniform())),
  );
  return { units: list, demand_mw, reserve_mw: demand_mw.map((d) => Math.round(d / 10)) };
}

for (const [units, hours] of [
  [3, 4],
  [6, 8],
] as const) {
  measure(`unit commitment ${units} × ${hours} h, integer program`, 20, (i) =>
    solveCommitment(commitment(i, units, hours)),
  );
  measure(`unit commitment ${units} × ${hours} h, dynamic program`, 20, (i) =>
    solveCommitmentByStates(commitment(i, units, hours)),
  );
}
measure('unit commitment 10 × 24 h, integer program', 5, (i) => solveCommitment(commitment(i, 10, 24)));
