import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { PeakAnswer } from './peak.ts';
import { type PeakFacts, peakLoad } from './peak-facts.ts';
import { hourTable, storedAfter } from './store-plan.ts';

/** The worked solution: how a level is tried, the level that just holds, the schedule, and the money. */
export function peakWork(facts: PeakFacts, answer: PeakAnswer, lang: Lang): string {
  const { storage, loads, demand_charge } = facts;
  const { charge_efficiency: up, discharge_efficiency: down } = storage;
  const stored = storedAfter(answer.schedule, storage);
  const n = (value: number, digits = 3) => decimals(value, digits);
  const [top, peak, cut] = [peakLoad(facts), n(answer.peak), n(peakLoad(facts) - answer.peak)];
  // To a tenth, so that the product shown is the saving shown.
  const kilowatts = n(1000 * (top - answer.peak), 1);
  const saving = n(answer.saving, 0);
  return lang === 'zh'
    ? [
        `1. 先设一个负荷水平 P：负荷高于 P 的时段放电补足差额，存量减少（负荷 − P）/${down}；低于 P 的时段在 P − 负荷与 ${storage.p_charge_max_mw} MW 中取小者充电，存量增加其 ${up} 倍，充满为止。`,
        `2. 存量始终不低于 ${storage.energy_min_mwh} MWh、期末不低于 ${storage.final_mwh} MWh，则 P 可行。P 越低越难满足，用二分法（或线性规划）求得最低可行值 P = ${peak} MW。`,
        `3. 其中一个可行计划：\n\n${hourTable(['时段', '原负荷（MW）', '功率（MW，放电为正）', '时段末存量（MWh）'], loads, answer.schedule, stored)}`,
        `4. 最大需量由 ${top} MW 降至 ${peak} MW，减少 ${cut} MW = ${kilowatts} kW，每月少付 ${demand_charge} × ${kilowatts} = ${saving} 元。`,
      ].join('\n\n')
    : [
        `1. Try a level P: in hours above it the battery gives the difference and loses (load − P)/${down} MWh; in hours below it takes the smaller of P − load and ${storage.p_charge_max_mw} MW and gains ${up} of that, until full.`,
        `2. P can be held if the store never falls below ${storage.energy_min_mwh} MWh and ends with at least ${storage.final_mwh} MWh. A lower P is always harder, so bisection (or a linear program) finds the lowest: P = ${peak} MW.`,
        `3. One schedule that holds it:\n\n${hourTable(['hour', 'load, MW', 'power, MW (discharge above 0)', 'stored, MWh'], loads, answer.schedule, stored)}`,
        `4. The highest hour falls from ${top} to ${peak} MW, by ${cut} MW = ${kilowatts} kW, which saves $${demand_charge} × ${kilowatts} = $${saving} of the month's demand charge.`,
      ].join('\n\n');
}
