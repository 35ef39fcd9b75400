import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { checkRestoration } from '../../../engineering/system/restoration.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  best,
  problemOf,
  type RestorationFacts,
  shortSighted,
  withoutBlocks,
  withoutCharging,
  withoutLatest,
} from './facts.ts';
import type { RestorationAnswer } from './family.ts';

/** Weights of the checks: order 5, unserved energy 2. A broken sequence keeps at most 0.4 of its part. */
export function restorationMistakes(
  facts: RestorationFacts,
  right: RestorationAnswer,
  lang: Lang,
): Mistake[] {
  const say: Say = (changes) => replyWith(PROSE[lang], { ...right, ...changes });
  return [...ofRules(facts, right, say), ...ofOrder(facts, right, say), ...ofEnergy(facts, right, say)];
}

type Say = (changes: Partial<Record<keyof RestorationAnswer, unknown>>) => string;

const ENERGY = 2 / 7;
const PARTLY = 0.29;

/** The best order of a system with one rule fewer, where it breaks that rule. */
function ofRules(facts: RestorationFacts, right: RestorationAnswer, say: Say): Mistake[] {
  const problem = problemOf(facts);
  const overlooked = (name: string, seen: RestorationFacts): Mistake[] => {
    const found = best(seen);
    if (!found || checkRestoration(problem, found.order).feasible) return [];
    if (Math.abs(found.unserved_mwh / right.unserved - 1) < 0.006) return [];
    const { order, unserved_mwh } = found;
    return [{ name, reply: say({ order, unserved: rounded(unserved_mwh, 4) }), score: [0, PARTLY] }];
  };
  const hasty = shortSighted(facts);
  const { unserved_mwh } = checkRestoration(problem, hasty);
  return [
    ...overlooked('left out the block rule', withoutBlocks(facts)),
    ...overlooked('left out the charging of lines', withoutCharging(facts)),
    ...overlooked('let the hot start come late', withoutLatest(facts)),
    // It may be sound, and tell its own energy, which is not the least.
    {
      name: 'did not look ahead',
      reply: say({ order: hasty, unserved: rounded(unserved_mwh, 4) }),
      score: [0, 0.64],
    },
  ];
}

function ofOrder(
  { units, lines, loads }: RestorationFacts,
  { order }: RestorationAnswer,
  say: Say,
): Mistake[] {
  const [u, l, k] = [units, lines, loads].map((list) => list.map(({ name }) => name)) as [
    string[],
    string[],
    string[],
  ];
  const last = order.filter((name) => k.includes(name)).at(-1);
  const most = ENERGY + PARTLY;
  return [
    {
      name: 'units, then lines, then loads',
      reply: say({ order: [...u, ...l, ...k] }),
      score: [ENERGY, most],
    },
    { name: 'loads first', reply: say({ order: [...k, ...l, ...u] }), score: ENERGY },
    { name: 'the right order backwards', reply: say({ order: [...order].reverse() }), score: ENERGY },
    {
      name: 'left a load behind',
      reply: say({ order: order.filter((name) => name !== last) }),
      score: [ENERGY, most],
    },
    { name: 'invented an action', reply: say({ order: ['SYNC', ...order] }), score: ENERGY },
    { name: 'no order', reply: say({ order: [] }), score: ENERGY },
  ];
}

function ofEnergy(facts: RestorationFacts, { order, unserved }: RestorationAnswer, say: Say): Mistake[] {
  const total = facts.loads.reduce((sum, { p_mw }) => sum + p_mw, 0);
  const end = checkRestoration(problemOf(facts), order).steps.at(-1)?.ends_min ?? 0;
  const longest = rounded((total * end) / 60, 3);
  return [
    { name: 'energy in MW·min', reply: say({ unserved: rounded(unserved * 60, 3) }), score: 5 / 7 },
    { name: 'all load unserved to the end', reply: say({ unserved: longest }), score: 5 / 7 },
    { name: 'load for energy', reply: say({ unserved: `${total} MW` }), score: 5 / 7 },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'The restoration plan:', zh: '黑启动恢复方案：' };
