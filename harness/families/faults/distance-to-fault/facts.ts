import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { repairedKm, solveLocation } from './locate.ts';
import { drawScenario, drawType } from './scenario.ts';

/** What can be the matter with a location; exactly one holds. */
export const CAUSES = [
  'none',
  'infeed',
  'residual',
  'line-impedance',
  'mutual',
  'ct-saturation',
  'clock',
] as const;
export type Cause = (typeof CAUSES)[number];

const METHODS = ['reactance', 'takagi'] as const;
export type Method = (typeof METHODS)[number];

export const distanceToFaultParams = z.strictObject({
  causes: z.array(z.enum(CAUSES)).min(1),
});
export type DistanceToFaultParams = z.infer<typeof distanceToFaultParams>;

export type Pair = readonly [number, number];

/** A row of the record: rms and degrees, during the fault and before it. */
export interface Channel {
  end: 'S' | 'R';
  /** VA, VB, VC to earth in kV; IA, IB, IC into the line in kA; IN, the residual current of a core of its own. */
  name: string;
  during: Pair;
  before: Pair;
  /** Second harmonic during the fault, percent of the fundamental; currents only. */
  h2_percent: number | null;
}

export interface DistanceToFaultFacts {
  un_kv: number;
  length_km: number;
  type: 'LG' | 'LL' | 'LLG' | '3ph';
  /** Phases in the fault, in cyclic order. */
  phases: string[];
  method: Method;
  /** Of the locator at S: Z1 in ohms per km, k0 as magnitude and degrees. */
  settings: { z1: Pair; k0: Pair };
  /** Measured when the line was last commissioned, ohms per km: resistance and reactance. */
  tested: { z1: Pair; z0: Pair };
  /** The other circuit on the towers: its coupling in ohms per km and its residual current at S (into the line) in kA and degrees. */
  parallel: { z0m: Pair; in_service: boolean; residual: Pair } | null;
  channels: Channel[];
  cause: Cause;
  /** Where the fault was put, km from S. */
  put_km: number;
}

/** Shares of the line: an error that is there and one that is not. */
const LOUD = 0.03;
const QUIET = 0.01;

/**
 * A record with one thing wrong, or nothing. Drawn again until that thing moves the location it spoils by 3 % of the line
 * at least, while everything else together moves it by less than 1 %.
 */
export function drawDistanceToFault({ causes }: DistanceToFaultParams, random: Random): DistanceToFaultFacts {
  const cause = random.pick(causes);
  // Chosen once: drawn again with the rest, the type that is clear most often would crowd out the others.
  const type = drawType(cause, random);
  for (let attempt = 0; attempt < 3000; attempt++) {
    const facts = drawScenario(cause, type, random.fork(`attempt ${attempt}`));
    if (isClear(facts)) return facts;
  }
  throw new RangeError(`distance-to-fault: no draw of ${cause} is clear`);
}

function isClear(facts: DistanceToFaultFacts): boolean {
  const { cause, length_km, put_km } = facts;
  const off = (km: number) => Math.abs(km - put_km) / length_km;
  const { single_km, true_km, naive_km } = solveLocation(facts);
  if (!(off(true_km) < 0.0025 && single_km > -0.2 * length_km && single_km < 1.3 * length_km)) return false;
  // With that one thing put right, one end alone must do: else something else would be as much to blame.
  const repaired = off(repairedKm(facts));
  if (cause === 'infeed' ? repaired < LOUD : repaired > QUIET) return false;
  if (cause === 'none') return off(single_km) < QUIET && off(naive_km) < QUIET;
  if (cause === 'clock') return off(single_km) < QUIET && off(naive_km) > LOUD;
  return off(single_km) > LOUD;
}
