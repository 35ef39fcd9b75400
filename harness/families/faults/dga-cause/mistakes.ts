import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { duvalShares, duvalZone } from '../../../engineering/faults/dga/duval.ts';
import {
  GASSING_CAUSES,
  type GassingCause,
  HISTORY_GASES,
} from '../../../engineering/faults/dga/gassing-causes.ts';
import { inWords, replyWith } from '../../wording.ts';
import { type DgaCauseFacts, type GasUnit, posteriorOf } from './facts.ts';
import type { DgaCauseAnswer } from './family.ts';

type Given = Record<string, number | string>;

/** What a cause is most easily taken for. */
const TAKEN_FOR: Readonly<Record<GassingCause, GassingCause>> = {
  core: 'contact',
  contact: 'core',
  winding: 'ageing',
  ageing: 'winding',
  discharge: 'stray',
  arcing: 'tap-leak',
  'tap-leak': 'arcing',
  stray: 'discharge',
};

/** Skill of one transformer is 1 − Σ(p − o)²/(7/8); a negative mean counts 0. */
export function dgaCauseMistakes({ units }: DgaCauseFacts, _right: DgaCauseAnswer, lang: Lang): Mistake[] {
  const prose = inWords(lang, { en: 'My probabilities:', zh: '各原因的概率如下：' });
  const say = (name: string, of: (unit: GasUnit, i: number) => Given, score: number): Mistake => {
    const causes = Object.fromEntries(units.map((unit, i) => [unit.name, of(unit, i)]));
    return { name, reply: replyWith(prose, { causes }), score: Math.max(0, score) };
  };
  /** One cause for sure everywhere: whoever is right gains 1, whoever is not loses 9/7. */
  const surely = (name: string, pick: (unit: GasUnit) => GassingCause): Mistake => {
    const hits = units.filter((unit) => pick(unit) === unit.cause).length;
    const score = (hits - ((units.length - hits) * 9) / 7) / units.length;
    return say(name, (unit) => ({ [pick(unit)]: 1 }), score);
  };
  const first = units[0] as GasUnit;
  const best = Object.fromEntries(units.map((unit) => [unit.name, likeliest(unit)]));
  const list = [
    say('held all causes equally likely', () => spread(GASSING_CAUSES, 1), 0),
    surely(
      'was sure of the likeliest cause, also where the gases hardly tell',
      ({ name }) => best[name] as GassingCause,
    ),
    surely('took each cause for its neighbour', ({ cause }) => TAKEN_FOR[cause]),
    surely('read the last sample alone, by the triangle and the largest gas', byLastSample),
    surely('blamed the same cause everywhere', () => first.cause),
    say(
      'wavered between the cause and its neighbour',
      ({ cause }) => ({ [cause]: 0.5, [TAKEN_FOR[cause]]: 0.5 }),
      1 - 0.5 / 0.875,
    ),
    say(
      'was half sure of the right cause and of nothing else',
      ({ cause }) => ({
        [cause]: 0.5,
        ...spread(
          GASSING_CAUSES.filter((id) => id !== cause),
          0.5,
        ),
      }),
      1 - (0.25 + 0.25 / 7) / 0.875,
    ),
    say('left probabilities that add up to 1.5', ({ cause }) => ({ [cause]: 1, [TAKEN_FOR[cause]]: 0.5 }), 0),
    say('gave a negative probability', ({ cause }) => ({ [cause]: 1.2, [TAKEN_FOR[cause]]: -0.2 }), 0),
    say('named causes of its own', () => ({ 'loose clamping': 1 }), 0),
    say('gave words for probabilities', ({ cause }) => ({ [cause]: 'very likely' }), 0),
    say(
      'was right about one transformer and said nothing of the others',
      ({ cause }, i) => (i === 0 ? { [cause]: 1 } : {}),
      1 / units.length,
    ),
  ];
  return list.filter(({ score }) => score !== 1);
}

const spread = (causes: readonly GassingCause[], total: number): Given =>
  Object.fromEntries(causes.map((id) => [id, total / causes.length]));

function likeliest(unit: GasUnit): GassingCause {
  const posterior = posteriorOf(unit);
  return GASSING_CAUSES.reduce((best, id) => (posterior[id] > posterior[best] ? id : best));
}

/** Absolute contents at the end, history and service left out: CO2 first, then hydrogen, then the zone of the triangle. */
function byLastSample({ samples }: GasUnit): GassingCause {
  const last = samples.at(-1) as GasUnit['samples'][number];
  const combustible = HISTORY_GASES.filter((gas) => gas !== 'CO' && gas !== 'CO2');
  const most = combustible.reduce((best, gas) => (last[gas] > last[best] ? gas : best));
  if (last.CO > 800 || last.CO2 > 6000) return last.CO2 < 3 * last.CO ? 'winding' : 'ageing';
  const shares = duvalShares(last);
  const zone = shares ? duvalZone(shares) : 'PD';
  if (zone.startsWith('D')) return 'arcing';
  if (most === 'H2') return 'discharge';
  return zone === 'T1' ? 'stray' : 'contact';
}
