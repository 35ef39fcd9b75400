import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import {
  airDensity,
  lostEnergy,
  REFERENCE_DENSITY,
} from '../../../engineering/faults/equipment/wind-turbine.ts';
import { replyWith } from '../../wording.ts';
import type { WindScadaFacts } from './facts.ts';
import { lostKwh, type WindScadaAnswer } from './family.ts';
import type { WindCause } from './turbine.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The log shows:', zh: '根据运行数据：' };

const TAKEN_FOR: Readonly<Record<WindCause, readonly [WindCause, WindCause]>> = {
  icing: ['yaw', 'curtailment'],
  curtailment: ['derating', 'pitch'],
  derating: ['curtailment', 'stop'],
  yaw: ['icing', 'pitch'],
  pitch: ['curtailment', 'yaw'],
  anemometer: ['yaw', 'icing'],
  stop: ['curtailment', 'icing'],
};

/** Weights of the checks: cause 2, which is a gate; first 1, last 1, density 1, lost energy 3. */
const WHOLE = 8;

export function windScadaMistakes(facts: WindScadaFacts, right: WindScadaAnswer, lang: Lang): Mistake[] {
  const { pressure_hpa, mean_temp_c, curve, rows } = facts;
  const say = (changes: Partial<WindScadaAnswer>) => replyWith(PROSE[lang], { ...right, ...changes });
  const lost = (name: string, value: number): Mistake[] =>
    Math.abs(value - right.lost) <= Math.max(6, 0.012 * right.lost)
      ? []
      : [{ name, reply: say({ lost: Number(value.toFixed(3)) }), score: 5 / WHOLE }];
  const density = (name: string, value: number): Mistake[] =>
    Math.abs(value / right.density - 1) < 0.003
      ? []
      : [{ name, reply: say({ density: Number(value.toFixed(5)) }), score: 7 / WHOLE }];
  const whole = lostEnergy(
    curve,
    right.density,
    rows.map((row) => ({ v_ms: row.mast_ms, p_kw: row.power_kw })),
  );
  const affected = right.lost > 0;
  return [
    ...TAKEN_FOR[right.cause].map((cause) => ({
      name: `took it for ${cause}`,
      reply: say({ cause }),
      score: 0,
    })),
    { name: 'window all day', reply: say({ first: 1, last: rows.length }), score: 6 / WHOLE },
    {
      name: 'window an hour late',
      reply: say({ first: right.first + 6, last: right.last + 6 }),
      score: 6 / WHOLE,
    },
    ...density('density of standard air', REFERENCE_DENSITY),
    ...density('Celsius for kelvin', (pressure_hpa * 100) / (287.05 * Math.max(1, Math.abs(mean_temp_c)))),
    ...density('hectopascals for pascals', right.density / 100),
    ...(affected
      ? [
          ...lost('without the density correction', lostKwh(facts, REFERENCE_DENSITY)),
          ...lost(
            'corrected the speed in the wrong direction',
            lostKwh(facts, REFERENCE_DENSITY ** 2 / right.density),
          ),
          ...lost(
            'corrected by the whole ratio of densities',
            lostKwh(facts, right.density ** 3 / REFERENCE_DENSITY ** 2),
          ),
          ...lost('took ten minutes for an hour', 6 * right.lost),
          ...lost('gave the mean missing power', (6 * right.lost) / (right.last - right.first + 1)),
          ...lost(
            'measured from the last row only to the one before it',
            right.lost * (1 - 1 / (right.last - right.first + 1)),
          ),
        ]
      : lost(
          'counted what the sick anemometer seems to say',
          lostKwh(facts, airDensity(pressure_hpa, mean_temp_c), 'nacelle_ms'),
        )),
    ...lost('over the whole table', whole),
    {
      name: 'energy in megawatts',
      reply: say({ lost: `${right.lost} MW` as unknown as number }),
      score: 5 / WHOLE,
    },
  ];
}
