import { type Device, devicesOf } from './devices.ts';
import type { VoltageRemedyFacts } from './facts.ts';
import { excess, type Simulation, STRICT, simulate } from './simulate.ts';

export interface Remedy {
  positions: number[];
  operations: number;
}

/**
 * Voltages are near enough linear in the few steps a remedy takes for a forecast out of the band by more than this at one
 * bus to be out of it in truth.
 */
const DOUBT_PU = 0.015;

/**
 * The remedy of fewest operations, by trying all of so many operations before any of more. A linear forecast only says which
 * to try first, and passes over those that are far off. Undefined where none of at most `most` operations helps.
 */
export function search(facts: VoltageRemedyFacts, most: number, tolerance = STRICT): Remedy | undefined {
  const devices = devicesOf(facts);
  const now = devices.map((device) => device.now);
  const before = simulate(facts, now);
  if (!before) return undefined;
  const slopes = devices.map((device, k) => slopesOf(facts, { devices, device, k, before }));
  for (let operations = 0; operations <= most; operations++) {
    const candidates = around(devices, operations)
      .map((positions) => ({
        positions,
        off: forecast(
          facts,
          before,
          slopes,
          positions.map((p, k) => p - (now[k] as number)),
        ),
      }))
      .filter(({ off }) => off < DOUBT_PU)
      .sort((a, b) => a.off - b.off);
    for (const { positions } of candidates) {
      const after = simulate(facts, positions);
      if (after && excess(facts, after, tolerance) === 0) return { positions, operations };
    }
  }
  return undefined;
}

/** Every setting that is exactly so many operations away. */
export function around(devices: readonly Device[], operations: number): number[][] {
  const [first, ...rest] = devices;
  if (!first) return operations === 0 ? [[]] : [];
  const out: number[][] = [];
  for (let change = -operations; change <= operations; change++) {
    const position = first.now + change;
    if (position < first.lowest || position > first.highest) continue;
    for (const tail of around(rest, operations - Math.abs(change))) out.push([position, ...tail]);
  }
  return out;
}

interface Step {
  devices: readonly Device[];
  device: Device;
  k: number;
  before: Simulation;
}

/** Change of every voltage for a step up and for a step down, p.u.; they differ where a unit meets its reactive limit. */
function slopesOf(facts: VoltageRemedyFacts, { devices, device, k, before }: Step) {
  const slope = (step: number) => {
    const after = simulate(
      facts,
      devices.map(({ now }, i) => (i === k ? device.now + step : now)),
    );
    return (id: number) => (after ? (after.vm_pu[id] as number) - (before.vm_pu[id] as number) : 0);
  };
  return { up: slope(1), down: slope(-1) };
}

/** The furthest out of the band that any voltage is expected, p.u.; below 0 inside. */
function forecast(
  { buses, band }: VoltageRemedyFacts,
  { vm_pu }: Simulation,
  slopes: readonly ReturnType<typeof slopesOf>[],
  changes: readonly number[],
): number {
  return Math.max(
    ...buses
      .filter(({ id }) => id !== 1)
      .map(({ id }) => {
        const moved = slopes.reduce((sum, { up, down }, k) => {
          const steps = changes[k] as number;
          return sum + (steps > 0 ? steps * up(id) : -steps * down(id));
        }, 0);
        const vm = (vm_pu[id] as number) + moved;
        return Math.max(band.low - vm, vm - band.high);
      }),
  );
}
