import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { type Device, devicesOf } from './devices.ts';
import { search } from './search.ts';
import { excess, LENIENT, type Simulation, simulate } from './simulate.ts';

export const voltageRemedyParams = z.strictObject({
  /** Fewest and most buses, with that of the infeed. */
  buses: z.tuple([z.int().min(4).max(8), z.int().min(4).max(8)]),
  /** A ring of lines instead of a tree. */
  meshed: z.boolean().default(false),
  capacitors: z.int().min(1).max(2),
  /** Fewest and most operations that the least remedy takes. */
  operations: z.tuple([z.int().min(2).max(6), z.int().min(2).max(6)]),
});
export type VoltageRemedyParams = z.infer<typeof voltageRemedyParams>;

export interface VoltageRemedyFacts {
  base_mva: number;
  /** Bus 1 is the infeed from the higher voltage, which holds `infeed_pu`. */
  infeed_pu: number;
  buses: { id: number; p_mw: number; q_mvar: number }[];
  transformer: {
    name: string;
    x_pu: number;
    r_pu: number;
    rate_mva: number;
    position: number;
    lowest: number;
    highest: number;
    step: number;
  };
  lines: {
    name: string;
    from: number;
    to: number;
    r_pu: number;
    x_pu: number;
    b_pu: number;
    rate_mva: number;
  }[];
  capacitors: { name: string; bus: number; step_mvar: number; steps: number; in_service: number }[];
  generator: {
    name: string;
    bus: number;
    p_mw: number;
    q_min_mvar: number;
    q_max_mvar: number;
    /** Hundredths of a p.u., as all positions are whole numbers. */
    setpoint: number;
    lowest: number;
    highest: number;
  };
  band: { low: number; high: number };
}

const ATTEMPTS = 3000;
/** The worst voltage is plain, and no near thing. */
const PLAIN = 0.003;

/**
 * A network with a voltage out of its band which no single device can mend: two kinds of means must work together, and the
 * means pushed as far as they go break the other end of the band.
 */
export function drawVoltageRemedy(params: VoltageRemedyParams, random: Random): VoltageRemedyFacts {
  const [fewest, most] = params.operations;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOpen(params, random);
    const devices = devicesOf(facts);
    const now = devices.map((device) => device.now);
    const before = simulate(facts, now);
    if (!before || !isTelling(facts, before)) continue;
    if (devices.some((device, k) => mendsAlone(facts, devices, device, k))) continue;
    const least = search(facts, most);
    if (!least || least.operations < fewest) continue;
    // What rounding lets pass must not do with fewer than the strict band takes.
    if (!search(facts, least.operations - 1, LENIENT)) return facts;
  }
  throw new RangeError(`no telling network in ${ATTEMPTS} draws`);
}

function isTelling(facts: VoltageRemedyFacts, before: Simulation): boolean {
  const beyond = (vm: number) => Math.max(facts.band.low - vm, vm - facts.band.high);
  const [worst, next] = facts.buses
    .slice(1)
    .map(({ id }) => ({ id, off: beyond(before.vm_pu[id] as number) }))
    .sort((a, b) => b.off - a.off) as [{ id: number; off: number }, { id: number; off: number }];
  return (
    // Where the unit's own bus were the worst, its set-point would give the answer away.
    worst.id !== facts.generator.bus &&
    worst.off > 0.006 &&
    worst.off < 0.06 &&
    worst.off - next.off > PLAIN &&
    before.loading.every((loading) => loading < 0.97) &&
    before.loss_mw > 1
  );
}

/**
 * Whether one device, anywhere in its range, brings everything in order. Voltages rise along the range of each device, so
 * only the first position that leaves none too low need be looked at: if that one has any too high, so have all beyond.
 */
function mendsAlone(
  facts: VoltageRemedyFacts,
  devices: readonly Device[],
  device: Device,
  k: number,
): boolean {
  const span = device.highest - device.lowest;
  const at = (step: number) => {
    const position = device.kind === 'tap' ? device.highest - step : device.lowest + step;
    return simulate(
      facts,
      devices.map(({ now }, i) => (i === k ? position : now)),
    );
  };
  const tooLow = (after: Simulation | undefined) =>
    !after ||
    facts.buses.some(({ id }) => id !== 1 && (after.vm_pu[id] as number) < facts.band.low - LENIENT.pu);
  let [low, high] = [0, span];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (tooLow(at(middle))) low = middle + 1;
    else high = middle;
  }
  const first = at(low);
  return first !== undefined && excess(facts, first) === 0;
}

function drawOpen(params: VoltageRemedyParams, random: Random): VoltageRemedyFacts {
  const {
    buses: [fewest, most],
    meshed,
    capacitors,
  } = params;
  const ids = Array.from({ length: random.int(fewest, Math.max(fewest, most)) }, (_, i) => i + 1);
  const low = ids.slice(1);
  const light = random.chance(0.35);
  const buses = ids.map((id) => {
    const p_mw = id === 1 ? 0 : light ? random.range(4, 16, 1) : random.range(18, 50, 2);
    return {
      id,
      p_mw,
      q_mvar: Math.round(p_mw * random.range(light ? 0.1 : 0.3, light ? 0.25 : 0.55, 0.05)),
    };
  });
  const far = low.slice(1);
  const at = random.sample(far, Math.min(far.length, capacitors + 1));
  const generator_bus = at[0] as number;
  const setpoint = light ? random.int(103, 107) : random.int(97, 101);
  return {
    base_mva: 100,
    infeed_pu: light ? random.range(1.02, 1.06, 0.01) : random.range(0.98, 1.02, 0.01),
    buses,
    transformer: {
      name: 'T1',
      x_pu: random.range(0.06, 0.09, 0.005),
      r_pu: 0.002,
      rate_mva: 240,
      position: random.int(-2, 2),
      lowest: -8,
      highest: 8,
      step: 0.0125,
    },
    lines: drawLines(low, meshed, random),
    capacitors: low
      .filter((id) => at.slice(1).includes(id))
      .map((bus) => {
        const steps = random.int(3, 4);
        return {
          name: `C${bus}`,
          bus,
          step_mvar: random.range(5, 12, 1),
          steps,
          in_service: light ? random.int(steps - 2, steps) : random.int(0, 1),
        };
      }),
    generator: {
      name: `G${generator_bus}`,
      bus: generator_bus,
      p_mw: light ? random.range(20, 50, 5) : random.range(30, 60, 5),
      q_min_mvar: -random.range(10, 20, 5),
      q_max_mvar: random.range(15, 35, 5),
      setpoint,
      lowest: 95,
      highest: 107,
    },
    band: { low: 0.97, high: 1.05 },
  };
}

/** A tree from bus 2, or a ring through all of them. A kilometre of 110 kV line: about 0.0035 p.u. of x, a third of that r. */
function drawLines(low: readonly number[], meshed: boolean, random: Random): VoltageRemedyFacts['lines'] {
  const tree = low.slice(1).map((to, i) => [random.pick(low.slice(Math.max(0, i - 1), i + 1)), to] as const);
  const ring = low.map((id, i) => [id, low[(i + 1) % low.length] as number] as const);
  return (meshed ? ring : tree)
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .map(([from, to]) => {
      const km = random.range(15, 60, 5);
      return {
        name: `L${from}-${to}`,
        from,
        to,
        r_pu: Number((0.0011 * km).toFixed(3)),
        x_pu: Number((0.0034 * km).toFixed(3)),
        b_pu: Number((0.00034 * km).toFixed(4)),
        rate_mva: 120,
      };
    });
}
