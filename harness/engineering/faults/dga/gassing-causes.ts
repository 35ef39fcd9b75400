/** Gases of a routine oil analysis, µL/L. */
export const HISTORY_GASES = ['H2', 'CH4', 'C2H6', 'C2H4', 'C2H2', 'CO', 'CO2'] as const;
export type HistoryGas = (typeof HISTORY_GASES)[number];
export type GasSet = Record<HistoryGas, number>;

/** Root causes of gassing, one of which acts beside normal ageing. */
export const GASSING_CAUSES = [
  'core',
  'contact',
  'winding',
  'ageing',
  'discharge',
  'arcing',
  'tap-leak',
  'stray',
] as const;
export type GassingCause = (typeof GASSING_CAUSES)[number];

/** How the transformer was run from one oil sample to the next. */
export interface Interval {
  days: number;
  /** Of these, at voltage. */
  energised_days: number;
  /** Mean load while energised, of rating. */
  load: number;
  /** Mean top-oil temperature while energised. */
  top_oil_c: number;
  /** Operations of the on-load tap changer. */
  tap_operations: number;
}

interface Mechanism {
  /** Gas made, in relative amounts. */
  signature: GasSet;
  /** What is made in an interval, in the unit of `signature`; `oil_days` is the age of the oil at its middle. */
  drive(interval: Interval, oil_days: number): number;
}

const gases = (
  H2: number,
  CH4: number,
  C2H6: number,
  C2H4: number,
  C2H2: number,
  CO: number,
  CO2: number,
): GasSet => ({ H2, CH4, C2H6, C2H4, C2H2, CO, CO2 });

/** Hottest-spot temperature: top oil plus 25 K at rated load, with the exponent 1.6 of oil-immersed windings (IEC 60076-7). */
const hotSpot = ({ top_oil_c, load }: Interval): number => top_oil_c + 25 * load ** 1.6;

/**
 * What each cause makes and what it follows, as diagnosticians know them:
 * - a circulating current in the core (a second earth) heats oil beside bare metal with the flux: it follows voltage, not load, and leaves
 *   paper alone; a bad contact or joint makes nearly the same gases, but by the current through it (here its cube: losses go with
 *   the square, and gassing rises faster than losses);
 * - overheated windings char paper: CO beside hydrocarbons, CO2/CO of the increments below 3, steeply with the hot spot;
 *   ageing paper gives CO2 and CO near 8 to 1 and hardly any hydrocarbons, doubling every 8 K or so;
 * - partial discharges in wet or void-ridden insulation give hydrogen with a tenth of methane or less while energised;
 *   arcing gives hydrogen, acetylene and ethylene at once, at moments;
 * - a leaking tap-changer compartment lets in acetylene with little hydrogen (C2H2/H2 above 2 to 3, IEC 60599), by its operations;
 * - stray gassing of the oil gives hydrogen, methane and ethane at ordinary temperatures and dies down as the oil gets older.
 */
export const MECHANISMS: Readonly<Record<GassingCause, Mechanism>> = {
  core: {
    signature: gases(22, 75, 25, 100, 1.2, 4, 15),
    drive: ({ energised_days }) => energised_days,
  },
  contact: {
    signature: gases(22, 60, 16, 100, 2.5, 4, 15),
    drive: ({ energised_days, load }) => energised_days * (load / 0.7) ** 3,
  },
  winding: {
    signature: gases(25, 70, 40, 60, 0.3, 500, 1000),
    drive: (interval) => interval.energised_days * 2 ** ((hotSpot(interval) - 80) / 8),
  },
  ageing: {
    signature: gases(8, 7, 6, 4, 0.02, 125, 1000),
    drive: (interval) => interval.energised_days * 2 ** ((interval.top_oil_c - 60) / 8),
  },
  discharge: {
    signature: gases(100, 6, 2.5, 0.6, 0.2, 5, 15),
    drive: ({ energised_days }) => energised_days,
  },
  arcing: {
    signature: gases(100, 28, 4, 60, 90, 20, 25),
    drive: () => 1,
  },
  'tap-leak': {
    signature: gases(24, 8, 2, 24, 100, 2, 5),
    drive: ({ tap_operations }) => tap_operations,
  },
  stray: {
    signature: gases(100, 40, 45, 2, 0.05, 25, 60),
    // Out of service the oil is as cold as the air, taken as 20 °C.
    drive: ({ days, energised_days, top_oil_c }, oil_days) =>
      (energised_days * 2 ** ((top_oil_c - 55) / 15) + (days - energised_days) * 2 ** (-35 / 15)) *
      Math.exp(-oil_days / 220),
  },
};

/** Normal ageing of a sound transformer, µL/L a month at 60 °C top oil; doubling every 10 K. */
const SOUND: GasSet = gases(1.2, 1, 1, 0.6, 0, 6, 60);

export const soundIncrement = ({ energised_days, top_oil_c }: Interval): GasSet => {
  const share = (energised_days / 30) * 2 ** ((top_oil_c - 60) / 10);
  return Object.fromEntries(HISTORY_GASES.map((gas) => [gas, SOUND[gas] * share])) as GasSet;
};
