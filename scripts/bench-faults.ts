/**
 * Speed of the fault calculations: medians over repeated calls after warm-up, from fixed seeds.
 *   npx tsx scripts/bench-faults.ts
 */
import { createRandom } from '../harness/core/random.ts';
import { diagnose } from '../harness/engineering/faults/dga/methods.ts';
import { explainReactanceError } from '../harness/engineering/faults/location/error-source.ts';
import { simulateLineFault, type TwoSourceLine } from '../harness/engineering/faults/location/line-fault.ts';
import { drawGrid } from '../harness/engineering/faults/records/draw-grid.ts';
import { drawScenario } from '../harness/engineering/faults/records/draw-scenario.ts';
import { locateFault } from '../harness/engineering/faults/records/locate.ts';
import { simulateRecord } from '../harness/engineering/faults/records/simulate.ts';
import { shortCircuit, shortCircuitAll } from '../harness/engineering/faults/short-circuit/iec60909.ts';
import type { ShortCircuitNetwork } from '../harness/engineering/faults/short-circuit/network.ts';
import { IEC_60909_4 } from '../harness/engineering/faults/short-circuit/reference-network.ts';

const CALLS = 60;

function medianMs(work: (call: number) => unknown): number {
  for (let i = 0; i < 5; i++) work(i);
  const times = Array.from({ length: CALLS }, (_, i) => {
    const start = performance.now();
    work(i);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[CALLS / 2] as number;
}

/** A tree of 110 kV lines behind one feeder. */
const tree = (buses: number): ShortCircuitNetwork => ({
  buses: Array.from({ length: buses }, (_, i) => ({ id: `${i}`, un_kv: 110 })),
  elements: [
    { kind: 'feeder', name: 'Q', bus: '0', ik_max_ka: 20 },
    ...Array.from({ length: buses - 1 }, (_, i) => ({
      kind: 'line' as const,
      name: `L${i}`,
      from: `${Math.floor(i / 2)}`,
      to: `${i + 1}`,
      length_km: 5,
      r_ohm_per_km: 0.1,
      x_ohm_per_km: 0.4,
    })),
  ],
});
const line: TwoSourceLine = {
  length_km: 50,
  z1_ohm_per_km: { re: 0.08, im: 0.4 },
  z0_ohm_per_km: { re: 0.25, im: 1.2 },
  s: { e_kv: 63.5, z1_ohm: { re: 1, im: 8 }, z0_ohm: { re: 1.2, im: 10 } },
  r: { e_kv: 63.5, z1_ohm: { re: 4, im: 12 }, z0_ohm: { re: 5, im: 15 } },
  load_angle_deg: 12,
};
const hundred = tree(118);

const rows: [string, (call: number) => unknown][] = [
  ['iec60909, worked network, one bus', () => shortCircuit(IEC_60909_4, '2')],
  ['iec60909, worked network, all buses', () => shortCircuitAll(IEC_60909_4)],
  ['iec60909, 118 buses, one bus', () => shortCircuit(hundred, '117')],
  [
    'line fault simulated, located, explained',
    () => explainReactanceError(line, simulateLineFault(line, { m: 0.6, type: 'LG', rf_ohm: 10 })),
  ],
  [
    'record of 80-200 events drawn and located',
    (call) => {
      const { uniform } = createRandom(`bench/${call}`);
      const grid = drawGrid(uniform, 8);
      return locateFault(
        grid,
        simulateRecord(grid, drawScenario(grid, uniform), uniform, { events: [80, 200] }).events,
      );
    },
  ],
  ['dga, one sample', () => diagnose('iec60599', { H2: 160, CH4: 130, C2H2: 33, C2H4: 96, C2H6: 20 })],
];
for (const [name, work] of rows)
  console.log(`${name.padEnd(44)}${medianMs(work).toFixed(3).padStart(10)} ms`);
