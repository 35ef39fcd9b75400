import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { faultLoop } from '../../../engineering/faults/location/single-ended.ts';
import { abs, complex, div, scale } from '../../../engineering/math/complex.ts';
import { inWords, replyWith } from '../../wording.ts';
import { CAUSES, type Cause, type DistanceToFaultFacts } from './facts.ts';
import type { DistanceToFaultAnswer } from './family.ts';
import { bothEnds, recordOf, setIn, singleEnded, solveLocation, testedIn } from './locate.ts';

type Answer = DistanceToFaultAnswer;

/** The checks: single-ended 2, true distance 3, both to 0.3 km; cause 2. */
const KM = 0.3;
const WEIGHT = { d_single: 2, d_true: 3, cause: 2 } as const;
const UNSURE = 0.1;

type Slip = readonly [name: string, changes: Partial<Answer>];

export function distanceToFaultMistakes(facts: DistanceToFaultFacts, right: Answer, lang: Lang): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '测距结果如下：' });
  return [...slipsOfMethod(facts), ...slipsOfPlace(facts, right), ...slipsOfCause(facts, right)].flatMap(
    ([name, changes]) => {
      const answer = { ...right, ...changes };
      const score = worth(answer, right);
      return score === undefined || score === 1 ? [] : [{ name, reply: replyWith(prose, answer), score }];
    },
  );
}

/** What the checks give for an answer; undefined where a distance lies too near to the edge of its tolerance to say. */
function worth(given: Answer, right: Answer): number | undefined {
  const off = (['d_single', 'd_true'] as const).map((field) => Math.abs(given[field] - right[field]) / KM);
  if (off.some((share) => !Number.isFinite(share) || Math.abs(share - 1) < UNSURE)) return undefined;
  const [single, truth] = off as [number, number];
  const points =
    (single < 1 ? WEIGHT.d_single : 0) +
    (truth < 1 ? WEIGHT.d_true : 0) +
    (given.cause === right.cause ? WEIGHT.cause : 0);
  return points / 7;
}

function slipsOfMethod(facts: DistanceToFaultFacts): Slip[] {
  const { method, type } = facts;
  const set = setIn(facts);
  const single = (used: ReturnType<typeof setIn>) => ({ d_single: singleEnded(facts, method, used) });
  const other = method === 'reactance' ? 'takagi' : 'reactance';
  return [
    ['took the other single-ended method', { d_single: singleEnded(facts, other) }],
    ['took the tested line for the settings of the locator', single(testedIn(facts))],
    ['forgot the residual compensation', single({ ...set, k0: complex(0) })],
    ['compensated with I0 instead of 3I0', single({ ...set, k0: scale(set.k0, 1 / 3) })],
    ['took the impedance for the reactance', { d_single: loopImpedanceKm(facts) }],
    ...(type === 'LG'
      ? []
      : [['took one phase instead of the difference', { d_single: onePhaseKm(facts) }] as const]),
  ];
}

function slipsOfPlace(facts: DistanceToFaultFacts, { d_single, d_true }: Answer): Slip[] {
  const { length_km, tested } = facts;
  const both = (of: (km: number) => number) => ({ d_single: of(d_single), d_true: of(d_true) });
  const left = { restore: true, synchronise: true, z1: tested.z1 };
  return [
    ['believed the single-ended result', { d_true: d_single, cause: 'none' }],
    ['gave the locator the place found with both ends', { d_single: d_true }],
    [
      'took both ends as they were recorded, with the set impedance',
      { d_true: solveLocation(facts).naive_km },
    ],
    ['left the clocks as they are', { d_true: bothEnds(facts, { ...left, synchronise: false }) }],
    ['left the saturated current as it is', { d_true: bothEnds(facts, { ...left, restore: false }) }],
    ['counted from the far end, backwards', both((km) => km - length_km)],
    ['measured from the other end', both((km) => length_km - km)],
    ['gave the share of the line for kilometres', both((km) => km / length_km)],
    ['metres for kilometres', both((km) => 1000 * km)],
  ];
}

function slipsOfCause(facts: DistanceToFaultFacts, { cause }: Answer): Slip[] {
  return [
    ['blamed what is blamed most', { cause: cause === 'infeed' ? 'none' : 'infeed' }],
    ['blamed what only looks wrong', { cause: decoy(facts) }],
    ...(facts.type === 'LG' ? [] : [['saw an earth fault', { cause: 'residual' }] as const]),
  ];
}

function loopImpedanceKm(facts: DistanceToFaultFacts): number {
  const { s, type } = recordOf(facts);
  const { z1, k0 } = setIn(facts);
  const loop = faultLoop(type, s.v, s.i, k0);
  return abs(div(loop.v, loop.i)) / abs(z1);
}

function onePhaseKm(facts: DistanceToFaultFacts): number {
  const { s } = recordOf(facts);
  return div(s.v.b, s.i.b).im / setIn(facts).z1.im;
}

/** The second circuit and a k0 that differs are looked at even where no residual current flows. */
function decoy(facts: DistanceToFaultFacts): Cause {
  if (facts.parallel && facts.cause !== 'mutual') return 'mutual';
  if (facts.type !== 'LG') return 'residual';
  return CAUSES.find((cause) => cause !== facts.cause && cause === 'line-impedance') ?? 'none';
}
