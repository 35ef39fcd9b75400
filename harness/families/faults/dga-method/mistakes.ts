import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { duvalZone } from '../../../engineering/faults/dga/duval.ts';
import { inWords, replyWith } from '../../wording.ts';
import { type DgaMethodFacts, diagnosesOf, type FiveGases, UNITS, type UnitName } from './facts.ts';
import type { DgaMethodAnswer } from './family.ts';
import { methodOptions, optionId } from './options.ts';

/** All three sets must be right: whoever names nothing anywhere would have one of them for free. */
export function dgaMethodMistakes(facts: DgaMethodFacts, right: DgaMethodAnswer, lang: Lang): Mistake[] {
  const prose = inWords(lang, { en: 'By the method asked for:', zh: '按所要求的方法判断如下：' });
  const known = new Set(methodOptions(facts.method, lang).map(({ id }) => id));
  const say = (name: string, of: (gases: FiveGases, unit: UnitName) => string[]) => {
    const named = (unit: UnitName) => of(facts.gases[unit], unit).map(optionId);
    const answer = Object.fromEntries(
      UNITS.map((unit) => [unit, named(unit).filter((id) => known.has(id))]),
    ) as DgaMethodAnswer;
    const lucky = UNITS.every((unit) => sameSet(answer[unit], right[unit]));
    return { name, reply: replyWith(prose, answer), score: lucky ? 1 : 0 };
  };
  const asked = (gases: FiveGases) => diagnosesOf(facts.method, gases);
  const list: Mistake[] = [
    say('read the ratios upside down', (gases) => asked(upsideDown(gases))),
    say('exchanged acetylene and ethylene', (gases) =>
      asked({ ...gases, C2H2: gases.C2H4, C2H4: gases.C2H2 }),
    ),
    say('exchanged ethylene and ethane', (gases) => asked({ ...gases, C2H4: gases.C2H6, C2H6: gases.C2H4 })),
    say('put the ratios in the wrong order', (gases) => asked(misordered(gases))),
    say('judged by the largest gas', (gases) => [keyGas(gases)]),
    say('took the samples in the wrong order', (_, unit) =>
      asked(facts.gases[({ a: 'b', b: 'c', c: 'a' } as const)[unit]]),
    ),
    say('gave no diagnosis anywhere', () => []),
    say('named every fault', () => [...known]),
    say('named one fault always, also where the method names two or none', (gases, unit) =>
      right[unit].length === 0 ? [nearest(gases, known)] : right[unit].slice(0, 1),
    ),
    facts.method === 'duval1'
      ? say('took percentages of all five gases', (gases) => [zoneOfAll(gases)])
      : say("gave the zone of Duval's triangle", (gases) => diagnosesOf('duval1', gases)),
    facts.method === 'iec60599'
      ? say('gave the answer of the three-ratio method', (gases) => diagnosesOf('dlt722', gases))
      : say('gave the answer of IEC 60599', (gases) => diagnosesOf('iec60599', gases)),
  ];
  return list.filter(({ score }) => score === 0);
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  new Set(a).size === new Set(b).size && a.every((id) => b.includes(id));

/** Gases under which the inverse of each ratio stands where the ratio belongs. */
const upsideDown = ({ H2, CH4, C2H2, C2H4, C2H6 }: FiveGases): FiveGases =>
  withRatios(H2 / CH4, C2H4 / C2H2, C2H6 / C2H4);

/** CH4/H2 where C2H2/C2H4 belongs, and the other way about. */
const misordered = ({ H2, CH4, C2H2, C2H4, C2H6 }: FiveGases): FiveGases =>
  withRatios(C2H2 / C2H4, CH4 / H2, C2H4 / C2H6);

/** Gases that have these ratios; one that is infinite or does not exist is taken as very large. */
function withRatios(r1: number, r2: number, r5: number): FiveGases {
  const finite = (ratio: number) => (Number.isFinite(ratio) ? ratio : 1e6);
  const C2H4 = 100;
  const C2H6 = r5 === 0 ? 1e9 : C2H4 / finite(r5);
  return { H2: 100, CH4: 100 * finite(r1), C2H2: C2H4 * finite(r2), C2H4, C2H6 };
}

function keyGas(gases: FiveGases): string {
  const faults = { H2: 'PD', CH4: 'T1', C2H2: 'D2', C2H4: 'T3', C2H6: 'T1' } as const;
  const [largest] = Object.entries(gases).sort(([, p], [, q]) => q - p) as [[keyof typeof faults, number]];
  return faults[largest[0]];
}

/** Who must name something names what Duval would, or the nearest thing on the list. */
function nearest(gases: FiveGases, known: ReadonlySet<string>): string {
  const [zone = 'D2'] = diagnosesOf('duval1', gases);
  if (known.has(zone)) return zone;
  return zone.startsWith('T') && known.has('TH') ? 'TH' : 'D2';
}

function zoneOfAll({ H2, CH4, C2H2, C2H4, C2H6 }: FiveGases): string {
  const total = (H2 + CH4 + C2H2 + C2H4 + C2H6) / 100;
  return duvalZone({ CH4: CH4 / total, C2H2: C2H2 / total, C2H4: C2H4 / total });
}
