import type { Family } from '../../../core/family.ts';
import { frequencyResponse } from '../../../engineering/system/swing.ts';
import {
  type LinearFrequencyModel,
  linearNadir,
  settledDeviation,
} from '../../../engineering/system/swing-closed-form.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  drawNadir,
  localiseNadir,
  lossOf,
  modelOf,
  type NadirFacts,
  type NadirParams,
  nadirParams,
} from './nadir-facts.ts';
import { nadirMistakes } from './nadir-mistakes.ts';
import { nadirWork } from './nadir-work.ts';

export type NadirAnswer = {
  /** Just after the trip, below 0. */
  rocof: number;
  nadir: number;
  /** Seconds after the trip. */
  t_nadir: number;
  f_settled: number;
  /** Least step of power at the instant of the trip that keeps frequency at the threshold or above. */
  battery: number;
};

/** One-mass frequency after the loss of a unit, and the fast reserve that would keep load on: the model is stated whole. */
export const frequencyNadirFamily: Family<NadirParams, NadirFacts, NadirAnswer> = {
  name: 'frequency-nadir',
  version: 1,
  params: nadirParams,
  targets: {
    rocof: { type: 'number', unit: 'Hz/s' },
    nadir: { type: 'number', unit: 'Hz' },
    t_nadir: { type: 'number', unit: 's' },
    f_settled: { type: 'number', unit: 'Hz' },
    battery: { type: 'number', unit: 'MW' },
  },
  draw: drawNadir,
  localise: localiseNadir,
  unordered: ['units'],
  solve: (facts) => answerOf(facts, modelOf(facts)),
  vars: (facts) => ({ ...facts, loss_mw: lossOf(facts) }),
  reply(_facts, answer, lang) {
    const prose = {
      en: 'The units that stay on, as one mass with one governor, give:',
      zh: '将跳闸后仍在网的机组等值为单机单调速器模型，计算结果为：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: nadirMistakes,
  plots: (facts, _answer, lang) => {
    const model = modelOf(facts);
    const { curve } = frequencyResponse({
      ...model,
      governors: [
        { name: 'all', p_rated_mw: model.droop_mw_per_hz * model.f0_hz, droop_pu: 1, t_s: model.t_s },
      ],
      duration_s: 30,
    });
    const points = curve.filter((_, i) => i % 2 === 0);
    return [
      {
        kind: 'series',
        title: lang === 'zh' ? '跳闸后的频率' : 'Frequency after the trip',
        unit: 'Hz',
        times: points.map(({ t_s }) => `${t_s} s`),
        series: [
          { name: lang === 'zh' ? '频率' : 'frequency', values: points.map(({ f_hz }) => rounded(f_hz, 4)) },
          {
            name: lang === 'zh' ? '低频减载首轮' : 'load shedding',
            values: points.map(() => facts.threshold_hz),
          },
        ],
      },
    ];
  },
  work: nadirWork,
};

/** Deviations are in proportion to the loss, so the step that may stay without a battery is a rule of three. */
export function answerOf(facts: NadirFacts, model: LinearFrequencyModel): NadirAnswer {
  const low = linearNadir(model);
  if (!low) throw new RangeError('frequency settles without a nadir of its own');
  const { f0_hz, loss_mw } = model;
  const bearable = (loss_mw * (f0_hz - facts.threshold_hz)) / (f0_hz - low.nadir_hz);
  return {
    rocof: rounded((-loss_mw * f0_hz) / (2 * model.inertia_s * model.base_mva), 6),
    nadir: rounded(low.nadir_hz, 6),
    t_nadir: rounded(low.t_s, 5),
    f_settled: rounded(f0_hz + settledDeviation(model), 6),
    battery: rounded(loss_mw - bearable, 4),
  };
}
