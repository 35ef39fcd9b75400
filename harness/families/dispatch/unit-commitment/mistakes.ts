import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import { allOn, type UnitCommitmentFacts, withoutTimes } from './facts.ts';
import { scheduleOf, solveUnitCommitment, type UnitCommitmentAnswer } from './family.ts';

/** Weights of the checks: total cost 2, schedule 3. A schedule that breaks a rule may keep half of its part. */
export function unitCommitmentMistakes(
  facts: UnitCommitmentFacts,
  right: UnitCommitmentAnswer,
  lang: Lang,
): Mistake[] {
  const whole = (answer: UnitCommitmentAnswer) => replyWith(PROSE[lang], answer);
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const all = allOn(facts);
  const each = (change: (p: number) => number) =>
    Object.fromEntries(Object.entries(right.schedule).map(([name, row]) => [name, row.map(change)]));
  const { starts, noLoad } = fixedCosts(facts, right);
  const cost = (name: string, total_cost: number): Mistake | undefined =>
    Math.abs(total_cost / right.total_cost - 1) > 0.004
      ? { name, reply: say({ total_cost }), score: 0.6 }
      : undefined;
  const list: (Mistake | undefined)[] = [
    all && {
      name: 'left every unit on all the time',
      reply: whole({ total_cost: all.cost, schedule: scheduleOf(facts, all.dispatch_mw) }),
      score: [0, 0.4],
    },
    {
      name: 'kept no reserve',
      reply: whole(solveUnitCommitment({ ...facts, reserve_mw: 0 })),
      score: [0, 0.3],
    },
    {
      name: 'ignored the minimum times',
      reply: whole(solveUnitCommitment(withoutTimes(facts))),
      score: [0, 0.3],
    },
    cost('left the start-up costs out of the total', right.total_cost - starts),
    cost('left the no-load costs out of the total', right.total_cost - noLoad),
    cost('gave the cost of one hour', right.total_cost / facts.demand_mw.length),
    {
      name: 'total cost off by 10⁴',
      reply: say({
        total_cost: lang === 'zh' ? `${right.total_cost} 万元` : `${right.total_cost * 1e4}`,
      }),
      score: 0.6,
    },
    { name: 'flags in place of outputs', reply: say({ schedule: each((p) => (p > 0 ? 1 : 0)) }), score: 0.4 },
    { name: 'outputs a tenth of the MW', reply: say({ schedule: each((p) => p / 10) }), score: 0.4 },
    {
      name: 'one hour too few',
      reply: say({
        schedule: Object.fromEntries(
          Object.entries(right.schedule).map(([name, row]) => [name, row.slice(1)]),
        ),
      }),
      score: 0.4,
    },
    { name: 'no schedule', reply: say({ schedule: {} }), score: 0.4 },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

const PROSE: Readonly<Record<Lang, string>> = { en: 'My schedule:', zh: '机组组合安排如下：' };

/** What starts and hours on cost in a schedule. */
export function fixedCosts(
  { units }: UnitCommitmentFacts,
  { schedule }: UnitCommitmentAnswer,
): { starts: number; noLoad: number } {
  let [starts, noLoad] = [0, 0];
  for (const { name, initial_h, start_up_cost, no_load_cost } of units) {
    let before = initial_h > 0;
    for (const p of schedule[name] as number[]) {
      if (p > 0) noLoad += no_load_cost;
      if (p > 0 && !before) starts += start_up_cost;
      before = p > 0;
    }
  }
  return { starts, noLoad };
}
