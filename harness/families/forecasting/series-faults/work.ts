import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { SeriesFaultsFacts } from './facts.ts';
import type { SeriesFaultsAnswer } from './family.ts';

/** The worked solution: what SCADA says against the meter, then the meter against the forecast, then the repair. */
export function seriesFaultsWork(facts: SeriesFaultsFacts, answer: SeriesFaultsAnswer, lang: Lang): string {
  const { rows, agree_mw } = facts;
  const gaps = rows.filter(({ scada }) => scada === null).map(({ no }) => no);
  const held = decimals(rows[answer.stuck_first - 1]?.scada ?? 0, 1);
  const off = rows.map(({ meter, forecast }) => meter - forecast);
  const average = (from: number, to: number) =>
    decimals(off.slice(from, to).reduce((a, b) => a + b, 0) / (to - from), 2);
  const [before, after] = [
    average(0, answer.regime_first - 1),
    average(answer.regime_first - 1, rows.length),
  ];
  const probe = rows[answer.shift_first + 2];
  const source = rows[answer.shift_first + 2 - answer.lag];
  const [late, energy] = [Math.abs(answer.lag), decimals(answer.energy, 2)];
  const mw = decimals(answer.regime_mw, 2);
  return lang === 'zh'
    ? [
        `1. 缺测：第 ${gaps.join('、')} 时段，共 ${answer.missing} 个。`,
        `2. 数据不刷新：第 ${answer.stuck_first}—${answer.stuck_last} 时段遥测恒为 ${held} MW（重复第 ${answer.stuck_first - 1} 时段的值），计量值仍在变化。`,
        `3. 时标错位：第 ${answer.shift_first}—${answer.shift_last} 时段，遥测与计量之差超过 ${agree_mw} MW，但波形一致。例如第 ${probe?.no} 时段遥测 ${probe?.scada} MW，与第 ${source?.no} 时段计量 ${source?.meter} MW 吻合，即遥测${answer.lag > 0 ? '滞后' : '超前'} ${late} 个时段，lag = ${answer.lag}。`,
        `4. 负荷变化：计量与预测的平均偏差在第 ${answer.regime_first} 时段前为 ${before} MW，此后为 ${after} MW，差值 ${mw} MW。遥测与计量同步变化，属实际负荷变化，不是数据问题。`,
        `5. 剔除不刷新的数据，连同缺测时段线性插值后，遥测累计电量 = ΣP × 0.5 h = ${energy} MWh = ${decimals(answer.energy / 10, 2)} 万千瓦时。`,
      ].join('\n\n')
    : [
        `1. Missing: ${answer.missing} in all, half-hours ${gaps.join(', ')}.`,
        `2. Stuck: from ${answer.stuck_first} to ${answer.stuck_last} SCADA repeats the ${held} MW of half-hour ${answer.stuck_first - 1} while the meter moves.`,
        `3. Clock: from ${answer.shift_first} to ${answer.shift_last} SCADA differs from the meter by more than ${agree_mw} MW but has its shape. SCADA of half-hour ${probe?.no}, ${probe?.scada} MW, is the meter of half-hour ${source?.no}, ${source?.meter} MW: ${late} half-hours ${answer.lag > 0 ? 'late' : 'early'}, lag = ${answer.lag}.`,
        `4. Load: meter less forecast is ${before} MW on average before half-hour ${answer.regime_first} and ${after} MW from it on: a change of ${mw} MW. The meter shows it too, so the load has changed, not the record.`,
        `5. With the stuck values taken out and all gaps filled by straight lines, energy = ΣP × 0.5 h = ${energy} MWh.`,
      ].join('\n\n');
}
