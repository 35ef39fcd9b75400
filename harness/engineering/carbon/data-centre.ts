/** A data centre's year, or any other span, in kWh at the meter. */
export interface DataCentreEnergy {
  facility_kwh: number;
  it_kwh: number;
  /** Renewable electricity bought or made for the site, at most `facility_kwh`. */
  green_kwh?: number;
  /** Emissions of the facility's electricity. */
  emissions_kg?: number;
}

export interface DataCentreMetrics {
  /** Facility energy / IT energy (ISO/IEC 30134-2); at least 1. */
  pue: number;
  /** Green energy / facility energy. */
  green_ratio?: number;
  /** kgCO2 / kWh of IT energy (ISO/IEC 30134-8). */
  cue_kg_per_kwh?: number;
}

/**
 * PUE, green ratio and CUE.
 * @throws RangeError where IT energy is not above 0, exceeds the facility's, or green energy exceeds it
 */
export function dataCentreMetrics({
  facility_kwh,
  it_kwh,
  green_kwh,
  emissions_kg,
}: DataCentreEnergy): DataCentreMetrics {
  if (!(it_kwh > 0)) throw new RangeError('IT energy must be above 0');
  if (!(facility_kwh >= it_kwh))
    throw new RangeError('a facility uses at least the energy of its IT equipment: PUE is never below 1');
  if (green_kwh !== undefined && !(green_kwh >= 0 && green_kwh <= facility_kwh))
    throw new RangeError('green energy is between 0 and the facility energy');
  return {
    pue: facility_kwh / it_kwh,
    ...(green_kwh === undefined ? {} : { green_ratio: green_kwh / facility_kwh }),
    ...(emissions_kg === undefined ? {} : { cue_kg_per_kwh: emissions_kg / it_kwh }),
  };
}
