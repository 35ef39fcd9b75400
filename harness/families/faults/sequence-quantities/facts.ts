import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import type { FaultType } from '../../../engineering/faults/short-circuit/sequence-fault.ts';
import type { Phases } from '../../../engineering/faults/short-circuit/symmetrical.ts';
import { drawPlant } from './plants.ts';
import { computed, kvOf } from './quantities.ts';

export const PLANTS = ['unit', 'distribution', 'interconnector'] as const;
export const sequenceQuantitiesParams = z.strictObject({
  /** A generator behind YNd, a feeder behind Dyn, or two grids joined by YNyn. */
  plants: z.array(z.enum(PLANTS)).min(1),
});
export type SequenceQuantitiesParams = z.infer<typeof sequenceQuantitiesParams>;

export type PhaseName = keyof Phases;
/** Resistance and reactance, per unit. */
export type Ohms = readonly [r: number, x: number];

export interface ElementRow {
  name: string;
  kind: 'grid' | 'generator' | 'line' | 'transformer';
  /** High-voltage bus of a transformer. */
  from: string;
  /** Low-voltage bus of a transformer; null for what feeds a bus. */
  to: string | null;
  z1_pu: Ohms;
  z2_pu: Ohms;
  /** Null: no path for zero sequence. */
  z0_pu: Ohms | null;
}

export interface Plant {
  plant: (typeof PLANTS)[number];
  s_base_mva: number;
  buses: { name: string; un_kv: number }[];
  elements: ElementRow[];
  vector_group: string;
  /** Between the neutral of the low-voltage star and earth; 0: solidly earthed. */
  neutral_ohm: number;
  /** Where the fault is, and which side of the transformer is looked at from there. */
  fault_bus: string;
  far_bus: string;
  /** Fault types that the fault's side allows. */
  types: readonly FaultType[];
  r_max_ohm: number;
}

export interface SequenceQuantitiesFacts extends Omit<Plant, 'types' | 'r_max_ohm'> {
  fault: {
    type: 'LG' | 'LL' | 'LLG';
    /** The faulted phase of LG, the healthy one of LL and LLG. */
    phase: PhaseName;
    /** LG: phase to earth; LL: between the phases; LLG: from the joined phases to earth. */
    r_ohm: number;
  };
  /** Voltage at the fault before it, of nominal. */
  prefault_pu: number;
  /** The phase whose fault current is asked, and the one whose current on the far side is asked with its angle. */
  asked_phase: PhaseName;
  far_phase: PhaseName;
}

const PHASE_NAMES = ['a', 'b', 'c'] as const;

/**
 * One transformer with a fault on one side of it and the question what the other side sees. Angles keep off ±180°, where a
 * sign is a matter of taste; a current that is small keeps off 0 unless it is 0;
 * the far side's voltage sags.
 */
export function drawSequenceQuantities(
  { plants }: SequenceQuantitiesParams,
  random: Random,
): SequenceQuantitiesFacts {
  const kind = random.pick(plants);
  for (;;) {
    const { types, r_max_ohm, ...plant } = drawPlant(kind, random);
    const type = random.pick(types) as 'LG' | 'LL' | 'LLG';
    const phase = random.pick(PHASE_NAMES);
    const fault = { type, phase, r_ohm: faultResistance(r_max_ohm, random) };
    const asked_phase = type === 'LG' ? phase : random.pick(PHASE_NAMES.filter((name) => name !== phase));
    const prefault_pu = random.pick([1, 1.03, 1.05, 1.08]);
    const draft = { ...plant, fault, prefault_pu, asked_phase, far_phase: 'a' as PhaseName };
    const { far_ka } = computed(draft);
    const most = Math.max(...PHASE_NAMES.map((name) => far_ka[name]));
    const far_phase = random.pick(PHASE_NAMES.filter((name) => far_ka[name] > 0.4 * most));
    const facts = { ...draft, far_phase };
    if (isClear(facts)) return facts;
  }
}

/** The voltage asked for sinks at least so far, or the nominal one would do for an answer. */
const SAGS = 0.985;

/** A fifth of the faults is bolted, the rest spread towards small resistances, in steps an engineer would write. */
function faultResistance(most_ohm: number, random: Random): number {
  if (random.chance(0.2)) return 0;
  return Number((most_ohm * (0.1 + 0.9 * random.uniform() ** 2)).toPrecision(2));
}

function isClear(facts: SequenceQuantitiesFacts): boolean {
  const { far_ka, far_deg, fault_deg, far_kv } = computed(facts);
  const whole_kv = facts.prefault_pu * kvOf(facts, facts.far_bus);
  const most = Math.max(...PHASE_NAMES.map((name) => far_ka[name]));
  return (
    [far_deg, fault_deg].every((angle) => Math.abs(angle) < 175) &&
    PHASE_NAMES.every((name) => far_ka[name] < 1e-9 || far_ka[name] > 0.02 * most) &&
    most > 0.05 &&
    Math.min(...far_kv) < SAGS * whole_kv
  );
}
