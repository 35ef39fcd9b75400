import type { Family } from '../../../core/family.ts';
import {
  distanceByEcho,
  distanceByTwoEnds,
  pulseSpeed,
} from '../../../engineering/faults/equipment/cable-discharge.ts';
import { inWords, replyWith } from '../../wording.ts';
import type { PdKind } from './clusters.ts';
import { type CablePdFacts, type CablePdParams, type Cluster, cablePdParams, drawCablePd } from './facts.ts';
import { cablePdMistakes } from './mistakes.ts';
import { cablePdWork } from './work.ts';

export type CablePdAnswer = {
  /** m/μs. */
  speed: number;
  kinds: Record<string, PdKind>;
  /** An accessory's name, `cable` between them, `none` where nothing is located. */
  places: Record<string, string>;
  /** Of the void from end A, m. */
  distance: number;
};

/** Partial discharge of a cable on site: what each source is by its phases and charges, and where it is by times of flight. */
export const cablePdFamily: Family<CablePdParams, CablePdFacts, CablePdAnswer> = {
  name: 'cable-pd',
  version: 1,
  params: cablePdParams,
  targets: {
    speed: { type: 'number', unit: 'm/μs' },
    kinds: { type: 'json' },
    places: { type: 'json' },
    distance: { type: 'number', unit: 'm' },
  },
  draw: drawCablePd,
  unordered: ['clusters', 'accessories'],
  solve: solveCablePd,
  vars: ({ kinds: _injected, ...facts }) => facts,
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'Phases and charges tell the kinds, the calibration echo the speed, and the delays the places:',
        zh: '由相位分布和放电量判断类型，由校准脉冲求波速，再由时差定位：',
      }),
      answer,
    ),
  mistakes: cablePdMistakes,
  work: cablePdWork,
};

/** Distance of a source from end A, m; undefined without a delay. */
export function distanceOf(facts: CablePdFacts, { delay_us }: Cluster): number | undefined {
  if (delay_us === null) return undefined;
  const speed = pulseSpeed(facts.length_m, facts.echo_us);
  return facts.method === 'one-end'
    ? distanceByEcho(facts.length_m, speed, delay_us)
    : distanceByTwoEnds(facts.length_m, speed, delay_us);
}

export function placeOf({ accessories, accuracy_m }: CablePdFacts, distance: number | undefined): string {
  if (distance === undefined) return 'none';
  return accessories.find(({ at_m }) => Math.abs(at_m - distance) <= accuracy_m)?.name ?? 'cable';
}

export function solveCablePd(facts: CablePdFacts): CablePdAnswer {
  const hollow = facts.clusters.find(({ name }) => facts.kinds[name] === 'void') as Cluster;
  return {
    speed: Number(pulseSpeed(facts.length_m, facts.echo_us).toFixed(4)),
    kinds: facts.kinds,
    places: Object.fromEntries(
      facts.clusters.map((cluster) => [cluster.name, placeOf(facts, distanceOf(facts, cluster))]),
    ),
    distance: Number((distanceOf(facts, hollow) as number).toFixed(2)),
  };
}
