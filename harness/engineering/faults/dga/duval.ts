import { checkGases, type DgaResult, type FaultCode, type Gases } from './gases.ts';

/** Shares of CH4, C2H2 and C2H4 in their sum, percent; null where all three are 0. */
export function duvalShares(gases: Gases): { CH4: number; C2H2: number; C2H4: number } | null {
  const total = gases.CH4 + gases.C2H2 + gases.C2H4;
  if (total === 0) return null;
  return {
    CH4: (100 * gases.CH4) / total,
    C2H2: (100 * gases.C2H2) / total,
    C2H4: (100 * gases.C2H4) / total,
  };
}

/** The zone of a point of the triangle, in the order of the published boundaries; a boundary belongs to the zone beyond it. */
export function duvalZone({ CH4, C2H2, C2H4 }: { CH4: number; C2H2: number; C2H4: number }): FaultCode {
  if (CH4 >= 98) return 'PD';
  if (C2H2 < 4 && C2H4 < 20) return 'T1';
  if (C2H2 < 4 && C2H4 < 50) return 'T2';
  if (C2H2 < 15 && C2H4 >= 50) return 'T3';
  if (C2H2 >= 13 && C2H4 < 23) return 'D1';
  if (C2H2 >= 13 && C2H4 < 40) return 'D2';
  if (C2H2 >= 29) return 'D2';
  return 'DT';
}

/**
 * Duval triangle 1 for mineral-oil transformers (IEC 60599, annex; IEEE C57.104). Always names one zone, whatever the
 * level of the gases, except where all three are 0: it tells what the fault would be, not whether there is one.
 */
export function duvalTriangle1(gases: Gases): DgaResult {
  checkGases(gases);
  const shares = duvalShares(gases);
  if (!shares)
    return {
      method: 'duval1',
      diagnoses: [],
      ratios: { CH4: null, C2H2: null, C2H4: null },
      reason: 'CH4, C2H2 and C2H4 are all 0: no point in the triangle',
    };
  const zone = duvalZone(shares);
  return { method: 'duval1', diagnoses: [zone], ratios: { ...shares }, reason: `the point lies in ${zone}` };
}
