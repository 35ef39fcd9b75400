/** One winding: star with its neutral brought out (earthed), star, or delta. */
export type Winding = 'yn' | 'y' | 'd';

export interface VectorGroup {
  hv: Winding;
  lv: Winding;
  /** Hours by which the low voltage lags the high voltage, 30° each. */
  clock: number;
}

const PATTERN = /^(YN|Y|D)(yn|y|d)(1[01]|[0-9])$/;

/**
 * Reads `YNd11`, `Dyn5`, `Yy0`. Even hours belong to star-star and delta-delta, odd ones to star-delta.
 * @throws RangeError naming what is wrong
 */
export function parseVectorGroup(text: string): VectorGroup {
  const match = PATTERN.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a vector group such as YNd11, Dyn5 or Yy0`);
  const [hv, lv, clock] = [match[1]!.toLowerCase() as Winding, match[2] as Winding, Number(match[3])];
  const mixed = (hv === 'd') !== (lv === 'd');
  if (mixed !== (clock % 2 === 1))
    throw new RangeError(`"${text}": a ${mixed ? 'star-delta' : 'like-to-like'} group has no clock ${clock}`);
  return { hv, lv, clock };
}

/**
 * The way of zero-sequence current: through, to earth from one side, or none. Core-type effects (a three-limb core
 * as a delta) are left out.
 */
export function zeroSequencePath({ hv, lv }: VectorGroup): 'through' | 'hv-earth' | 'lv-earth' | 'none' {
  if (hv === 'yn' && lv === 'yn') return 'through';
  if (hv === 'yn' && lv === 'd') return 'hv-earth';
  if (hv === 'd' && lv === 'yn') return 'lv-earth';
  return 'none';
}

/**
 * Sign of zero-sequence voltage from the high to the low side of a star-star transformer. Clocks 2, 6 and 10 have their windings
 * reversed, which turns all three phases over; 4 and 8 only exchange phases, which zero sequence does not notice.
 */
export const zeroSequenceSign = ({ clock }: VectorGroup): 1 | -1 => (clock % 4 === 2 ? -1 : 1);
