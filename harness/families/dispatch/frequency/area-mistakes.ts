import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith, rounded } from '../../wording.ts';
import { type AreaAnswer, asked, byName, solveArea } from './area.ts';
import { type AreaFacts, settle } from './area-facts.ts';

type Score = Mistake['score'];

interface Tools {
  say(changes: Record<string, unknown>): string;
  /** The score that is left when checks of so much weight fail. */
  without(weight: number): number;
  saw(name: string, seen: AreaFacts, score: Score): Mistake;
}

/** Weights of the checks: deviation 2, response 2, tie line 2, ACE 4; with AGC it has 4 more. */
export function areaMistakes(facts: AreaFacts, right: AreaAnswer, lang: Lang): Mistake[] {
  const all = facts.agc ? 14 : 10;
  const tools: Tools = {
    without: (weight) => (all - weight) / all,
    say: (changes) => replyWith(PROSE[lang], asked(facts, { ...right, ...changes } as AreaAnswer)),
    saw: (name, seen, score) => ({
      name,
      reply: replyWith(PROSE[lang], asked(facts, solveArea(seen))),
      score,
    }),
  };
  return [
    ...ofDeviation(facts, right, tools),
    ...ofError(facts, right, tools),
    ...ofModel(facts, tools),
    ...(facts.agc ? ofAgc(facts, right, tools) : []),
  ];
}

function ofDeviation(facts: AreaFacts, right: AreaAnswer, { say, without }: Tools): Mistake[] {
  const { f0_hz, scheduled_mw, units, loss_mw } = facts;
  const { df, tie_deviation: tie } = right;
  const rated = units.reduce((sum, { p_rated_mw }) => sum + p_rated_mw, 0);
  const byRating = byName(
    facts,
    units.map(({ p_rated_mw }) => (loss_mw * p_rated_mw) / rated),
  );
  return [
    { name: 'deviation without its sign', reply: say({ df: -df }), score: without(2) },
    { name: 'deviation in mHz without saying so', reply: say({ df: df * 1000 }), score: without(2) },
    { name: 'frequency for deviation', reply: say({ df: f0_hz + df }), score: without(2) },
    { name: 'imports as positive', reply: say({ tie_deviation: -tie }), score: without(2) },
    ...(scheduled_mw === 0
      ? []
      : [
          {
            name: 'export itself for its deviation',
            reply: say({ tie_deviation: rounded(scheduled_mw + tie, 3) }),
            score: without(2),
          },
        ]),
    {
      name: 'shared the loss by rating',
      reply: say({ response: byRating }),
      score: [without(2), without(1)],
    },
  ];
}

function ofError(facts: AreaFacts, right: AreaAnswer, { say, without }: Tools): Mistake[] {
  const { tie_deviation: tie, ace, df } = right;
  const term = facts.bias_mw_per_hz * df;
  return [
    { name: 'bias term of the wrong sign', reply: say({ ace: tie - term }), score: without(4) },
    { name: 'bias a tenth of itself', reply: say({ ace: tie + term / 10 }), score: without(4) },
    { name: 'took the loss for the ACE', reply: say({ ace: -facts.loss_mw }), score: without(4) },
    { name: 'ACE turned round', reply: say({ ace: -ace }), score: without(4) },
  ];
}

/** The whole answer to a system with something left out. Alone, an area may not cover its loss: then nobody gives that answer. */
function ofModel(facts: AreaFacts, { saw }: Tools): Mistake[] {
  const alone = { ...facts, beta_b_mw_per_hz: 1 };
  const other = { ...facts, f0_hz: facts.f0_hz === 60 ? 50 : 60 };
  return [
    ...(settle(alone).uncovered_mw === 0 ? [saw('left the other area out', alone, [0, 0.6])] : []),
    saw('left out how load answers frequency', { ...facts, damping_mw_per_hz: 0 }, [0, 0.4]),
    saw('took the other nominal frequency', other, [0, 0.5]),
    ...(facts.agc ? [saw('left out the deadband', { ...facts, deadband_hz: 0 }, [0, 0.6])] : []),
  ];
}

function ofAgc(facts: AreaFacts, right: AreaAnswer, { say, without }: Tools): Mistake[] {
  const shared = (mw: number) =>
    byName(
      facts,
      facts.units.map(({ participation_percent }) => (mw * participation_percent) / 100),
    );
  const free = settle(facts, false);
  return [
    {
      name: 'let units go beyond their maximum',
      reply: say({ df: rounded(free.df_hz, 6), response: byName(facts, free.shares_mw) }),
      score: [without(4), without(2)],
    },
    {
      name: 'AGC by participation alone, whatever ramps allow',
      reply: say({ agc: shared(-right.ace) }),
      score: [without(4), 0.99],
    },
    { name: 'AGC the wrong way', reply: say({ agc: shared(right.ace) }), score: [without(4), 0.9] },
    { name: 'AGC corrects the loss', reply: say({ agc: shared(facts.loss_mw) }), score: [without(4), 0.99] },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'My figures:', zh: '计算结果：' };
