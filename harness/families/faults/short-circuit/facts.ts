import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { shortCircuit } from '../../../engineering/faults/short-circuit/iec60909.ts';
import type { ShortCircuitNetwork } from '../../../engineering/faults/short-circuit/network.ts';
import { byHand } from './by-hand.ts';

export const shortCircuitParams = z.strictObject({
  /** Plants to draw from: 110 kV to 10 kV, or 10 kV to 0.4 kV. */
  levels: z.array(z.enum(['mv', 'lv'])).min(1),
});
export type ShortCircuitParams = z.infer<typeof shortCircuitParams>;

export interface MotorGroup {
  kind: 'motors';
  count: number;
  p_kw: number;
  ur_kv: number;
  cos_phi: number;
  efficiency: number;
  ilr_ratio: number;
  rx: number;
}

export interface DirectGenerator {
  kind: 'generator';
  sr_mva: number;
  ur_kv: number;
  xd_pu: number;
  cos_phi: number;
  r_ohm: number;
}

/** What the plant consists of, and the order in which the question tells of it. */
const PARTS = ['feeder', 'transformers', 'machine', 'cable'] as const;

export interface ShortCircuitFacts {
  listing: (typeof PARTS)[number][];
  level: 'mv' | 'lv';
  /** c at the fault, and at the feeder's connection. */
  c_max: number;
  kappa_method: 'B' | 'C';
  un_hv_kv: number;
  un_kv: number;
  feeder: { ik_ka: number; rx: number };
  transformers: {
    count: number;
    sr_mva: number;
    ur_hv_kv: number;
    ur_lv_kv: number;
    uk_percent: number;
    ukr_percent: number;
  };
  machine: MotorGroup | DirectGenerator;
  cable: { length_m: number; r_ohm_per_km: number; x_ohm_per_km: number };
  /** Rated short-circuit breaking current (rms) and making current (peak), kA. */
  breaker: { breaking_ka: number; making_ka: number };
}

