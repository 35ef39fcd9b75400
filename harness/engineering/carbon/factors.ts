/** An emission factor of electricity: how much CO2 one kWh stands for, in which year, where, and on which basis. */
export interface EmissionFactor {
  /** kgCO2 per kWh, which is also tCO2 per MWh. */
  kg_co2_per_kwh: number;
  year: number;
  region: string;
  basis: FactorBasis;
  source: string;
}

/**
 * `grid-average`: all electricity of a grid. `residual`: without the non-fossil power whose attributes were traded.
 * `fossil`: fossil-fired generation alone. They answer different questions and differ by half.
 */
export type FactorBasis = 'grid-average' | 'residual' | 'fossil';

const MEE_2023 = 'Ministry of Ecology and Environment (China), electricity CO2 emission factors for 2023';
const MEE_2022 = 'Ministry of Ecology and Environment (China), electricity CO2 emission factors for 2022';

const china = (
  region: string,
  kg_co2_per_kwh: number,
  basis: FactorBasis = 'grid-average',
  year = 2023,
): EmissionFactor => ({
  kg_co2_per_kwh,
  year,
  region,
  basis,
  source: year === 2022 ? MEE_2022 : MEE_2023,
});

export const EMISSION_FACTORS: readonly EmissionFactor[] = [
  china('CN', 0.5366, 'grid-average', 2022),
  china('CN', 0.5306),
  china('CN', 0.6096, 'residual'),
  china('CN', 0.8273, 'fossil'),
  china('CN-North', 0.6361),
  china('CN-Northeast', 0.5122),
  china('CN-East', 0.55),
  china('CN-Central', 0.5271),
  china('CN-Northwest', 0.5543),
];

/**
 * The published factor for a region, year and basis. Nothing is guessed: a factor of another year or basis is not
 * a substitute, since the choice decides the result.
 * @throws RangeError that lists what there is
 */
export function emissionFactor(
  query: { region: string; year: number; basis: FactorBasis },
  factors: readonly EmissionFactor[] = EMISSION_FACTORS,
): EmissionFactor {
  const found = factors.find(
    ({ region, year, basis }) => region === query.region && year === query.year && basis === query.basis,
  );
  if (found) return found;
  const known = factors.map(({ region, year, basis }) => `${region} ${year} ${basis}`).join('; ');
  throw new RangeError(`no factor for ${query.region} ${query.year} ${query.basis}; known: ${known}`);
}
