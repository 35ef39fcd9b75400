import type { Lang } from '../../../core/lang.ts';
import { lagOf } from '../../../engineering/forecast/detect.ts';
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
    const when = {
      en: first === last ? `Half-hour ${first}` : `Half-hours ${first} to ${last}`,
      zh: first === last ? `第 ${first} 时段` : `第 ${first}—${last} 时段`,
    }[lang];
    const head =
      lang === 'zh'
        ? `${i + 1}. ${when}，\`${kind}\`（${causeName(kind, series, lang)}）：`
        : `${i + 1}. ${when}, \`${kind}\` (${causeName(kind, series, lang)}): `;
    return head + evidence(facts, cause, lang);
  });
  return [opening, ...steps].join('\n\n');
}

function evidence(facts: ErrorCauseFacts, { kind, first, last }: CauseWindow, lang: Lang): string {
  const rows = facts.rows.slice(first - 1, last);
  const d = (value: (row: CauseRow) => number) => decimals(mean(rows.map(value)), 1);
  // How far, and on which side: "12.3 MW below", "低 12.3 MW".
  const aside = (value: (row: CauseRow) => number, unit: string, sides: readonly [string, string]) => {
    const gap = mean(rows.map(value));
    const size = `${decimals(Math.abs(gap), 1)} ${unit}`;
    const side = sides[gap < 0 ? 0 : 1];
    return lang === 'zh' ? `${side} ${size}` : `${size} ${side}`;
  };
  const sides = lang === 'zh' ? (['低', '高'] as const) : (['below', 'above'] as const);
  const figures = {
    off: aside((row) => row.meter - row.forecast, 'MW', sides),
    temp: aside((row) => row.temp_c - row.temp_forecast_c, lang === 'zh' ? '℃' : 'K', sides),
    wind: aside((row) => row.wind_ms - row.wind_forecast_ms, 'm/s', sides),
    sun: aside((row) => row.irradiance_wm2 - row.irradiance_forecast_wm2, 'W/m²', sides),
    clock: kind === 'clock_shift' ? clockOf(facts.rows, first, last, lang) : '',
    level: d((row) => row.scada ?? row.meter),
    humid: d((row) => row.humidity_pct),
    cold: d((row) => row.temp_c),
    units: `${rows[0]?.in_service}/${facts.units}`,
  };
  return lang === 'zh' ? chinese(kind, facts, figures) : english(kind, facts, figures);
}

/** By how many half-hours the telemetry is late or early, with a pair of values that shows it. */
function clockOf(rows: readonly CauseRow[], first: number, last: number, lang: Lang): string {
  const found = lagOf(
    rows.map(({ scada }) => scada),
    rows.map(({ meter }) => meter),
    6,
    { from: first - 1, to: last },
  );
  const lag = found?.lag ?? 0;
  const at = Array.from({ length: last - first + 1 }, (_, i) => first - 1 + i).find((t) => rows[t - lag]);
  const [seen, source] = [rows[at ?? 0], rows[(at ?? 0) - lag]];
  const by = Math.abs(lag);
  return lang === 'zh'
    ? `整体${lag > 0 ? '滞后' : '超前'} ${by} 个时段（例如第 ${seen?.no} 时段遥测 ${seen?.scada} MW，对应第 ${source?.no} 时段计量 ${source?.meter} MW）`
    : `${by} half-hours ${lag > 0 ? 'late' : 'early'} (telemetry of half-hour ${seen?.no}, ${seen?.scada} MW, is the meter of half-hour ${source?.no}, ${source?.meter} MW)`;
}

type Figures = Record<
  'off' | 'temp' | 'wind' | 'sun' | 'level' | 'humid' | 'cold' | 'units' | 'clock',
  string
>;

function english(kind: AnswerCause, { series }: ErrorCauseFacts, f: Figures): string {
  const mean = `the meter is ${f.off} the forecast on average`;
  const words: Record<AnswerCause, string> = {
    heat_wave: `${mean}, and the temperature ${f.temp} its forecast.`,
    cold_snap: `${mean}, and the temperature ${f.temp} its forecast.`,
    holiday: `${mean} all day, the weather came as forecast, and the day was forecast as a working day.`,
    ramp:
      series === 'wind'
        ? `${mean}; the wind was ${f.wind} its forecast, which has the drop only later.`
        : `${mean}; irradiance was ${f.sun} its forecast.`,
    icing: `${mean} although the wind blew as forecast and all turbines were in service; ${f.cold} °C at ${f.humid} % humidity.`,
    soiling: `${mean} although irradiance came as forecast and all inverters ran; output follows the sun, so no limit was set.`,
    curtailment: `both records stand still near the same level, about ${f.level} MW, though weather and units would allow more.`,
    outage: `${mean}; ${f.units} in service.`,
    stuck: `telemetry repeats ${f.level} MW while the meter moves.`,
    missing: 'telemetry is empty while the meter has values.',
    spike: 'telemetry alone jumps, for one half-hour; the meter keeps to its course.',
    clock_shift: `telemetry shows the curve of the meter ${f.clock}.`,
  };
  return words[kind];
}

function chinese(kind: AnswerCause, { series }: ErrorCauseFacts, f: Figures): string {
  const mean = `计量值较预测平均偏${f.off}`;
  const words: Record<AnswerCause, string> = {
    heat_wave: `${mean}，气温较预报平均偏${f.temp}。`,
    cold_snap: `${mean}，气温较预报平均偏${f.temp}。`,
    holiday: `全天${mean}，气象与预报一致，而预测按工作日编制。`,
    ramp:
      series === 'wind'
        ? `${mean}，风速较预报平均偏${f.wind}，预报的风速下降要到该时段之后才出现。`
        : `${mean}，辐照度较预报平均偏${f.sun}。`,
    icing: `${mean}，风速与预报相符、风机全部在运，气温 ${f.cold} ℃、相对湿度 ${f.humid} %，符合覆冰条件。`,
    soiling: `${mean}，辐照度与预报相符、逆变器全部在运，出力仍随辐照度成比例变化，不是限电。`,
    curtailment: `遥测与计量一致，均停在约 ${f.level} MW，而气象和设备条件允许更高出力。`,
    outage: `${mean}，在运数量为 ${f.units}。`,
    stuck: `遥测一直为 ${f.level} MW，而计量值在变化。`,
    missing: '遥测无数据，而计量表有数据。',
    spike: '仅遥测跳变一个时段，计量值正常。',
    clock_shift: `遥测曲线与计量曲线形状相同，但${f.clock}。`,
  };
  return words[kind];
}
