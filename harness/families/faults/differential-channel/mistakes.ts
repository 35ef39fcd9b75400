import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { ChannelCause, DifferentialChannelFacts } from './facts.ts';
import { type DifferentialChannelAnswer, worstRoute } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the log:', zh: '根据装置记录：' };

const TAKEN_FOR: Readonly<Record<ChannelCause, ChannelCause>> = {
  healthy: 'healthy',
  symmetric: 'asymmetric',
  asymmetric: 'internal',
  ct_error: 'internal',
  internal: 'ct_error',
  blocked: 'asymmetric',
};

/** Weights of the checks: causes 3 by share, acts 2 (all or nothing), current 1, tolerable 2. */
const WHOLE = 8;

export function differentialChannelMistakes(
  facts: DifferentialChannelFacts,
  right: DifferentialChannelAnswer,
  lang: Lang,
): Mistake[] {
  const { events, frequency_hz, pickup_a, slope_pct, block_permille } = facts;
  const say = (changes: Partial<DifferentialChannelAnswer>) =>
    replyWith(PROSE[lang], { ...right, ...changes });
  const causes = (name: string, value: (cause: ChannelCause) => ChannelCause): Mistake[] => {
    const given = Object.fromEntries(
      Object.entries(right.causes).map(([event, cause]) => [event, value(cause)]),
    );
    const hits = events.filter((event) => given[event.name] === right.causes[event.name]).length;
    const score = (WHOLE - 3 * (1 - hits / events.length)) / WHOLE;
    return hits === events.length ? [] : [{ name, reply: say({ causes: given }), score }];
  };
  const set = (name: string, chosen: readonly string[]): Mistake[] =>
    [...chosen].sort().join() === [...right.acts].sort().join()
      ? []
      : [{ name, reply: say({ acts: [...chosen] }), score: 6 / WHOLE }];
  const number = (name: string, field: 'current' | 'tolerable', value: number): Mistake[] =>
    Number.isFinite(value) && Math.abs(value / right[field] - 1) > 0.012
      ? [
          {
            name,
            reply: say({ [field]: Number(value.toFixed(4)) }),
            score: (WHOLE - (field === 'current' ? 1 : 2)) / WHOLE,
          },
        ]
      : [];
  const worst = worstRoute(facts);
  const seen = ({ a_a, b_a, off_deg }: typeof worst) =>
    Math.hypot(a_a - b_a * Math.cos((off_deg * Math.PI) / 180), b_a * Math.sin((off_deg * Math.PI) / 180));
  const bearing = (setting: number) =>
    (2000 * Math.asin(setting / (2 * worst.a_a))) / (Math.PI * frequency_hz);
  const names = (test: (event: typeof worst) => boolean) => events.filter(test).map(({ name }) => name);
  const slope = (event: typeof worst) => (slope_pct / 100) * 0.5 * (event.a_a + event.b_a);
  return [
    ...causes('took each for its look-alike', (cause) => TAKEN_FOR[cause]),
    ...causes('held every longer loop for an unequal one', (cause) =>
      cause === 'symmetric' ? 'asymmetric' : cause,
    ),
    ...causes('called everything healthy', () => 'healthy'),
    ...causes('called every current internal', (cause) => (cause === 'healthy' ? 'healthy' : 'internal')),
    ...set(
      'forgot the slope',
      names((event) => event.lost_permille <= block_permille && seen(event) > pickup_a),
    ),
    ...set(
      'forgot that it blocks itself',
      names((event) => seen(event) > Math.max(pickup_a, slope(event))),
    ),
    ...set(
      'only internal faults trip',
      names(({ name }) => right.causes[name] === 'internal'),
    ),
    ...set(
      'compared magnitudes only',
      names((event) => Math.abs(event.a_a - event.b_a) > Math.max(pickup_a, slope(event))),
    ),
    ...number('subtracted magnitudes', 'current', Math.abs(worst.a_a - worst.b_a)),
    ...number('added magnitudes', 'current', worst.a_a + worst.b_a),
    ...number(
      'current times the sine of the angle',
      'current',
      worst.a_a * Math.sin((worst.off_deg * Math.PI) / 180),
    ),
    ...number('angle of the whole excess', 'tolerable', right.tolerable / 2),
    ...number('pick-up without the slope', 'tolerable', bearing(pickup_a)),
    ...number('the excess that is there', 'tolerable', worst.loop_ms - facts.normal_ms),
    ...number('seconds for milliseconds', 'tolerable', right.tolerable / 1000),
  ];
}
