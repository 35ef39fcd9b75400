import type { Family, Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { decimals, replyWith, rounded } from '../../wording.ts';
import {
  byShortfall,
  bySize,
  contingencies,
  deliverable,
  drawReserve,
  names,
  type ReserveFacts,
  type ReserveParams,
  reserveParams,
} from './reserve-facts.ts';

export type ReserveAnswer = {
  largest: string;
  /** What the others bring in time after the largest infeed is lost, MW. */
  reserve: number;
  worst: string;
  shortfall: number;
};

/** Reserve against the loss of any one infeed: who is held by ramp, who by maximum, and which loss is the worst. */
export const reserveCheckFamily: Family<ReserveParams, ReserveFacts, ReserveAnswer> = {
  name: 'reserve-check',
  version: 1,
  params: reserveParams,
  targets: {
    largest: { type: 'choice' },
    reserve: { type: 'number', unit: 'MW' },
    worst: { type: 'choice' },
    shortfall: { type: 'number', unit: 'MW' },
  },
  draw: drawReserve,
  unordered: ['units'],
  solve(facts) {
    const [worst] = byShortfall(facts);
    const [largest] = bySize(facts);
    return {
      largest: largest.name,
      reserve: largest.reserve_mw,
      worst: worst.name,
      shortfall: worst.shortfall_mw,
    };
  },
  options(facts) {
    const options = names(facts).map((name) => ({ id: name, labels: [name] }));
    return { largest: options, worst: options };
  },
  reply: (_facts, answer, lang) =>
    replyWith(lang === 'zh' ? '逐一校核各电源失去后的备用：' : 'Each infeed lost in turn gives:', answer),
  mistakes,
  work,
};

type Say = (changes: Partial<Record<keyof ReserveAnswer, unknown>>) => string;

/** Weights of the checks: largest 1, reserve 3, worst 1, shortfall 5. */
function mistakes(facts: ReserveFacts, right: ReserveAnswer, lang: Lang): Mistake[] {
  const say: Say = (changes) =>
    replyWith(lang === 'zh' ? '备用校核结果：' : 'Reserve:', { ...right, ...changes });
  return [...ofReserve(facts, right, say), ...ofNaming(facts, right, say), ...ofUnits(facts, right, say)];
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(0.6, 0.006 * Math.abs(b));

/** The reserve of all units by one limit or the other, or with what was lost still counted. */
function ofReserve(facts: ReserveFacts, right: ReserveAnswer, say: Say): Mistake[] {
  const { units, minutes } = facts;
  const [worst] = byShortfall(facts);
  const sums: [string, (unit: ReserveFacts['units'][number]) => number][] = [
    ['counted the reserve of what is lost', (unit) => deliverable(unit, minutes)],
    ['took headroom without regard to ramps', ({ p_max_mw, p_mw }) => p_max_mw - p_mw],
    ['took ramps without regard to the maximum', ({ ramp_mw_per_min }) => ramp_mw_per_min * minutes],
  ];
  return sums.map(([name, of]) => {
    const reserve = rounded(
      units.reduce((total, unit) => total + of(unit), 0),
      3,
    );
    const shortfall = Math.max(0, rounded(worst.lost_mw - reserve, 3));
    const kept = (near(reserve, right.reserve) ? 0.3 : 0) + (near(shortfall, right.shortfall) ? 0.5 : 0);
    return { name, reply: say({ reserve, shortfall }), score: 0.2 + kept };
  });
}

function ofNaming(facts: ReserveFacts, right: ReserveAnswer, say: Say): Mistake[] {
  const [largest] = bySize(facts);
  const [worst, second] = byShortfall(facts);
  const rated = facts.units.reduce((a, b) => (b.p_max_mw > a.p_max_mw ? b : a)).name;
  const one = near(largest.shortfall_mw, right.shortfall) ? 0.9 : 0.4;
  return [
    ...(worst.name === largest.name
      ? []
      : [
          {
            name: 'took the largest infeed for the worst loss',
            reply: say({ worst: largest.name, shortfall: largest.shortfall_mw }),
            score: one,
          },
        ]),
    ...(rated === largest.name
      ? []
      : [{ name: 'largest by rating, not by output', reply: say({ largest: rated }), score: 0.9 }]),
    { name: 'second worst for the worst', reply: say({ worst: second.name }), score: 0.9 },
    { name: 'gave what is lost as the shortfall', reply: say({ shortfall: worst.lost_mw }), score: 0.5 },
  ];
}

const ofUnits = ({ minutes }: ReserveFacts, { reserve, shortfall }: ReserveAnswer, say: Say): Mistake[] => [
  { name: 'found no shortfall', reply: say({ shortfall: 0 }), score: 0.5 },
  { name: 'reserve in MW per minute', reply: say({ reserve: rounded(reserve / minutes, 3) }), score: 0.7 },
  { name: 'shortfall as energy', reply: say({ shortfall: `${shortfall} MWh` }), score: 0.5 },
  { name: 'shortfall in GW without saying so', reply: say({ shortfall: shortfall / 1000 }), score: 0.5 },
];

function work(facts: ReserveFacts, answer: ReserveAnswer, lang: Lang): string {
  const { units, minutes } = facts;
  const n = (value: number) => decimals(value, 2);
  const own = units.map((unit) => {
    const room = unit.p_max_mw - unit.p_mw;
    return `| ${unit.name} | ${room} | ${n(unit.ramp_mw_per_min * minutes)} | ${n(deliverable(unit, minutes))} |`;
  });
  const lost = contingencies(facts).map(
    ({ name, lost_mw, reserve_mw, shortfall_mw }) =>
      `| ${name} | ${lost_mw} | ${n(reserve_mw)} | ${n(shortfall_mw)} |`,
  );
  const table = (head: string, rows: readonly string[]) =>
    [`| ${head} |`, '|---|---|---|---|', ...rows].join('\n');
  return lang === 'zh'
    ? [
        `1. 各机组 ${minutes} min 内可调出的备用 = min（最大出力 − 当前出力，爬坡率 × ${minutes} min）：\n\n${table('机组 | 上调空间（MW） | 爬坡量（MW） | 可调备用（MW）', own)}`,
        `2. 逐一失去各电源，失去机组自身的备用不能计入：\n\n${table('失去的电源 | 失去功率（MW） | 其余机组备用（MW） | 缺额（MW）', lost)}`,
        `3. 功率最大的电源为 ${answer.largest}，失去后其余机组备用 ${n(answer.reserve)} MW；缺额最大的是 ${answer.worst}，缺 ${n(answer.shortfall)} MW。`,
      ].join('\n\n')
    : [
        `1. What a unit brings in ${minutes} min = min(maximum − output, ramp × ${minutes} min):\n\n${table('unit | headroom, MW | by ramp, MW | reserve, MW', own)}`,
        `2. Lose each infeed in turn; what is lost brings no reserve of its own:\n\n${table('lost | MW lost | reserve of the others, MW | shortfall, MW', lost)}`,
        `3. The largest infeed is ${answer.largest}, after which the others bring ${n(answer.reserve)} MW; the worst loss is ${answer.worst}, ${n(answer.shortfall)} MW short.`,
      ].join('\n\n');
}
