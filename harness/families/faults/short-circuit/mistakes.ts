import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { inWords, replyWith } from '../../wording.ts';
import { byHand, type Slips } from './by-hand.ts';
import { type ShortCircuitFacts, type Verdict, verdictOf } from './facts.ts';
import type { ShortCircuitAnswer } from './family.ts';

/** Tolerance of the checks, and the band round it in which a mistake is too near to call. */
const REL = 0.003;
const UNSURE = 0.0004;

/** Weights of the checks: I″k 2, i_p 2, breaker 1. A slip keeps what it leaves right; one that changes nothing is no mistake. */
export function shortCircuitMistakes(
  facts: ShortCircuitFacts,
  right: ShortCircuitAnswer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  const give = (
    name: string,
    ik: number,
    ip: number,
    breaker: Verdict = verdictOf(ik, ip, facts),
    unit?: string,
  ) => {
    const off = [Math.abs(ik / right.ik - 1), Math.abs(ip / right.ip - 1)] as const;
    if (off.some((share) => Math.abs(share - REL) < UNSURE)) return undefined;
    const as = (value: number) => (unit ? `${value.toFixed(3)} ${unit}` : Number(value.toPrecision(6)));
    const hits = off.map((share) => (!unit && share < REL ? 2 : 0));
    const score = ((hits[0] ?? 0) + (hits[1] ?? 0) + (breaker === right.breaker ? 1 : 0)) / 5;
    return { name, reply: replyWith(prose, { ik: as(ik), ip: as(ip), breaker }), score };
  };
  const slip = (name: string, slips: Slips) => {
    const { ik_ka, ip_ka } = byHand(facts, slips);
    return give(name, ik_ka, ip_ka);
  };
  const { ik, ip, breaker } = right;
  const list: (Mistake | undefined)[] = [
    give('forgot the root of 3', ik * Math.sqrt(3), ip * Math.sqrt(3)),
    give('forgot the voltage factor', ik / facts.c_max, ip / facts.c_max),
    slip('forgot the correction of the transformers', { without_kt: true }),
    slip('left the transformers at the high-voltage side', { transformer_at_hv: true }),
    slip('left the feeder at the high-voltage side', { feeder_at_hv: true }),
    slip('forgot the machines', { without_machine: true }),
    slip('forgot the cable', { without_cable: true }),
    facts.transformers.count > 1
      ? slip('counted one transformer of two', { one_transformer: true })
      : undefined,
    slip('took κ at 50 Hz without a factor', { plain_kappa: true }),
    give('took κ as 1.8', ik, 1.8 * Math.SQRT2 * ik),
    give('gave κ times the rms value as the peak', ik, ip / Math.SQRT2),
    give('gave the peak as the rms value and the rms value as the peak', ip, ik),
    give('wrote amperes for kiloamperes', ik, ip, breaker, 'A'),
    give('copied the short-circuit current of the feeder', facts.feeder.ik_ka, 2.55 * facts.feeder.ik_ka),
    give(
      'held I″k alone against the breaker',
      ik,
      ip,
      ik <= facts.breaker.breaking_ka ? 'adequate' : 'breaking',
    ),
    give(
      'held i_p against the breaking current',
      ik,
      ip,
      ip <= facts.breaker.breaking_ka ? 'adequate' : 'both',
    ),
  ];
  return list.filter((mistake) => mistake !== undefined).filter(({ score }) => score !== 1);
}
