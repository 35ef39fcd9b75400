import * as z from 'zod';
import { dataCentreMetrics } from '../../engineering/carbon/data-centre.ts';
import { electricityEmissions } from '../../engineering/carbon/emissions.ts';
import { emissionFactor } from '../../engineering/carbon/factors.ts';
import { inferenceCarbon, inferenceEnergy } from '../../engineering/carbon/inference.ts';
import type { Calc } from './calc.ts';

const fromZero = z.number().nonnegative();

const factorSchema = z.strictObject({
  region: z.string(),
  year: z.int(),
  basis: z.enum(['grid-average', 'residual', 'fossil']),
});
const emissionsSchema = z.strictObject({
  energy_kwh: fromZero,
  grid_kg_per_kwh: fromZero,
  residual_kg_per_kwh: fromZero,
  instruments: z.array(z.strictObject({ energy_kwh: fromZero, kg_co2_per_kwh: fromZero })).optional(),
});
const centreSchema = z.strictObject({
  facility_kwh: z.number().positive(),
  it_kwh: z.number().positive(),
  green_kwh: fromZero.optional(),
  emissions_kg: fromZero.optional(),
});
const inferenceSchema = z.strictObject({
  active_parameters_b: z.number().positive(),
  total_parameters_b: z.number().positive(),
  output_tokens: fromZero,
  latency_s: fromZero,
  pue: z.number().min(1),
  kg_co2_per_kwh: fromZero.optional(),
});

/** Emissions and the energy of computing from the terminal. */
export const carbonCalcs: Calc[] = [
  {
    name: 'emission-factor',
    group: 'carbon',
    summary:
      'a published emission factor of electricity, by region, year and basis; never a substitute for another',
    input: 'json',
    schema: factorSchema,
    example: `wattmark calc emission-factor '{"region": "CN-East", "year": 2023, "basis": "grid-average"}'`,
    run: (query: z.infer<typeof factorSchema>) => emissionFactor(query),
  },
  {
    name: 'emissions',
    group: 'carbon',
    summary: 'emissions of electricity, location based and market based',
    input: 'json',
    schema: emissionsSchema,
    example: `wattmark calc emissions '{"energy_kwh": 1000000, "grid_kg_per_kwh": 0.5306, "residual_kg_per_kwh": 0.6096, "instruments": [{"energy_kwh": 400000, "kg_co2_per_kwh": 0}]}'`,
    run: ({ energy_kwh, instruments, ...factors }: z.infer<typeof emissionsSchema>) =>
      electricityEmissions(energy_kwh, factors, instruments),
  },
  {
    name: 'data-centre',
    group: 'carbon',
    summary: 'PUE, green ratio and CUE of a data centre',
    input: 'json',
    schema: centreSchema,
    rows: true,
    example: `wattmark calc data-centre '{"facility_kwh": 1300000, "it_kwh": 1000000, "green_kwh": 1040000, "emissions_kg": 138000}'`,
    run: (centre: z.infer<typeof centreSchema>) => dataCentreMetrics(centre),
  },
  {
    name: 'inference-energy',
    group: 'carbon',
    summary:
      'energy, and with a factor carbon, of one request to a language model, by the EcoLogits regression',
    input: 'json',
    schema: inferenceSchema,
    rows: true,
    example: `wattmark calc inference-energy '{"active_parameters_b": 7.3, "total_parameters_b": 7.3, "output_tokens": 200, "latency_s": 5, "pue": 1.26}'`,
    run: ({ kg_co2_per_kwh, ...request }: z.infer<typeof inferenceSchema>) => ({
      ...inferenceEnergy(request),
      ...(kg_co2_per_kwh === undefined ? {} : { kg_co2: inferenceCarbon(request, kg_co2_per_kwh).kg_co2 }),
    }),
  },
];
