import {
  type Band,
  checkGases,
  type DgaResult,
  type FaultCode,
  type Gases,
  gasRatio,
  within,
} from './gases.ts';

/** Limits L1 in ppm, as IEEE C57.104-2008 gives them for this method. */
export const DOERNENBURG_L1 = { H2: 100, CH4: 120, C2H2: 1, C2H4: 50, C2H6: 65 } as const;

const KEY_GASES = ['H2', 'CH4', 'C2H2', 'C2H4'] as const;

/** Ratios in the order they are tried, with the two gases of each. */
const RATIOS = {
  R1: ['CH4', 'H2'],
  R2: ['C2H2', 'C2H4'],
  R3: ['C2H2', 'CH4'],
  R4: ['C2H6', 'C2H2'],
} as const;
type RatioName = keyof typeof RATIOS;

/** Limits for gas taken from the oil. */
const ROWS: readonly ({ fault: FaultCode } & Partial<Record<RatioName, Band>>)[] = [
  { fault: 'T', R1: { above: 1 }, R2: { below: 0.75 }, R3: { below: 0.3 }, R4: { above: 0.4 } },
  { fault: 'PD', R1: { below: 0.1 }, R3: { below: 0.3 }, R4: { above: 0.4 } },
  {
    fault: 'D',
    R1: { above: 0.1, below: 1 },
    R2: { above: 0.75 },
    R3: { above: 0.3 },
    R4: { below: 0.4 },
  },
];

/**
 * Doernenburg ratios (IEEE C57.104-2008). The method asks first whether there is a fault: one of H2, CH4, C2H2, C2H4
 * over twice its L1 and another of them over L1. Then every ratio must have one gas over its L1, or the ratios are not
 * significant. All four ratios must fit a row. Any step failed means no diagnosis by this method.
 */
export function doernenburg(gases: Gases): DgaResult {
  checkGases(gases);
  const ratios = Object.fromEntries(
    Object.entries(RATIOS).map(([name, [a, b]]) => [name, gasRatio(gases[a], gases[b])]),
  ) as Record<RatioName, number | null>;
  const none = (reason: string): DgaResult => ({ method: 'doernenburg', diagnoses: [], ratios, reason });
  const over = (gas: keyof typeof DOERNENBURG_L1, times = 1) => gases[gas] > times * DOERNENBURG_L1[gas];
  if (!KEY_GASES.some((gas) => over(gas, 2) && KEY_GASES.some((other) => other !== gas && over(other))))
    return none('no key gas over twice L1 beside another over L1: the unit is not held to be faulty');
  const weak = Object.entries(RATIOS).find(([, pair]) => !pair.some((gas) => over(gas)));
  if (weak)
    return none(`${weak[0]}: neither ${weak[1].join(' nor ')} is over L1, the ratios are not significant`);
  const row = ROWS.find(({ fault: _, ...bands }) =>
    (Object.keys(RATIOS) as RatioName[]).every((name) => within(ratios[name], bands[name])),
  );
  if (!row) return none('the ratios fit no row');
  return { ...none(`all ratios fit ${row.fault}`), diagnoses: [row.fault] };
}
