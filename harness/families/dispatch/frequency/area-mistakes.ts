import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith, rounded } from '../../wording.ts';
import { type AreaAnswer, asked, byName, solveArea } from './area.ts';
import { type AreaFacts, settle } from './area-facts.ts';

type Score = Mistake['score'];

/** Weights of the checks: deviation 2, response 2, tie line 2, ACE 4; with AGC it has 4 more. */
export function areaMistakes(facts: AreaFacts, right: AreaAnswer, lang: Lang): Mistake[] {
  const all = facts.agc ? 14 : 10;
  const without = (weight: number) => (all - weight) / all;
  const say = (changes: Record<string, unknown>) =>
    replyWith(PROSE[lang], asked(facts, { ...right, ...changes } as AreaAnswer));
  const saw = (name: string, seen: AreaFacts, score: Score): Mistake => ({
    name,
    reply: replyWith(PROSE[lang], asked(facts, { ...solveArea(seen) })),
    score,
  });
  const rated = facts.units.reduce((sum, { p_rated_mw }) => sum + p_rated_mw, 0);
  const term = facts.bias_mw_per_hz * right.df;
  const list = [
    { name: 'deviation without its sign', reply: say({ df: -right.df }), score: without(2) },
    { name: 'deviation in mHz without saying so', reply: say({ df: right.df * 1000 }), score: without(2) },
    { name: 'frequency for deviation', reply: say({ df: facts.f0_hz + right.df }), score: without(2) },
    { name: 'imports as positive', reply: say({ tie_deviation: -right.tie_deviation }), score: without(2) },
    {
      name: 'export itself for its deviation',
      reply: say({ tie_deviation: rounded(facts.scheduled_mw + right.tie_deviation, 3) }),
      score: facts.scheduled_mw === 0 ? 1 : without(2),
    },
    {
      name: 'bias term of the wrong sign',
      reply: say({ ace: right.tie_deviation - term }),
      score: without(4),
    },
    {
      name: 'bias a tenth of itself',
      reply: say({ ace: right.tie_deviation + term / 10 }),
      score: without(4),
    },
    { name: 'took the loss for the ACE', reply: say({ ace: -facts.loss_mw }), score: without(4) },
    { name: 'ACE turned round', reply: say({ ace: -right.ace }), score: without(4) },
    {
      name: 'shared the loss by rating',
      reply: say({
        response: byName(
          facts,
          facts.units.map(({ p_rated_mw }) => (facts.loss_mw * p_rated_mw) / rated),
        ),
      }),
      score: [without(2), without(1)] as const,
    },
    saw('left the other area out', { ...facts, beta_b_mw_per_hz: 1 }, [0, 0.5]),
    saw('left out how load answers frequency', { ...facts, damping_mw_per_hz: 0 }, [0, 0.4]),
    saw('took the other nominal frequency', { ...facts, f0_hz: facts.f0_hz === 60 ? 50 : 60 }, [0, 0.5]),
    ...(facts.agc ? withAgc(facts, right, { say, without, saw }) : []),
  ];
  return list.filter(
    ({ name, score }) => score !== 1 && !(name === 'left the other area out' && covers(facts)),
  );
}

/** Alone, the area may not cover the loss at all; then nobody gives that answer. */
const covers = (facts: AreaFacts): boolean => settle({ ...facts, beta_b_mw_per_hz: 1 }).uncovered_mw !== 0;

interface Tools {
  say(changes: Record<string, unknown>): string;
  without(weight: number): number;
  saw(name: string, seen: AreaFacts, score: Score): Mistake;
}

function withAgc(facts: AreaFacts, right: AreaAnswer, { say, without, saw }: Tools): Mistake[] {
  const plain = facts.units.map(({ participation_percent }) => (-right.ace * participation_percent) / 100);
  const free = settle(facts, false);
  return [
    saw('left out the deadband', { ...facts, deadband_hz: 0 }, [0, 0.6]),
    {
      name: 'let units go beyond their maximum',
      reply: say({ df: rounded(free.df_hz, 6), response: byName(facts, free.shares_mw) }),
      score: [without(4), without(2)],
    },
    {
      name: 'AGC by participation alone, whatever ramps allow',
      reply: say({ agc: byName(facts, plain) }),
      score: [without(4), 0.99],
    },
    {
      name: 'AGC the wrong way',
      reply: say({
        agc: byName(
          facts,
          plain.map((p) => -p),
        ),
      }),
      score: [without(4), 0.9],
    },
    {
      name: 'AGC corrects the loss',
      reply: say({
        agc: byName(
          facts,
          facts.units.map(({ participation_percent: share }) => (facts.loss_mw * share) / 100),
        ),
      }),
      score: [without(4), 0.99],
    },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'My figures:', zh: '计算结果：' };
