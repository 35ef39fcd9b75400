import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { linearNadir } from '../../../engineering/system/swing-closed-form.ts';
import { replyWith, rounded } from '../../wording.ts';
import { answerOf, type NadirAnswer } from './nadir.ts';
import { lossOf, modelOf, type NadirFacts, stayingOn } from './nadir-facts.ts';

/** Weights of the checks: RoCoF 2, nadir 3, its time 1, settled frequency 1, battery 3. */
export function nadirMistakes(facts: NadirFacts, right: NadirAnswer, lang: Lang): Mistake[] {
  return [...ofModel(facts, lang), ...ofReading(facts, right, lang)];
}

/** The whole answer of another model: the tripped unit still there, H not weighted, no damping. */
function ofModel(facts: NadirFacts, lang: Lang): Mistake[] {
  const model = modelOf(facts);
  const seen = (name: string, change: Partial<typeof model>, score: Mistake['score']): Mistake[] => {
    const other = { ...model, ...change };
    return linearNadir(other) ? [{ name, reply: replyWith(PROSE[lang], answerOf(facts, other)), score }] : [];
  };
  const every = modelOf(facts, facts.units);
  const { inertia_s, base_mva } = every;
  const staying = stayingOn(facts);
  const plain = staying.reduce((sum, { h_s }) => sum + h_s, 0) / staying.length;
  return [
    ...seen('kept the inertia of the tripped unit', { inertia_s, base_mva }, [0.1, 0.4]),
    ...seen('kept the tripped unit altogether', every, [0, 0.3]),
    ...(Math.abs(plain / model.inertia_s - 1) > 0.04
      ? seen('averaged H without weights', { inertia_s: plain }, [0.1, 0.5])
      : []),
    ...seen('left out how load answers frequency', { damping_mw_per_hz: 0 }, [0.2, 0.5]),
    ...seen(
      'took the damping in MW/Hz for its per-unit value',
      { damping_mw_per_hz: facts.damping_pu * facts.load_mw },
      [0.2, 0.4],
    ),
  ];
}

/** A right model read off wrongly: signs, units, deviations, and batteries sized by something else. */
function ofReading(facts: NadirFacts, right: NadirAnswer, lang: Lang): Mistake[] {
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const { f0_hz, threshold_hz } = facts;
  const { rocof, nadir, f_settled, battery } = right;
  const { droop_mw_per_hz, damping_mw_per_hz } = modelOf(facts);
  const loss = lossOf(facts);
  const steady = Math.max(0, loss - (droop_mw_per_hz + damping_mw_per_hz) * (f0_hz - threshold_hz));
  const deviations = { nadir: rounded(nadir - f0_hz, 4), f_settled: rounded(f_settled - f0_hz, 4) };
  return [
    { name: 'RoCoF without its sign', reply: say({ rocof: -rocof }), score: 0.8 },
    { name: 'RoCoF without the factor 2', reply: say({ rocof: 2 * rocof }), score: 0.8 },
    { name: 'RoCoF in per unit', reply: say({ rocof: rocof / f0_hz }), score: 0.8 },
    { name: 'took the settled frequency for the nadir', reply: say({ nadir: f_settled }), score: 0.7 },
    { name: 'gave deviations for frequencies', reply: say(deviations), score: 0.6 },
    {
      name: 'sized the battery by the settled frequency',
      reply: say({ battery: rounded(steady, 3) }),
      score: 0.7,
    },
    { name: 'replaced the whole loss', reply: say({ battery: loss }), score: 0.7 },
    ...(Math.abs((loss - battery) / battery - 1) > 0.02
      ? [
          {
            name: 'gave what may be lost as the battery',
            reply: say({ battery: rounded(loss - battery, 3) }),
            score: 0.7,
          },
        ]
      : []),
    { name: 'battery in MWh', reply: say({ battery: `${battery} MWh` }), score: 0.7 },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'Frequency after the trip:', zh: '跳闸后频率计算结果：' };
