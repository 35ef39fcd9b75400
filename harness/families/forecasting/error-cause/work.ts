import type { Lang } from '../../../core/lang.ts';
import { mean } from '../../../engineering/forecast/pairs.ts';
import { decimals } from '../../wording.ts';
import type { AnswerCause, CauseRow, CauseWindow, ErrorCauseFacts } from './facts.ts';
import type { ErrorCauseAnswer } from './family.ts';
import { causeName } from './words.ts';

/** The evidence for each cause, in figures of its own window. */
export function errorCauseWork(facts: ErrorCauseFacts, _answer: ErrorCauseAnswer, lang: Lang): string {
  const { everyday_mw, agree_mw, series } = facts;
  const opening = {
    en: `Telemetry and meter may differ by ${agree_mw} MW, meter and forecast by ${everyday_mw} MW. More than that needs a cause: the first points to the record, the second to the plant or the weather.`,
    zh: `遥测与计量表之差超过 ${agree_mw} MW，说明遥测有问题；计量值与预测之差超过 ${everyday_mw} MW，说明实际运行或气象偏离了预测。`,
  }[lang];
  const steps = facts.causes.map((cause, i) => {
    const { kind, first, last } = cause;
    const head =
      lang === 'zh'
        ? `${i + 1}. 第 ${first}—${last} 时段，\`${kind}\`（${causeName(kind, series, lang)}）：`
        : `${i + 1}. Half-hours ${first} to ${last}, \`${kind}\` (${causeName(kind, series, lang)}): `;
    return head + evidence(facts, cause, lang);
  });
  return [opening, ...steps].join('\n\n');
}

function evidence(facts: ErrorCauseFacts, { kind, first, last }: CauseWindow, lang: Lang): string {
  const rows = facts.rows.slice(first - 1, last);
  const d = (value: (row: CauseRow) => number) => decimals(mean(rows.map(value)), 1);
  const off = d((row) => row.meter - row.forecast);
  const figures = {
    off,
    temp: d((row) => row.temp_c - row.temp_forecast_c),
    wind: d((row) => row.wind_ms - row.wind_forecast_ms),
    sun: d((row) => row.irradiance_wm2 - row.irradiance_forecast_wm2),
    level: d((row) => row.scada ?? row.meter),
    humid: d((row) => row.humidity_pct),
    cold: d((row) => row.temp_c),
    units: `${rows[0]?.in_service}/${facts.units}`,
  };
  return lang === 'zh' ? chinese(kind, facts, figures) : english(kind, facts, figures);
}

type Figures = Record<'off' | 'temp' | 'wind' | 'sun' | 'level' | 'humid' | 'cold' | 'units', string>;

function english(kind: AnswerCause, { series }: ErrorCauseFacts, f: Figures): string {
  const mean = `the meter is ${f.off} MW off the forecast on average`;
  const words: Record<AnswerCause, string> = {
    heat_wave: `${mean}, and it was ${f.temp} K from the forecast temperature.`,
    cold_snap: `${mean}, and it was ${f.temp} K from the forecast temperature.`,
    holiday: `${mean} all day, the weather came as forecast, and the day was forecast as a working day.`,
    ramp:
      series === 'wind'
        ? `${mean}; the wind was ${f.wind} m/s off its forecast and drops as forecast only later.`
        : `${mean}; irradiance was ${f.sun} W/m² off its forecast.`,
    icing: `${mean} although the wind blew as forecast and all turbines were in service; ${f.cold} °C at ${f.humid} % humidity.`,
    soiling: `${mean} although irradiance came as forecast and all inverters ran; output follows the sun, so no limit was set.`,
    curtailment: `both records stand still near the same level, about ${f.level} MW, though weather and units would allow more.`,
    outage: `${mean}; ${f.units} in service.`,
    stuck: `telemetry repeats ${f.level} MW while the meter moves.`,
    missing: 'telemetry is empty while the meter has values.',
    spike: 'telemetry alone jumps for one half-hour.',
    clock_shift: 'telemetry shows the curve of the meter some half-hours early or late.',
  };
  return words[kind];
}

function chinese(kind: AnswerCause, { series }: ErrorCauseFacts, f: Figures): string {
  const mean = `计量值较预测平均偏差 ${f.off} MW`;
  const words: Record<AnswerCause, string> = {
    heat_wave: `${mean}，气温较预报偏差 ${f.temp} ℃。`,
    cold_snap: `${mean}，气温较预报偏差 ${f.temp} ℃。`,
    holiday: `全天${mean}，气象与预报一致，而预测按工作日编制。`,
    ramp:
      series === 'wind'
        ? `${mean}，风速较预报偏差 ${f.wind} m/s，预报的风速下降要到该时段之后才出现。`
        : `${mean}，辐照度较预报偏差 ${f.sun} W/m²。`,
    icing: `${mean}，风速与预报相符、风机全部在运，气温 ${f.cold} ℃、相对湿度 ${f.humid} %，符合覆冰条件。`,
    soiling: `${mean}，辐照度与预报相符、逆变器全部在运，出力仍随辐照度成比例变化，不是限电。`,
    curtailment: `遥测与计量一致，均停在约 ${f.level} MW，而气象和设备条件允许更高出力。`,
    outage: `${mean}，在运数量为 ${f.units}。`,
    stuck: `遥测一直为 ${f.level} MW，而计量值在变化。`,
    missing: '遥测无数据，而计量表有数据。',
    spike: '仅遥测跳变一个时段，计量值正常。',
    clock_shift: '遥测曲线与计量曲线形状相同，但整体提前或滞后若干时段。',
  };
  return words[kind];
}
