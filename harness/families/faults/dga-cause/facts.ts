import { z } from 'zod';
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

/** Least probability, by Bayes on the gases alone, at which a history is held to show its cause. */
export const CLEAR = 0.98;

/**
 * Transformers whose causes are drawn evenly and apart from each other. A history is drawn again until its gases alone,
 * without water, furfural or age, single out its cause among all of them.
 */
export function drawDgaCause({ units }: DgaCauseParams, random: Random): DgaCauseFacts {
  return {
    units: Array.from({ length: units }, (_, i) => {
      const cause = random.pick(GASSING_CAUSES);
      for (let attempt = 0; attempt < 200; attempt++) {
        const unit = drawUnit(`T${i + 1}`, cause, random.fork(`unit ${i} attempt ${attempt}`));
        if (posteriorOf(unit)[cause] >= CLEAR) return unit;
      }
      throw new RangeError(`dga-cause: no history of ${cause} is clear`);
    }),
  };
}

export const posteriorOf = ({ samples, intervals, oil_days }: GasUnit): Record<GassingCause, number> =>
  gassingPosterior(samples, intervals, oil_days);
