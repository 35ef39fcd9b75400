/** A contract that says where a part of the electricity came from: a green certificate, a direct purchase. */
export interface Instrument {
  energy_kwh: number;
  kg_co2_per_kwh: number;
}

export interface Emissions {
  /** Energy × average factor of the grid it was taken from. */
  location_based_kg: number;
  /** Contracts at their own factors, the rest at the residual factor. */
  market_based_kg: number;
  /** Energy under contracts, at most all of it. */
  covered_kwh: number;
}

/**
 * Scope 2 emissions by both methods of the GHG Protocol's guidance:
 *   location = E · f_grid
 *   market   = Σ Eᵢ · fᵢ + (E − Σ Eᵢ) · f_residual
 * Where a country publishes no residual factor, pass the grid average, and say so.
 * @throws RangeError for negative amounts, or contracts for more energy than was used
 */
export function electricityEmissions(
  energy_kwh: number,
  factors: { grid_kg_per_kwh: number; residual_kg_per_kwh: number },
  instruments: readonly Instrument[] = [],
): Emissions {
  for (const amount of [
    energy_kwh,
    factors.grid_kg_per_kwh,
    factors.residual_kg_per_kwh,
    ...instruments.flatMap((i) => [i.energy_kwh, i.kg_co2_per_kwh]),
  ]) {
    if (!Number.isFinite(amount) || amount < 0)
      throw new RangeError('energies and factors are numbers from 0 up');
  }
  const covered_kwh = instruments.reduce((sum, instrument) => sum + instrument.energy_kwh, 0);
  if (covered_kwh > energy_kwh * (1 + 1e-9))
    throw new RangeError(`contracts cover ${covered_kwh} kWh, but only ${energy_kwh} kWh were used`);
  const contracted_kg = instruments.reduce(
    (sum, instrument) => sum + instrument.energy_kwh * instrument.kg_co2_per_kwh,
    0,
  );
  return {
    location_based_kg: energy_kwh * factors.grid_kg_per_kwh,
    market_based_kg: contracted_kg + Math.max(0, energy_kwh - covered_kwh) * factors.residual_kg_per_kwh,
    covered_kwh,
  };
}

/** Mass of carbon as mass of CO2: ratio of molar masses 44/12. Confusing the two is a factor of 3.67. */
export const carbonToCo2 = (carbon_kg: number): number => (carbon_kg * 44) / 12;
