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
  const problem = problemOf(facts);
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  const told = (order: string[]) => ({
    order,
    unserved: rounded(checkRestoration(problem, order).unserved_mwh, 4),
  });
  const overlooked = (name: string, seen: RestorationFacts): Mistake[] => {
    const found = best(seen);
    const broken = found && !checkRestoration(problem, found.order).feasible;
    if (!found || !broken || Math.abs(found.unserved_mwh / right.unserved - 1) < 0.006) return [];
    return [
      {
        name,
        reply: say({ order: found.order, unserved: rounded(found.unserved_mwh, 4) }),
        score: [0, 0.29],
      },
    ];
  };
  const quick = told(shortSighted(facts));
  const last = right.order.filter((name) => names(facts.loads).includes(name)).at(-1);
  const total = facts.loads.reduce((sum, { p_mw }) => sum + p_mw, 0);
  const steps = checkRestoration(problem, right.order).steps;
  const end = steps.at(-1)?.ends_min ?? 0;
  return [
    ...overlooked('left out the block rule', withoutBlocks(facts)),
    ...overlooked('left out the charging of lines', withoutCharging(facts)),
    ...overlooked('let the hot start come late', withoutLatest(facts)),
    // It may get its own energy right, never the least one.
    { name: 'did not look ahead', reply: say(quick), score: [0, 0.64] },
    {
      name: 'units, then lines, then loads',
      reply: say({ order: [...names(facts.units), ...names(facts.lines), ...names(facts.loads)] }),
      score: [2 / 7, 2 / 7 + 0.29],
    },
    {
      name: 'loads first',
      reply: say({ order: [...names(facts.loads), ...names(facts.lines), ...names(facts.units)] }),
      score: 2 / 7,
    },
    {
      name: 'the right order backwards',
      reply: say({ order: [...right.order].reverse() }),
      score: 2 / 7,
    },
    {
      name: 'left a load behind',
      reply: say({ order: right.order.filter((name) => name !== last) }),
      score: [2 / 7, 2 / 7 + 0.29],
    },
    {
      name: 'invented an action',
      reply: say({ order: ['SYNC', ...right.order] }),
      score: 2 / 7,
    },
    { name: 'energy in MW·min', reply: say({ unserved: rounded(right.unserved * 60, 3) }), score: 5 / 7 },
    {
      name: 'all load unserved to the end',
      reply: say({ unserved: rounded((total * end) / 60, 3) }),
      score: 5 / 7,
    },
    { name: 'load for energy', reply: say({ unserved: `${total} MW` }), score: 5 / 7 },
    { name: 'no order', reply: say({ order: [] }), score: 2 / 7 },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'The restoration plan:', zh: '黑启动恢复方案：' };
