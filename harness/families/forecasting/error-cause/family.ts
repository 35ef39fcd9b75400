import type { Family } from '../../../core/family.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith } from '../../wording.ts';
import { drawErrorCause, type ErrorCauseFacts, type ErrorCauseParams, errorCauseParams } from './facts.ts';
import { errorCauseMistakes } from './mistakes.ts';
import { CALENDAR, causeOptions } from './words.ts';
import { errorCauseWork } from './work.ts';

export type ErrorCauseAnswer = {
  /** Ids of the causes. */
  causes: string[];
  /** First and last half-hour of each cause. */
  windows: Record<string, [number, number]>;
};

/** Attribute the forecast error of a day to causes that were injected into it, and say when each acted. */
export const errorCauseFamily: Family<ErrorCauseParams, ErrorCauseFacts, ErrorCauseAnswer> = {
  name: 'error-cause',
  version: 2,
  params: errorCauseParams,
  targets: { causes: { type: 'set' }, windows: { type: 'json' } },
  draw: drawErrorCause,
  solve: ({ causes }) => ({
    causes: causes.map(({ kind }) => kind),
    windows: Object.fromEntries(causes.map(({ kind, first, last }) => [kind, [first, last]])),
  }),
  vars: ({ causes: _injected, ...facts }, lang) => ({ ...facts, day: CALENDAR[facts.calendar][lang] }),
  options: ({ series }, lang) => ({ causes: causeOptions(series, lang) }),
  reply: (_facts, { causes, windows }, lang) =>
    replyWith(
      {
        en: 'Telemetry is checked against the meter, the meter against the forecast, and the weather and the units in service explain the rest.',
        zh: '先用计量表核对遥测，再用计量值对比预测，结合气象实况和设备运行情况逐段判断：',
      }[lang],
      { causes, windows },
    ),
  mistakes: errorCauseMistakes,
  plots({ rows, causes, series }, _answer, lang) {
    const { meter, scada, forecast, power = '' } = SERIES_WORDS[lang];
    const labels = new Map(causeOptions(series, lang).map(({ id, labels: [label] }) => [id, label ?? id]));
    const index = (no: number) => rows.findIndex((row) => row.no === no);
    const windows = causes.map(({ kind, first, last }) => ({
      name: labels.get(kind) ?? kind,
      from: index(first),
      to: index(last),
    }));
    return [rowsPlot(rows, { meter, scada, forecast }, { title: power, unit: 'MW', windows })];
  },
  work: errorCauseWork,
};
