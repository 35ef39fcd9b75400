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

export function distanceToFaultMistakes(facts: DistanceToFaultFacts, right: Answer, lang: Lang): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '测距结果如下：' });
  const say = (name: string, changes: Partial<Answer>): Mistake | undefined => {
    const answer = { ...right, ...changes };
    const off = (['d_single', 'd_true'] as const).map((field) => Math.abs(answer[field] - right[field]) / KM);
    if (off.some((share) => !Number.isFinite(share) || Math.abs(share - 1) < UNSURE)) return undefined;
    const [single, truth] = off as [number, number];
    const points =
      (single < 1 ? WEIGHT.d_single : 0) +
      (truth < 1 ? WEIGHT.d_true : 0) +
      (answer.cause === right.cause ? WEIGHT.cause : 0);
    return { name, reply: replyWith(prose, answer), score: points / 7 };
  };
  const { length_km, method, type } = facts;
  const set = setIn(facts);
  const { naive_km } = solveLocation(facts);
  const other = method === 'reactance' ? 'takagi' : 'reactance';
  const list = [
    say('believed the single-ended result', { d_true: right.d_single, cause: 'none' }),
    say('took both ends as they were recorded, with the set impedance', { d_true: naive_km }),
    say('took the other single-ended method', { d_single: singleEnded(facts, other) }),
    say('took the tested line for the settings of the locator', {
      d_single: singleEnded(facts, method, testedIn(facts)),
    }),
    say('forgot the residual compensation', {
      d_single: singleEnded(facts, method, { ...set, k0: complex(0) }),
    }),
    say('compensated with I0 instead of 3I0', {
      d_single: singleEnded(facts, method, { ...set, k0: scale(set.k0, 1 / 3) }),
    }),
    say('took the impedance for the reactance', { d_single: loopImpedanceKm(facts) }),
    type === 'LG'
      ? undefined
      : say('took one phase instead of the difference', { d_single: onePhaseKm(facts) }),
    say('counted from the far end, backwards', {
      d_single: right.d_single - length_km,
      d_true: right.d_true - length_km,
    }),
    say('measured from the other end', {
      d_single: length_km - right.d_single,
      d_true: length_km - right.d_true,
    }),
    say('gave the share of the line for kilometres', {
      d_single: right.d_single / length_km,
      d_true: right.d_true / length_km,
    }),
    say('metres for kilometres', { d_single: 1000 * right.d_single, d_true: 1000 * right.d_true }),
    say('gave the locator the place found with both ends', { d_single: right.d_true }),
    say('blamed what is blamed most', { cause: right.cause === 'infeed' ? 'none' : 'infeed' }),
    say('blamed what only looks wrong', { cause: decoy(facts) }),
    say('left the clocks as they are', {
      d_true: bothEnds(facts, { restore: true, synchronise: false, z1: facts.tested.z1 }),
    }),
    say('left the saturated current as it is', {
      d_true: bothEnds(facts, { restore: false, synchronise: true, z1: facts.tested.z1 }),
    }),
    type === 'LG' ? undefined : say('saw an earth fault', { cause: 'residual' }),
  ];
  return list.filter((mistake) => mistake !== undefined).filter(({ score }) => score !== 1);
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
