import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import {
  GASSING_CAUSES,
  type GasSet,
  type GassingCause,
  type Interval,
} from '../../../engineering/faults/dga/gassing-causes.ts';
import { gassingPosterior } from '../../../engineering/faults/dga/gassing-posterior.ts';
import { drawUnit } from './draw-unit.ts';

export const dgaCauseParams = z.strictObject({
  /** Transformers in one question. */
  units: z.int().min(2).max(8),
});
export type DgaCauseParams = z.infer<typeof dgaCauseParams>;

export interface GasUnit {
  name: string;
  rating_mva: number;
  un_kv: number;
  /** In service since so many years, and its oil since so many days at the first sample. */
  years: number;
  oil_days: number;
  /** At the last sample. */
  water_ppm: number;
  furfural_mg_kg: number;
  /** Days from the first sample to each. */
  days: number[];
  samples: GasSet[];
  /** Between one sample and the next. */
  intervals: Interval[];
  cause: GassingCause;
}

export interface DgaCauseFacts {
  units: GasUnit[];
}

/**
 * Transformers whose causes are drawn evenly and apart from each other. No history is sifted: how sure one may be differs
 * from one to the next, and what Bayes makes of the gases is right as often as it says.
 */
export function drawDgaCause({ units }: DgaCauseParams, random: Random): DgaCauseFacts {
  return {
    units: Array.from({ length: units }, (_, i) =>
      drawUnit(`T${i + 1}`, random.pick(GASSING_CAUSES), random.fork(`unit ${i}`)),
    ),
  };
}

/** Probability of each cause by the gases and the service alone, without water, furfural or age. */
export const posteriorOf = ({ samples, intervals, oil_days }: GasUnit): Record<GassingCause, number> =>
  gassingPosterior(samples, intervals, oil_days);
