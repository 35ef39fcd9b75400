import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith, rounded } from '../../wording.ts';
import { type PeakAnswer, savingOf } from './peak.ts';
import { bestPeak, changesPeak, LOSSLESS, type PeakFacts, peakLoad, withBattery } from './peak-facts.ts';
import { signed } from './store-plan.ts';

/** Weights of the checks: peak 2, saving 1, schedule 2. A schedule that breaks a rule may keep half of its part at most. */
export function peakMistakes(facts: PeakFacts, right: PeakAnswer, lang: Lang): Mistake[] {
  const { storage, loads } = facts;
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const level = (peak: number) => ({ peak: rounded(peak, 3), saving: rounded(savingOf(facts, peak), 2) });
  const whole = (seen: PeakFacts) => {
    const best = bestPeak(seen);
    return replyWith(PROSE[lang], { ...level(best.peak_mw), schedule: signed(best) });
  };
  const top = peakLoad(facts);
  const overlooked = (name: string, change: Partial<PeakFacts['storage']>): Mistake[] =>
    changesPeak(facts, right.peak, change)
      ? [{ name, reply: whole(withBattery(facts, change)), score: [0, 0.2] }]
      : [];
  return [
    ...overlooked('left out the losses', LOSSLESS),
    ...overlooked('left the battery empty', { final_mwh: storage.energy_min_mwh }),
    ...overlooked('drew down to 0 MWh', { energy_min_mwh: 0 }),
    {
      name: 'took the rated power off the peak',
      reply: say(level(top - storage.p_discharge_max_mw)),
      score: 0.4,
    },
    { name: 'turned the sign', reply: say({ schedule: right.schedule.map((p) => 0 - p) }), score: 0.6 },
    { name: 'gave the peak before the battery', reply: say({ peak: top }), score: 0.6 },
    { name: 'gave the reduction as the peak', reply: say({ peak: top - right.peak }), score: 0.6 },
    { name: 'demand charge per MW', reply: say({ saving: right.saving / 1000 }), score: 0.8 },
    {
      name: 'saved the charge of the whole peak',
      reply: say({ saving: rounded(right.peak * 1000 * facts.demand_charge, 2) }),
      score: 0.8,
    },
    { name: 'did nothing', reply: say({ ...level(top), schedule: loads.map(() => 0) }), score: 0 },
    { name: 'schedule in kW', reply: say({ schedule: right.schedule.map((p) => p * 1000) }), score: 0.6 },
    { name: 'no schedule', reply: say({ schedule: [] }), score: 0.6 },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'With the battery:', zh: '储能削峰结果如下：' };
