import type { Verdict } from '../../../core/checker.ts';
import type { Family, Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { gridPlot } from '../../pictures.ts';
import { decimals, replyWith, rounded } from '../../wording.ts';
import { lineOption, readLines } from '../line-names.ts';
import {
  drawN1Ranking,
  loadings,
  type N1RankingFacts,
  type N1RankingParams,
  n1Base,
  n1RankingParams,
} from './facts.ts';

export type N1RankingAnswer = {
  /** Outages after which some line is overloaded. */
  unsafe: string[];
  worst_outage: string;
  worst_line: string;
  /** Flow over limit of that line after that outage, percent. */
  worst_loading: number;
};

const nameAt = ({ lines }: N1RankingFacts, i: number): string => lines[i]?.name ?? '';

/** DC N-1 screening of a small meshed network: which outages overload what, and the worst of them. */
export const n1RankingFamily: Family<N1RankingParams, N1RankingFacts, N1RankingAnswer> = {
  name: 'n-1-ranking',
  version: 1,
  params: n1RankingParams,
  targets: {
    unsafe: { type: 'set' },
    worst_outage: { type: 'choice' },
    worst_line: { type: 'choice' },
    worst_loading: { type: 'number', unit: '%' },
  },
  unordered: ['buses', 'lines'],
  draw: drawN1Ranking,
  solve: solveN1Ranking,
  options(facts) {
    const lines = facts.lines.map(({ name }) => lineOption(name));
    return { unsafe: lines, worst_outage: lines, worst_line: lines };
  },
  reply: (_facts, answer, lang) =>
    replyWith(lang === 'zh' ? '逐条线路开断后的校核结果：' : 'Each line out in turn gives:', {
      ...answer,
      worst_loading: rounded(answer.worst_loading, 1),
    }),
  mistakes,
  verify: { unsafe: judgeUnsafe },
  plots: ({ buses, lines }, { worst_outage, worst_line }, lang) => [
    gridPlot(buses, lines, {
      title: lang === 'zh' ? '最严重的开断及其过载线路' : 'The worst outage and the line it overloads',
      state: (name) => (name === worst_outage ? 'out' : name === worst_line ? 'overloaded' : undefined),
    }),
  ],
  work,
};

export function solveN1Ranking(facts: N1RankingFacts): N1RankingAnswer {
  const all = loadings(facts);
  const over = new Set(all.filter(({ loading }) => loading > 1).map(({ outage }) => outage));
  const [worst] = all as [(typeof all)[number]];
  return {
    unsafe: [...over].sort((a, b) => a - b).map((i) => nameAt(facts, i)),
    worst_outage: nameAt(facts, worst.outage),
    worst_line: nameAt(facts, worst.line),
    worst_loading: 100 * worst.loading,
  };
}

/** A missed unsafe outage costs 1.5 of its share, a false alarm one of its own: naming all or none is worth nothing. */
function judgeUnsafe(facts: N1RankingFacts, { unsafe }: N1RankingAnswer, proposal: unknown): Verdict {
  const known = new Set(facts.lines.map(({ name }) => name));
  const given = readLines(proposal, [...known]);
  if (!given) return { value: 0, reason: 'not a list of lines' };
  const strange = [...given].filter((name) => !known.has(name)).length;
  if (strange > 0) return { value: 0, reason: `${strange} of the outages named are not in the question` };
  const missed = unsafe.filter((name) => !given.has(name)).length;
  const alarms = [...given].filter((name) => !unsafe.includes(name)).length;
  const value = 1 - (1.5 * missed) / unsafe.length - alarms / (known.size - unsafe.length);
  return { value: Math.max(0, value), reason: `${missed} unsafe called safe, ${alarms} safe called unsafe` };
}

/** Weights of the checks: unsafe 5, worst outage 1, worst line 1, worst loading 3. */
function mistakes(facts: N1RankingFacts, right: N1RankingAnswer, lang: Lang): Mistake[] {
  const say = (changes: Record<string, unknown>) =>
    replyWith(lang === 'zh' ? '校核结果：' : 'Screening:', { ...right, ...changes });
  const names = facts.lines.map(({ name }) => name);
  const base = n1Base(facts);
  const heavy = Math.max(...base.map((flow, i) => (100 * flow) / (facts.lines[i]?.limit_mw as number)));
  const safe = names.filter((name) => !right.unsafe.includes(name));
  return [
    { name: 'called every outage safe', reply: say({ unsafe: [] }), score: 0.5 },
    { name: 'called every outage unsafe', reply: say({ unsafe: names }), score: 0.5 },
    { name: 'missed one unsafe outage', reply: say({ unsafe: right.unsafe.slice(1) }), score: [0.5, 0.9] },
    {
      name: 'one false alarm',
      reply: say({ unsafe: [...right.unsafe, safe[0]] }),
      score: 1 - 0.5 / safe.length,
    },
    { name: 'named the safe outages', reply: say({ unsafe: safe }), score: 0.5 },
    {
      name: 'took line and outage for each other',
      reply: say({ worst_outage: right.worst_line, worst_line: right.worst_outage }),
      score: 0.8,
    },
    { name: 'loading before the outage', reply: say({ worst_loading: heavy }), score: 0.7 },
    {
      name: 'loading as a plain ratio',
      reply: say({ worst_loading: right.worst_loading / 100 }),
      score: 0.7,
    },
    { name: 'excess for loading', reply: say({ worst_loading: right.worst_loading - 100 }), score: 0.7 },
  ];
}

function work(facts: N1RankingFacts, answer: N1RankingAnswer, lang: Lang): string {
  const all = loadings(facts);
  const base = n1Base(facts).map((flow, i) => `${nameAt(facts, i)} ${decimals(flow, 1)}`);
  const rows = facts.lines.map(({ name }, i) => {
    const top = all.find(({ outage }) => outage === i);
    return `| ${name} | ${nameAt(facts, top?.line ?? -1)} | ${decimals(top?.flow_mw ?? 0, 1)} | ${decimals(100 * (top?.loading ?? 0), 1)} |`;
  });
  const table = (head: string) => `| ${head} |\n|---|---|---|---|\n${rows.join('\n')}`;
  const loading = decimals(answer.worst_loading, 1);
  return lang === 'zh'
    ? `1. 开断前各线路潮流（MW，绝对值）：${base.join('、')}，均未越限。\n\n2. 逐条断开线路，按 b = 1/x 重新求解（或用线路开断分布因子），各开断下负载率最高的线路：\n\n${table('开断线路 | 最重载线路 | 潮流（MW） | 负载率（%）')}\n\n3. 最严重：${answer.worst_outage} 开断，${answer.worst_line} 负载率 ${loading}%。`
    : `1. Flows before any outage, MW without sign: ${base.join(', ')}; none above its limit.\n\n2. Take each line out and solve again with b = 1/x (or use outage distribution factors); the most loaded line after each:\n\n${table('outage | most loaded line | flow, MW | loading, %')}\n\n3. Worst: ${answer.worst_line} at ${loading} % after ${answer.worst_outage} trips.`;
}
