import {
  type Band,
  checkGases,
  type DgaResult,
  type FaultCode,
  type Gases,
  threeRatios,
  within,
} from './gases.ts';

export interface RatioRow {
  fault: FaultCode;
  R1?: Band;
  R2?: Band;
  R5?: Band;
}

/** IEC 60599, table of the basic gas ratios. A ratio left out is "not significant" there. Rows overlap and leave gaps. */
export const IEC_60599: readonly RatioRow[] = [
  { fault: 'PD', R1: { below: 0.1 }, R5: { below: 0.2 } },
  { fault: 'D1', R2: { above: 1 }, R1: { from: 0.1, to: 0.5 }, R5: { above: 1 } },
  { fault: 'D2', R2: { from: 0.6, to: 2.5 }, R1: { from: 0.1, to: 1 }, R5: { above: 2 } },
  { fault: 'T1', R1: { above: 1 }, R5: { below: 1 } },
  { fault: 'T2', R2: { below: 0.1 }, R1: { above: 1 }, R5: { from: 1, to: 4 } },
  { fault: 'T3', R2: { below: 0.2 }, R1: { above: 1 }, R5: { above: 4 } },
];

/** Rogers' three ratios as IEEE C57.104 gives them: six cases, "normal" among them. */
export const ROGERS: readonly RatioRow[] = [
  { fault: 'normal', R2: { below: 0.1 }, R1: { from: 0.1, to: 1 }, R5: { below: 1 } },
  { fault: 'PD', R2: { below: 0.1 }, R1: { below: 0.1 }, R5: { below: 1 } },
  { fault: 'D2', R2: { from: 0.1, to: 3 }, R1: { from: 0.1, to: 1 }, R5: { above: 3 } },
  { fault: 'T-low', R2: { below: 0.1 }, R1: { from: 0.1, to: 1 }, R5: { from: 1, to: 3 } },
  { fault: 'T<700', R2: { below: 0.1 }, R1: { above: 1 }, R5: { from: 1, to: 3 } },
  { fault: 'T>700', R2: { below: 0.1 }, R1: { above: 1 }, R5: { above: 3 } },
];

function byRows(method: 'iec60599' | 'rogers', rows: readonly RatioRow[], gases: Gases): DgaResult {
  checkGases(gases);
  const ratios = threeRatios(gases);
  const diagnoses = rows
    .filter((row) => within(ratios.R1, row.R1) && within(ratios.R2, row.R2) && within(ratios.R5, row.R5))
    .map((row) => row.fault);
  return {
    method,
    diagnoses,
    ratios,
    reason: diagnoses.length > 0 ? `rows met: ${diagnoses.join(', ')}` : 'the ratios fit no row',
  };
}

/**
 * Basic gas ratios of IEC 60599. Every row that is met is an answer: D1 and D2 overlap. Bounds written as a range
 * (0.1 to 0.5) include both ends, `<` and `>` do not. The standard's condition that gases exceed typical values is
 * left to the caller, since those values depend on the equipment.
 */
export const iec60599 = (gases: Gases): DgaResult => byRows('iec60599', IEC_60599, gases);

/** Rogers ratios (IEEE C57.104). Ranges include both ends. Combinations outside the six cases have no diagnosis. */
export const rogers = (gases: Gases): DgaResult => byRows('rogers', ROGERS, gases);
