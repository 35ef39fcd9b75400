import type { CarbonConfig } from '../../providers/config.ts';
import { UserError } from '../core/errors.ts';
import type { ModelRecord } from '../core/event.ts';
import { emissionFactor } from '../engineering/carbon/factors.ts';
import { inferenceEnergy } from '../engineering/carbon/inference.ts';

/**
 * The configured size or measurement of a model as rates that a report multiplies with tokens and seconds. The
 * regression is linear in both, so that two rates hold all of it.
 * @throws UserError for an emission factor that is not published
 */
export function carbonRates(model: string, config: CarbonConfig): NonNullable<ModelRecord['energy']> {
  return { ...energyRates(config), ...factorOf(model, config) };
}

function energyRates(
  config: CarbonConfig,
): Pick<NonNullable<ModelRecord['energy']>, 'kwhPerOutputToken' | 'kwhPerSecond' | 'method'> {
  const { wh_per_1k_output_tokens, active_parameters_b = 0, pue = 1 } = config;
  if (wh_per_1k_output_tokens !== undefined) {
    const method = `measured, ${wh_per_1k_output_tokens} Wh per 1000 output tokens`;
    return { kwhPerOutputToken: wh_per_1k_output_tokens / 1e6, kwhPerSecond: 0, method };
  }
  const { total_parameters_b = active_parameters_b } = config;
  const of = (output_tokens: number, latency_s: number) =>
    inferenceEnergy({ active_parameters_b, total_parameters_b, pue, output_tokens, latency_s }).energy_kwh;
  return {
    kwhPerOutputToken: of(1, 0),
    kwhPerSecond: of(0, 1),
    method: `EcoLogits regression (batch 64), ${active_parameters_b} of ${total_parameters_b} billion parameters active, PUE ${pue}`,
  };
}

function factorOf(
  model: string,
  { kg_co2_per_kwh, source, region = '', year = 0, basis = 'grid-average' }: CarbonConfig,
): Pick<NonNullable<ModelRecord['energy']>, 'kgCo2PerKwh' | 'factor'> {
  if (kg_co2_per_kwh !== undefined)
    return { kgCo2PerKwh: kg_co2_per_kwh, factor: `${kg_co2_per_kwh} kgCO2/kWh, ${source}` };
  try {
    const factor = emissionFactor({ region, year, basis });
    const told = `${factor.kg_co2_per_kwh} kgCO2/kWh, ${region} ${year} ${basis}, ${factor.source}`;
    return { kgCo2PerKwh: factor.kg_co2_per_kwh, factor: told };
  } catch (error) {
    throw new UserError(
      `${model}: carbon: ${error instanceof Error ? error.message : String(error)}`,
      'or give kg_co2_per_kwh with its source',
    );
  }
}
