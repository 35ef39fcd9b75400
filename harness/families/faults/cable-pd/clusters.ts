import type { Random } from '../../../core/random.ts';

const PD_KINDS = ['void', 'surface', 'corona_conductor', 'corona_earth', 'floating', 'noise'] as const;
export type PdKind = (typeof PD_KINDS)[number];

/** Pulses of one half of the cycle: how many in 100 cycles, between which phases, and how large. */
interface HalfCycle {
  pulses: number;
  from_deg: number;
  to_deg: number;
  least_pc: number;
  median_pc: number;
  most_pc: number;
}

/** Null where a half of the cycle has no pulses. */
export interface Pattern {
  positive: HalfCycle | null;
  negative: HalfCycle | null;
}

/** A half by its level in pC, its scatter as a share of it, and its window. */
function half(
  random: Random,
  [from, to]: readonly [number, number],
  level: number,
  scatter: number,
  rate: number,
): HalfCycle {
  const pc = (value: number) => Math.round(value / 5) * 5;
  return {
    pulses: Math.round(rate * random.range(0.92, 1.08, 0.01)),
    from_deg: from + random.int(-4, 4),
    to_deg: to + random.int(-4, 4),
    least_pc: pc(level * (1 - scatter * random.range(0.85, 1, 0.01))),
    median_pc: pc(level),
    most_pc: pc(level * (1 + 1.4 * scatter * random.range(0.85, 1, 0.01))),
  };
}

/**
 * Phase-resolved patterns as the books have them, phase of the voltage of the conductor to earth from its rising zero:
 * a void lies between two insulating walls and gives like pulses as the voltage rises and as it falls; a surface
 * touches one electrode, so one half is much stronger; a point discharges at one crest, at the negative one where it
 * is at the conductor, with pulses all alike; a floating part gives a fixed charge in both halves; noise knows no phase.
 */
export function drawPattern(kind: PdKind, random: Random): Pattern {
  const rate = random.range(120, 420, 10);
  const level = random.range(80, 420, 20);
  switch (kind) {
    case 'void':
      return {
        positive: half(random, [12, 84], level, 0.7, rate),
        negative: half(random, [192, 264], level * random.range(0.92, 1.08, 0.02), 0.7, rate),
      };
    case 'surface': {
      const [weak, strong] = [level, level * random.range(3, 5, 0.25)];
      const upper = random.chance(0.5);
      return {
        positive: half(random, [18, 102], upper ? strong : weak, 0.75, upper ? rate / 3 : rate),
        negative: half(random, [198, 282], upper ? weak : strong, 0.75, upper ? rate : rate / 3),
      };
    }
    case 'corona_conductor':
      return { positive: null, negative: half(random, [246, 294], level, 0.09, 3 * rate) };
    case 'corona_earth':
      return { positive: half(random, [66, 114], level, 0.09, 3 * rate), negative: null };
    case 'floating': {
      const charge = random.range(900, 2600, 50);
      return {
        positive: half(random, [24, 62], charge, 0.04, 200),
        negative: half(random, [204, 242], charge, 0.04, 200),
      };
    }
    case 'noise':
      return {
        positive: { ...half(random, [4, 176], level, 0.8, 2 * rate), from_deg: 0, to_deg: 180 },
        negative: { ...half(random, [184, 356], level, 0.8, 2 * rate), from_deg: 180, to_deg: 360 },
      };
  }
}
