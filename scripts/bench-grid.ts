/**
 * Speed of the grid calculations: medians over repeated calls after warm-up, on networks drawn from a fixed seed.
 *   npx tsx scripts/bench-grid.ts [case.m …]
 * Case files named on the command line are measured beside the drawn networks.
 */
import { readFileSync } from 'node:fs';
import { createRandom } from '../harness/core/random.ts';
import { acFlow } from '../harness/engineering/grid/ac-flow.ts';
import { dcFlow } from '../harness/engineering/grid/dc-flow.ts';
import { lodf, ptdf } from '../harness/engineering/grid/distribution-factors.ts';
import { generateNetwork } from '../harness/engineering/grid/generate.ts';
import { parseMatpower } from '../harness/engineering/grid/matpower.ts';
import { n1Ac, n1Dc } from '../harness/engineering/grid/n-1.ts';
import type { Network } from '../harness/engineering/grid/network.ts';

const WARM_UP = 3;
/** As many calls as fit, at least this many. */
const LEAST_CALLS = 5;
const BUDGET_MS = 600;

function medianMs(work: () => unknown): number {
  for (let i = 0; i < WARM_UP; i++) work();
  const times: number[] = [];
  const end = performance.now() + BUDGET_MS;
  while (times.length < LEAST_CALLS || performance.now() < end) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

const draw = (buses: number): Network =>
  generateNetwork({ uniform: createRandom(`bench/${buses}`).uniform, buses, name: `drawn, ${buses} buses` });

function measure(network: Network): void {
  const large = network.buses.length > 500;
  const rows: [string, () => unknown][] = [
    ['dc-flow', () => dcFlow(network, { convention: 'mp' })],
    ['ac-flow', () => acFlow(network)],
    ['ac-flow, Q limits', () => acFlow(network, { enforce_q_limits: true })],
    ['ptdf', () => ptdf(network, { convention: 'mp' })],
    ['n-1 dc', () => n1Dc(network)],
    ...(large
      ? []
      : ([
          ['lodf', () => lodf(network, { convention: 'mp' })],
          ['n-1 ac', () => n1Ac(network)],
        ] as [string, () => unknown][])),
  ];
  process.stdout.write(
    `${network.name}: ${network.buses.length} buses, ${network.branches.length} branches\n`,
  );
  for (const [name, work] of rows) {
    process.stdout.write(`  ${name.padEnd(18)} ${medianMs(work).toFixed(2).padStart(9)} ms\n`);
  }
}

for (const buses of [14, 30, 118, 300, 2000]) measure(draw(buses));
for (const buses of [14, 60]) {
  let seed = 0;
  const time = medianMs(() => generateNetwork({ uniform: createRandom(`bench/${seed++}`).uniform, buses }));
  process.stdout.write(`drawing ${buses} buses   ${time.toFixed(2).padStart(9)} ms\n`);
}
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, 'utf8');
  process.stdout.write(`reading ${path}   ${medianMs(() => parseMatpower(text, path)).toFixed(2)} ms\n`);
  measure(parseMatpower(text, path));
}
