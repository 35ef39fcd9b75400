/** Dissolved gas concentrations in ppm (µL of gas per litre of oil). 0 means looked for and not found. */
export interface Gases {
  H2: number;
  CH4: number;
  C2H2: number;
  C2H4: number;
  C2H6: number;
  CO?: number;
}

export const GAS_NAMES = ['H2', 'CH4', 'C2H2', 'C2H4', 'C2H6'] as const;

/** The fault types of IEC 60599, and DT (mixtures) of Duval's triangle. */
export type FaultCode =
  | 'PD'
  | 'D1'
  | 'D2'
  | 'DT'
  | 'T1'
  | 'T2'
  | 'T3'
  /** Below 150 °C: a row of the Chinese three-ratio table alone. */
  | 'T0'
  /** A discharge together with overheating: rows of the three-ratio table. */
  | 'D1+T'
  | 'D2+T'
  /** Any arcing, any overheating: as coarse as Doernenburg says. */
  | 'D'
  | 'T'
  /** Rogers' rows of overheating, which name other temperatures than IEC 60599. */
  | 'T-low'
  | 'T<700'
  | 'T>700'
  | 'normal';

export interface DgaResult {
  method: 'duval1' | 'iec60599' | 'dlt722' | 'rogers' | 'doernenburg';
  /** Every diagnosis the method's table allows; empty: no diagnosis by this method. */
  diagnoses: FaultCode[];
  /** The numbers the table was entered with; null where both gases are 0 and no ratio exists. */
  ratios: Record<string, number | null>;
  /** Three-ratio code, where the method has one. */
  code?: string;
  /** Why there is no diagnosis, or which row it was. */
  reason: string;
}

/** @throws RangeError for a concentration that is negative or no number */
export function checkGases(gases: Gases): void {
  for (const name of GAS_NAMES)
    if (!(Number.isFinite(gases[name]) && gases[name] >= 0))
      throw new RangeError(`${name}: ${gases[name]} is not a concentration in ppm`);
}

/**
 * a/b as the ratio methods use it: infinite where only the denominator is 0, and no ratio where both are.
 * A missing ratio meets no condition, so a row that asks for it cannot match.
 */
export function gasRatio(a: number, b: number): number | null {
  if (b > 0) return a / b;
  return a > 0 ? Number.POSITIVE_INFINITY : null;
}

/** A band of a table; `from`/`to` included unless named open. Absent bounds are none. */
export interface Band {
  from?: number;
  to?: number;
  above?: number;
  below?: number;
}

export function within(value: number | null, band: Band | undefined): boolean {
  if (!band) return true;
  if (value === null) return false;
  return (
    value >= (band.from ?? Number.NEGATIVE_INFINITY) &&
    value <= (band.to ?? Number.POSITIVE_INFINITY) &&
    (band.above === undefined || value > band.above) &&
    (band.below === undefined || value < band.below)
  );
}

/** R1 = CH4/H2, R2 = C2H2/C2H4, R5 = C2H4/C2H6: the numbering of IEC 60599 and IEEE C57.104. */
export function threeRatios(gases: Gases): { R1: number | null; R2: number | null; R5: number | null } {
  return {
    R1: gasRatio(gases.CH4, gases.H2),
    R2: gasRatio(gases.C2H2, gases.C2H4),
    R5: gasRatio(gases.C2H4, gases.C2H6),
  };
}
