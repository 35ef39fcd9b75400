import type { Random } from '../../../core/random.ts';
import type { ElementRow, Ohms, Plant } from './facts.ts';

/** A plant whose impedances are those of real equipment, in per unit to four decimals. */
export function drawPlant(plant: Plant['plant'], random: Random): Plant {
  if (plant === 'unit') return drawUnit(random);
  return plant === 'distribution' ? drawDistribution(random) : drawInterconnector(random);
}

const pu = (r: number, x: number): Ohms => [Number(r.toFixed(4)), Number(x.toFixed(4))];
/** Reactance with a resistance as a share of it. */
const withRx = (x: number, rx: number): Ohms => pu(rx * x, x);

const LINE_OHM_PER_KM = { x1: 0.4, x0: 1.2 } as const;

function line(from: string, to: string, km: number, z_base_ohm: number, random: Random): ElementRow {
  const x1 = (LINE_OHM_PER_KM.x1 * km) / z_base_ohm;
  const z1 = withRx(x1, random.range(0.15, 0.4, 0.05));
  const z0 = withRx((x1 * LINE_OHM_PER_KM.x0) / LINE_OHM_PER_KM.x1, random.range(0.25, 0.4, 0.05));
  return { name: 'L1', kind: 'line', from, to, z1_pu: z1, z2_pu: z1, z0_pu: z0 };
}

function grid(name: string, bus: string, s_mva: number, s_base: number, random: Random): ElementRow {
  const x1 = s_base / s_mva;
  const z1 = withRx(x1, random.range(0.05, 0.15, 0.01));
  const z0 = withRx(x1 * random.range(0.6, 2.2, 0.1), random.range(0.08, 0.25, 0.01));
  return { name, kind: 'grid', from: bus, to: null, z1_pu: z1, z2_pu: z1, z0_pu: z0 };
}

function transformer(hv: string, lv: string, x_pu: number, rx: number, z0_share: number): ElementRow {
  const z1 = withRx(x_pu, rx);
  return {
    name: 'T1',
    kind: 'transformer',
    from: hv,
    to: lv,
    z1_pu: z1,
    z2_pu: z1,
    z0_pu: withRx(x_pu * z0_share, rx),
  };
}

/** Turbogenerators as they are built, and the grid that takes a unit of that size. */
const UNITS = [
  { s_mva: 75, ug_kv: 10.5, un_kv: 110 },
  { s_mva: 117.5, ug_kv: 13.8, un_kv: 110 },
  { s_mva: 117.5, ug_kv: 13.8, un_kv: 220 },
  { s_mva: 235, ug_kv: 15.75, un_kv: 220 },
  { s_mva: 353, ug_kv: 20, un_kv: 220 },
] as const;

/** Generator, unit transformer, line, grid: both ends feed the fault, and Z2 differs from Z1. */
function drawUnit(random: Random): Plant {
  const s_base_mva = 100;
  const { s_mva, ug_kv, un_kv } = random.pick(UNITS);
  const xd = random.range(0.14, 0.24, 0.01) * (s_base_mva / s_mva);
  const generator: ElementRow = {
    name: 'G1',
    kind: 'generator',
    from: 'B1',
    to: null,
    z1_pu: withRx(xd, 0.02),
    z2_pu: withRx(xd * random.range(1.1, 1.4, 0.05), 0.04),
    z0_pu: null,
  };
  const x_t = random.range(0.11, 0.15, 0.005) * (s_base_mva / s_mva);
  const atGenerator = random.chance(0.25);
  return {
    plant: 'unit',
    s_base_mva,
    buses: [
      { name: 'B1', un_kv: ug_kv },
      { name: 'B2', un_kv },
      { name: 'B3', un_kv },
    ],
    elements: [
      generator,
      transformer('B2', 'B1', x_t, random.range(0.02, 0.04, 0.01), random.range(0.8, 1, 0.05)),
      line('B2', 'B3', random.int(15, 90), un_kv ** 2 / s_base_mva, random),
      grid('S', 'B3', random.range(1500, 9000, 500), s_base_mva, random),
    ],
    vector_group: random.pick(['YNd11', 'YNd11', 'YNd1', 'YNd5']),
    neutral_ohm: 0,
    fault_bus: atGenerator ? 'B1' : 'B2',
    far_bus: atGenerator ? 'B2' : 'B1',
    // The delta's side has no path to earth: an earth fault there carries no current.
    types: atGenerator ? ['LL'] : ['LG', 'LL', 'LLG'],
    r_max_ohm: atGenerator ? 0.3 : 0.12 * (un_kv ** 2 / s_base_mva),
  };
}

/** A feeder behind a delta-star transformer: the delta side sees two or three phases of what is one or two on the feeder. */
function drawDistribution(random: Random): Plant {
  const [hv_kv, lv_kv] = random.pick([
    [33, 11],
    [35, 10.5],
    [110, 20],
  ] as const);
  const s_base_mva = 10;
  const s_mva = random.pick(hv_kv === 110 ? [25, 31.5, 40] : [5, 8, 10, 12.5]);
  const z_base = lv_kv ** 2 / s_base_mva;
  const x_t = random.range(0.07, 0.12, 0.005) * (s_base_mva / s_mva);
  return {
    plant: 'distribution',
    s_base_mva,
    buses: [
      { name: 'B1', un_kv: hv_kv },
      { name: 'B2', un_kv: lv_kv },
      { name: 'B3', un_kv: lv_kv },
    ],
    elements: [
      grid(
        'S',
        'B1',
        random.range(hv_kv === 110 ? 600 : 120, hv_kv === 110 ? 2000 : 700, 20),
        s_base_mva,
        random,
      ),
      transformer('B1', 'B2', x_t, random.range(0.04, 0.08, 0.01), random.range(0.85, 1, 0.05)),
      line('B2', 'B3', random.range(1, 8, 0.5), z_base, random),
    ],
    vector_group: random.pick(['Dyn11', 'Dyn11', 'Dyn1', 'Dyn5']),
    neutral_ohm: random.chance(0.5) ? 0 : random.range(1, 6, 0.5),
    fault_bus: 'B3',
    far_bus: 'B1',
    types: ['LG', 'LG', 'LL', 'LLG'],
    r_max_ohm: 0.5 * z_base,
  };
}

/** Two grids joined by a star-star transformer, both neutrals earthed: zero sequence goes through and nothing is turned. */
function drawInterconnector(random: Random): Plant {
  const s_base_mva = 100;
  const s_mva = random.pick([120, 150, 180, 240]);
  const x_t = random.range(0.1, 0.14, 0.005) * (s_base_mva / s_mva);
  return {
    plant: 'interconnector',
    s_base_mva,
    buses: [
      { name: 'B1', un_kv: 220 },
      { name: 'B2', un_kv: 110 },
      { name: 'B3', un_kv: 110 },
    ],
    elements: [
      grid('S1', 'B1', random.range(3000, 12000, 500), s_base_mva, random),
      transformer('B1', 'B2', x_t, random.range(0.02, 0.04, 0.01), random.range(0.85, 1, 0.05)),
      line('B2', 'B3', random.int(10, 60), 110 ** 2 / s_base_mva, random),
      grid('S2', 'B3', random.range(600, 3000, 100), s_base_mva, random),
    ],
    vector_group: 'YNyn0',
    neutral_ohm: 0,
    fault_bus: 'B2',
    far_bus: 'B1',
    types: ['LG', 'LL', 'LLG'],
    r_max_ohm: 0.12 * (110 ** 2 / s_base_mva),
  };
}
