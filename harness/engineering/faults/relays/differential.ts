import { abs, add, ZERO } from '../../math/complex.ts';
import { type Phases, rotate, scalePhases, toPhases, toSequence } from '../short-circuit/symmetrical.ts';
import { parseVectorGroup } from '../short-circuit/vector-group.ts';

export interface DifferentialSide {
  un_kv: number;
  /** Primary over secondary amperes, such as 600/5 = 120. */
  ct_ratio: number;
}

/** Percentage differential protection of a two-winding transformer. Currents count into the transformer on both sides. */
export interface TransformerDifferential {
  s_mva: number;
  vector_group: string;
  hv: DifferentialSide;
  lv: DifferentialSide;
  /** In per unit of the rated current. */
  pickup_pu: number;
  /** Percent of the restraint current up to the knee, and of what exceeds it. */
  slope1_percent: number;
  slope2_percent: number;
  knee_pu: number;
  /** Unrestrained element; none where absent. */
  highset_pu?: number;
}

/** Secondary amperes at rated power: S/(√3·U·CT ratio). */
export const tapCurrent = (s_mva: number, { un_kv, ct_ratio }: DifferentialSide): number =>
  (s_mva * 1000) / (Math.sqrt(3) * un_kv * ct_ratio);

/** What a relay is told to do with the raw currents; leaving a step out is a classic mistake. */
export interface Compensation {
  vector_group: boolean;
  zero_sequence: boolean;
}

export interface DifferentialPhase {
  phase: keyof Phases;
  differential_pu: number;
  restraint_pu: number;
  threshold_pu: number;
  trips: boolean;
}

/**
 * Operation for secondary currents in A. Each side is divided by its tap current; the low-voltage side is turned ahead by
 * the clock (positive sequence +30° an hour, negative −30°), and zero sequence is taken out of both sides. Then
 * I_d = |I_hv + I_lv|, I_r = (|I_hv| + |I_lv|)/2, and it trips where I_d exceeds the characteristic.
 */
export function transformerDifferential(
  protection: TransformerDifferential,
  hv_a: Phases,
  lv_a: Phases,
  compensation: Compensation = { vector_group: true, zero_sequence: true },
): DifferentialPhase[] {
  const { clock } = parseVectorGroup(protection.vector_group);
  const side = (current: Phases, of: DifferentialSide, turn_deg: number): Phases => {
    const sequence = toSequence(scalePhases(current, 1 / tapCurrent(protection.s_mva, of)));
    const kept = compensation.zero_sequence ? { ...sequence, zero: ZERO } : sequence;
    return toPhases(rotate(kept, turn_deg));
  };
  const hv = side(hv_a, protection.hv, 0);
  const lv = side(lv_a, protection.lv, compensation.vector_group ? 30 * clock : 0);
  return (['a', 'b', 'c'] as const).map((phase) => {
    const differential_pu = abs(add(hv[phase], lv[phase]));
    const restraint_pu = (abs(hv[phase]) + abs(lv[phase])) / 2;
    const threshold_pu = thresholdAt(protection, restraint_pu);
    const high = protection.highset_pu !== undefined && differential_pu >= protection.highset_pu;
    return {
      phase,
      differential_pu,
      restraint_pu,
      threshold_pu,
      trips: high || differential_pu > threshold_pu,
    };
  });
}

/** Dual slope: the pick-up, then slope 1 through the origin to the knee, then slope 2 from there. */
export function thresholdAt(
  p: Pick<TransformerDifferential, 'pickup_pu' | 'slope1_percent' | 'slope2_percent' | 'knee_pu'>,
  restraint_pu: number,
): number {
  const first = (p.slope1_percent / 100) * Math.min(restraint_pu, p.knee_pu);
  const second = (p.slope2_percent / 100) * Math.max(0, restraint_pu - p.knee_pu);
  return Math.max(p.pickup_pu, first + second);
}
