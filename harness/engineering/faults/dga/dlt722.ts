import { checkGases, type DgaResult, type FaultCode, type Gases, threeRatios } from './gases.ts';

/** Codes of each ratio in the bands below 0.1, 0.1 to 1, 1 to 3, from 3 on; the lower end belongs to a band. */
const CODES = { R2: [0, 1, 1, 2], R1: [1, 0, 2, 2], R5: [0, 0, 1, 2] } as const;

const band = (ratio: number): number => (ratio < 0.1 ? 0 : ratio < 1 ? 1 : ratio < 3 ? 2 : 3);

/**
 * Fault types by code in the order C2H2/C2H4, CH4/H2, C2H4/C2H6 (DL/T 722, GB/T 7252). Mind the first digit:
 * 2 is a discharge of low energy, 1 an arc.
 */
function faultOf(r2: number, r1: number, r5: number): FaultCode | null {
  if (r2 === 2) return r1 === 2 ? 'D1+T' : 'D1';
  if (r2 === 1) return r1 === 2 ? 'D2+T' : 'D2';
  if (r5 === 2) return 'T3';
  if (r1 === 1) return r5 === 0 ? 'PD' : null;
  if (r1 === 2) return r5 === 0 ? 'T1' : 'T2';
  return r5 === 1 ? 'T0' : null;
}

export interface AttentionValues {
  H2: number;
  C2H2: number;
  total_hydrocarbons: number;
}

/** Attention values of a transformer in service, µL/L: acetylene 5, and 1 from 330 kV on. */
export const attentionValues = (un_kv: number): AttentionValues => ({
  H2: 150,
  C2H2: un_kv >= 330 ? 1 : 5,
  total_hydrocarbons: 150,
});

/**
 * The improved three-ratio method of DL/T 722. The standard calls the ratios valid only where a content or a growth
 * rate reaches its attention value: give `attention` to hold the contents against it (then lower ones have no
 * diagnosis), or leave it out where a fault is already suspected on other grounds.
 */
export function dlt722(gases: Gases, attention?: AttentionValues): DgaResult {
  checkGases(gases);
  const ratios = threeRatios(gases);
  const { R1, R2, R5 } = ratios;
  const none = (reason: string): DgaResult => ({ method: 'dlt722', diagnoses: [], ratios, reason });
  if (attention) {
    const hydrocarbons = gases.CH4 + gases.C2H2 + gases.C2H4 + gases.C2H6;
    if (gases.H2 < attention.H2 && gases.C2H2 < attention.C2H2 && hydrocarbons < attention.total_hydrocarbons)
      return none('every content is below its attention value: the ratios are not valid');
  }
  if (R1 === null || R2 === null || R5 === null) return none('a ratio of two absent gases has no code');
  const code = [CODES.R2[band(R2)]!, CODES.R1[band(R1)]!, CODES.R5[band(R5)]!] as const;
  const fault = faultOf(...code);
  const text = code.join('');
  return {
    ...none(fault ? `code ${text}` : `code ${text} is not in the table`),
    code: text,
    diagnoses: fault ? [fault] : [],
  };
}
