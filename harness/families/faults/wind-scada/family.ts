import type { Family } from '../../../core/family.ts';
import { airDensity, lostEnergy } from '../../../engineering/faults/equipment/wind-turbine.ts';
import { replyWith } from '../../wording.ts';
import { drawWindScada, type WindScadaFacts, type WindScadaParams, windScadaParams } from './facts.ts';
import { windScadaMistakes } from './mistakes.ts';
import type { WindCause } from './turbine.ts';
import { windScadaWork } from './work.ts';

export type WindScadaAnswer = {
  cause: WindCause;
  /** First and last row of the window. */
  first: number;
  last: number;
  /** kg/m³. */
  density: number;
  /** kWh; 0 where the turbine made what it should. */
  lost: number;
};

/** Ten-minute rows of one turbine and a mast: what disturbed it, when, and the energy it cost by the density-corrected curve. */
export const windScadaFamily: Family<WindScadaParams, WindScadaFacts, WindScadaAnswer> = {
  name: 'wind-scada',
  version: 2,
  params: windScadaParams,
  targets: {
    cause: { type: 'choice' },
    first: { type: 'number' },
    last: { type: 'number' },
    density: { type: 'number', unit: 'kg/m³' },
    lost: { type: 'number', unit: 'kWh' },
  },
  draw: drawWindScada,
  unordered: ['curve'],
  solve: solveWindScada,
  vars: ({ cause: _cause, first: _first, last: _last, ...facts }) => facts,
  reply(_facts, answer, lang) {
    const prose = {
      en: `Rows ${answer.first} to ${answer.last} depart from normal running; the other columns of these rows tell why.`,
      zh: `第 ${answer.first}—${answer.last} 行偏离正常运行，结合其他各列判断原因如下：`,
    }[lang];
    return replyWith(prose, answer);
  },
  mistakes: windScadaMistakes,
  work: windScadaWork,
};

export function solveWindScada(facts: WindScadaFacts): WindScadaAnswer {
  const { cause, first, last, pressure_hpa, mean_temp_c } = facts;
  const density = airDensity(pressure_hpa, mean_temp_c);
  return {
    cause,
    first,
    last,
    density: Number(density.toFixed(5)),
    lost: cause === 'anemometer' ? 0 : Number(lostKwh(facts, density).toFixed(3)),
  };
}

/** Missing energy of the window against the curve at a density, kWh. */
export const lostKwh = (
  { curve, rows, first, last }: WindScadaFacts,
  density: number,
  wind: 'mast_ms' | 'nacelle_ms' = 'mast_ms',
): number =>
  lostEnergy(
    curve,
    density,
    rows
      .filter(({ no }) => no >= first && no <= last)
      .map((row) => ({ v_ms: row[wind], p_kw: row.power_kw })),
  );
