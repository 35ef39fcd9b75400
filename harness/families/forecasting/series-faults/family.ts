import type { Family } from '../../../core/family.ts';
import { fillLinear } from '../../../engineering/forecast/fill.ts';
import { energyOf } from '../../../engineering/forecast/metrics.ts';
import { mean, type Series } from '../../../engineering/forecast/pairs.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  drawSeriesFaults,
  type SeriesFaultsFacts,
  type SeriesFaultsParams,
  seriesFaultsParams,
} from './facts.ts';
import { seriesFaultsMistakes } from './mistakes.ts';
import { seriesFaultsWork } from './work.ts';

export type SeriesFaultsAnswer = {
  missing: number;
  stuck_first: number;
  stuck_last: number;
  shift_first: number;
  shift_last: number;
  /** Half-hours by which the record is late. */
  lag: number;
  regime_first: number;
  /** MW, up positive. */
  regime_mw: number;
  /** MWh. */
  energy: number;
};

/** Find the faults of a telemetry series beside a meter, tell them from a change of the load itself, and repair it. */
export const seriesFaultsFamily: Family<SeriesFaultsParams, SeriesFaultsFacts, SeriesFaultsAnswer> = {
  name: 'series-faults',
  version: 2,
  params: seriesFaultsParams,
  targets: {
    missing: { type: 'number' },
    stuck_first: { type: 'number' },
    stuck_last: { type: 'number' },
    shift_first: { type: 'number' },
    shift_last: { type: 'number' },
    lag: { type: 'number' },
    regime_first: { type: 'number' },
    regime_mw: { type: 'number', unit: 'MW' },
    energy: { type: 'number', unit: 'MWh' },
  },
  draw: drawSeriesFaults,
  solve: solveSeriesFaults,
  vars: ({ capacity_mw, everyday_mw, agree_mw, rows }) => ({ capacity_mw, everyday_mw, agree_mw, rows }),
  reply: (_facts, answer, lang) =>
    replyWith(
      {
        en: 'Where SCADA leaves the meter the record is at fault; where the meter leaves the forecast for good the load itself has changed.',
        zh: '遥测偏离计量的为数据问题，计量值持续偏离预测的为负荷本身发生变化。',
      }[lang],
      stated(answer, lang),
    ),
  mistakes: seriesFaultsMistakes,
  plots({ rows, stuck, shift }, _answer, lang) {
    const { meter, scada, forecast, power = '' } = SERIES_WORDS[lang];
    const windows = [
      { name: lang === 'zh' ? '数据冻结' : 'stuck', from: stuck.first - 1, to: stuck.last - 1 },
      { name: lang === 'zh' ? '时标错位' : 'wrong clock', from: shift.first - 1, to: shift.last - 1 },
    ];
    return [rowsPlot(rows, { meter, scada, forecast }, { title: power, unit: 'MW', windows })];
  },
  work: seriesFaultsWork,
};

export function solveSeriesFaults({
  rows,
  stuck,
  shift,
  regime_first,
}: SeriesFaultsFacts): SeriesFaultsAnswer {
  const off = rows.map(({ meter, forecast }) => meter - forecast);
  return {
    missing: rows.filter(({ scada }) => scada === null).length,
    stuck_first: stuck.first,
    stuck_last: stuck.last,
    shift_first: shift.first,
    shift_last: shift.last,
    lag: shift.lag,
    regime_first,
    regime_mw: mean(off.slice(regime_first - 1)) - mean(off.slice(0, regime_first - 1)),
    energy: energyOf(fillLinear(withoutStuck(rows, stuck)), 0.5),
  };
}

/** Telemetry with the stuck values taken out. */
export const withoutStuck = (
  rows: SeriesFaultsFacts['rows'],
  { first, last }: SeriesFaultsFacts['stuck'],
): Series => rows.map(({ no, scada }) => (no >= first && no <= last ? null : scada));

/** As a person writes it down; energy in 万千瓦时 in Chinese. */
export function stated(answer: SeriesFaultsAnswer, lang: 'en' | 'zh'): Record<string, unknown> {
  const energy = lang === 'zh' ? answer.energy / 10 : answer.energy;
  return { ...answer, regime_mw: rounded(answer.regime_mw, 2), energy: rounded(energy, 2) };
}