export const VERDICTS = ['adequate', 'breaking', 'making', 'both'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const verdictOf = (ik_ka: number, ip_ka: number, { breaker }: ShortCircuitFacts): Verdict => {
  const breaks = ik_ka <= breaker.breaking_ka;
  const makes = ip_ka <= breaker.making_ka;
  if (breaks) return makes ? 'adequate' : 'making';
  return makes ? 'breaking' : 'both';
};

export function networkOf(facts: ShortCircuitFacts): ShortCircuitNetwork {
  const { feeder, transformers: t, machine, cable } = facts;
  const { count, ...rating } = t;
  return {
    buses: [
      { id: 'Q', un_kv: facts.un_hv_kv },
      { id: 'B', un_kv: facts.un_kv, tolerance_percent: facts.c_max === 1.05 ? 6 : 10 },
      { id: 'F', un_kv: facts.un_kv, tolerance_percent: facts.c_max === 1.05 ? 6 : 10 },
    ],
    elements: [
      { kind: 'feeder', name: 'network', bus: 'Q', ik_max_ka: feeder.ik_ka, rx: feeder.rx },
      ...Array.from({ length: count }, (_, i) => ({
        kind: 'transformer' as const,
        name: `T${i + 1}`,
        hv: 'Q',
        lv: 'B',
        ...rating,
      })),
      machine.kind === 'motors'
        ? {
            kind: 'motor',
            name: 'M',
            bus: 'B',
            count: machine.count,
            p_mw: machine.p_kw / 1000,
            ur_kv: machine.ur_kv,
            cos_phi: machine.cos_phi,
            efficiency: machine.efficiency,
            ilr_ratio: machine.ilr_ratio,
            pole_pairs: 2,
            rx: machine.rx,
          }
        : { name: 'G', bus: 'B', ...machine },
      {
        kind: 'line',
        name: 'L',
        from: 'B',
        to: 'F',
        length_km: cable.length_m / 1000,
        r_ohm_per_km: cable.r_ohm_per_km,
        x_ohm_per_km: cable.x_ohm_per_km,
      },
    ],
  };
}

/** Ratings as breakers have them: breaking current in steps, making current as a standard multiple of it. */
const RATINGS = {
  mv: [8, 10, 12.5, 16, 20, 25, 31.5, 40, 50, 63].map((ka) => ({ breaking_ka: ka, making_ka: 2.5 * ka })),
  lv: [6, 10, 15, 20, 25, 30, 36, 42, 50, 65, 80, 100].map((ka) => ({
    breaking_ka: ka,
    making_ka: Number(
      ((ka <= 6 ? 1.5 : ka <= 10 ? 1.7 : ka <= 20 ? 2 : ka <= 50 ? 2.1 : 2.2) * ka).toFixed(1),
    ),
  })),
} as const;

const CLEAR = 0.03;
/** What must matter by 1 % at least, so that leaving it out shows. */
const SLIPS = [{ without_machine: true }, { without_cable: true }];

/** Plants that are looked through for the wanted verdict: "making" alone is rare, as cables damp the peak. */
const TRIES = 1500;

/**
 * A network feeder, one or two transformers, machines on the busbar, a cable to the fault. No rating lies within 3 % of
 * the current it is held against; the verdict is drawn first, evenly, and a plant and a breaker of the market are sought for it.
 */
export function drawShortCircuit({ levels }: ShortCircuitParams, random: Random): ShortCircuitFacts {
  const wish = random.pick(VERDICTS);
  for (let tries = 0; ; tries++) {
    const plant = random.pick(levels) === 'mv' ? drawMediumVoltage(random) : drawLowVoltage(random);
    const { ik_ka, ip_ka } = shortCircuit(networkOf(plant), 'F', { kappa: plant.kappa_method });
    if (SLIPS.some((slips) => Math.abs(byHand(plant, slips).ik_ka / ik_ka - 1) < 0.01)) continue;
    const clear = RATINGS[plant.level].filter(
      ({ breaking_ka, making_ka }) =>
        Math.abs(ik_ka / breaking_ka - 1) > CLEAR &&
        Math.abs(ip_ka / making_ka - 1) > CLEAR &&
        Math.abs(Math.log2(ik_ka / breaking_ka)) < 0.8,
    );
    if (clear.length === 0) continue;
    const verdict = (breaker: ShortCircuitFacts['breaker']) => verdictOf(ik_ka, ip_ka, { ...plant, breaker });
    const possible = [...new Set(clear.map(verdict))];
    if (!possible.includes(wish) && tries < TRIES) continue;
    const wanted = possible.includes(wish) ? wish : random.pick(possible);
    return { ...plant, breaker: { ...random.pick(clear.filter((breaker) => verdict(breaker) === wanted)) } };
  }
}

const NO_BREAKER = { breaking_ka: 0, making_ka: 0 };

function drawMediumVoltage(random: Random): ShortCircuitFacts {
  const sr_mva = random.pick([25, 31.5, 40, 50]);
  const machine: ShortCircuitFacts['machine'] = random.chance(0.5)
    ? {
        kind: 'motors',
        count: random.int(2, 5),
        p_kw: random.pick([630, 800, 1000, 1250, 1600]),
        ur_kv: 10,
        cos_phi: random.range(0.84, 0.9, 0.01),
        efficiency: random.range(0.94, 0.97, 0.005),
        ilr_ratio: random.range(5, 6.5, 0.1),
        rx: 0.15,
      }
    : {
        kind: 'generator',
        sr_mva: random.pick([7.5, 10, 15, 18.75]),
        ur_kv: 10.5,
        xd_pu: random.range(0.12, 0.2, 0.005),
        cos_phi: 0.8,
        r_ohm: random.range(0.02, 0.06, 0.005),
      };
  return {
    listing: [...PARTS],
    level: 'mv',
    c_max: 1.1,
    kappa_method: random.pick(['B', 'C']),
    un_hv_kv: 110,
    un_kv: 10,
    feeder: { ik_ka: random.range(8, 31.5, 0.5), rx: 0.1 },
    transformers: {
      count: random.int(1, 2),
      sr_mva,
      ur_hv_kv: 110,
      ur_lv_kv: 10.5,
      uk_percent: random.pick([10.5, 12.5, 14, 16]),
      ukr_percent: random.range(0.35, 0.55, 0.05),
    },
    machine,
    cable: {
      length_m: random.range(50, 800, 50),
      r_ohm_per_km: random.pick([0.0754, 0.0991, 0.124, 0.153]),
      x_ohm_per_km: random.pick([0.088, 0.092, 0.097, 0.102]),
    },
    breaker: NO_BREAKER,
  };
}

function drawLowVoltage(random: Random): ShortCircuitFacts {
  return {
    listing: [...PARTS],
    level: 'lv',
    c_max: random.pick([1.05, 1.1]),
    kappa_method: random.pick(['B', 'C']),
    un_hv_kv: 10,
    un_kv: 0.4,
    feeder: { ik_ka: random.range(6, 20, 0.5), rx: 0.1 },
    transformers: {
      count: random.int(1, 2),
      sr_mva: random.pick([0.63, 0.8, 1, 1.25, 1.6]),
      ur_hv_kv: 10,
      ur_lv_kv: 0.4,
      uk_percent: random.pick([4.5, 6]),
      ukr_percent: random.range(0.9, 1.2, 0.05),
    },
    machine: {
      kind: 'motors',
      count: random.int(3, 8),
      p_kw: random.pick([30, 45, 55, 75, 90]),
      ur_kv: 0.4,
      cos_phi: random.range(0.82, 0.88, 0.01),
      efficiency: random.range(0.92, 0.95, 0.005),
      ilr_ratio: random.range(5.5, 7, 0.1),
      rx: 0.42,
    },
    cable: {
      length_m: random.range(5, 60, 5),
      r_ohm_per_km: random.pick([0.0754, 0.0991, 0.124, 0.153]),
      x_ohm_per_km: random.pick([0.072, 0.077, 0.08]),
    },
    breaker: NO_BREAKER,
  };
}
