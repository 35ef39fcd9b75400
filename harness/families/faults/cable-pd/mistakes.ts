import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { PdKind } from './clusters.ts';
import type { CablePdFacts, Cluster } from './facts.ts';
import { type CablePdAnswer, placeOf } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the measurement:', zh: '根据测量结果：' };

const TAKEN_FOR: Readonly<Record<PdKind, PdKind>> = {
  void: 'surface',
  surface: 'void',
  corona_conductor: 'corona_earth',
  corona_earth: 'corona_conductor',
  floating: 'void',
  noise: 'void',
};

/** Weights of the checks: kinds 3 and places 3 by share, speed 1, distance 2. */
const WHOLE = 9;
const WEIGHT = { kinds: 3, places: 3, speed: 1, distance: 2 } as const;

export function cablePdMistakes(facts: CablePdFacts, right: CablePdAnswer, lang: Lang): Mistake[] {
  const { length_m, clusters, accessories } = facts;
  const say = (changes: Partial<CablePdAnswer>) => replyWith(PROSE[lang], { ...right, ...changes });
  const listed = (name: string, field: 'kinds' | 'places', given: Record<string, string>): Mistake[] => {
    const names = Object.keys(right[field]);
    const hits = names.filter((cluster) => right[field][cluster] === given[cluster]).length;
    const score = (WHOLE - WEIGHT[field] * (1 - hits / names.length)) / WHOLE;
    return hits === names.length ? [] : [{ name, reply: say({ [field]: given }), score }];
  };
  const number = (name: string, field: 'speed' | 'distance', value: number): Mistake[] =>
    Math.abs(value - right[field]) <= Math.max(2, 0.01 * right[field])
      ? []
      : [{ name, reply: say({ [field]: Number(value.toFixed(3)) }), score: (WHOLE - WEIGHT[field]) / WHOLE }];
  const mapped = <T>(value: (cluster: Cluster) => T) =>
    Object.fromEntries(clusters.map((cluster) => [cluster.name, value(cluster)]));
  const hollow = clusters.find(({ name }) => right.kinds[name] === 'void') as Cluster;
  const path = right.speed * (hollow.delay_us as number);
  const nearest = (x: number) =>
    accessories.reduce((a, b) => (Math.abs(b.at_m - x) < Math.abs(a.at_m - x) ? b : a)).name;
  return [
    ...listed(
      'took each source for its look-alike',
      'kinds',
      mapped(({ name }) => TAKEN_FOR[right.kinds[name] as PdKind]),
    ),
    ...listed(
      'called every source a void',
      'kinds',
      mapped(() => 'void'),
    ),
    ...listed(
      'called it all noise',
      'kinds',
      mapped(() => 'noise'),
    ),
    ...listed(
      'placed everything at the measuring end',
      'places',
      mapped(() => 'TA'),
    ),
    ...listed(
      'took the nearest accessory however far',
      'places',
      mapped(({ name }) => (name === hollow.name ? nearest(right.distance) : (right.places[name] as string))),
    ),
    ...listed(
      'counted from the wrong end',
      'places',
      mapped(({ name }) =>
        name === hollow.name ? placeOf(facts, length_m - right.distance) : (right.places[name] as string),
      ),
    ),
    ...number('forgot that the calibration pulse goes there and back', 'speed', right.speed / 2),
    ...number('the speed of light', 'speed', 299.8),
    ...number('counted from the other end', 'distance', length_m - right.distance),
    ...(facts.method === 'one-end'
      ? number('forgot to halve the path of the echo', 'distance', length_m - path)
      : number('forgot to halve the difference of paths', 'distance', length_m / 2 + path)),
    ...number(
      'half the speed',
      'distance',
      facts.method === 'one-end' ? length_m - path / 4 : (length_m + path / 2) / 2,
    ),
    ...number('feet in the name of metres', 'distance', right.distance / 0.3048),
    {
      name: 'kilometres in the name of metres',
      reply: say({ distance: Number((right.distance / 1000).toFixed(5)) }),
      score: (WHOLE - WEIGHT.distance) / WHOLE,
    },
    {
      name: 'metres per second',
      reply: say({ speed: `${right.speed} m/s` as unknown as number }),
      score: (WHOLE - WEIGHT.speed) / WHOLE,
    },
  ];
}
