import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { gridPlot } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import { lineOption } from '../line-names.ts';
import {
  clear,
  drawPriceSeparation,
  localisePriceSeparation,
  type PriceSeparationFacts,
  type PriceSeparationParams,
  priceSeparationParams,
} from './facts.ts';
import { priceSeparationMistakes } from './mistakes.ts';
import { statementText, trueStatements } from './statements.ts';
import { dearestLine, loadingChange } from './transfer.ts';
import { priceSeparationWork } from './work.ts';

export type PriceSeparationAnswer = {
  /** The lines that bind. */
  binding: string[];
  /** Money per MWh of each binding line's limit, by name. */
  shadow_prices: Record<string, number>;
  /** Money per hour. */
  congestion_rent: number;
  /** What the transfer adds to the flow of the binding line worth most, MW; below 0 where it relieves it. */
  loading_change: number;
  true_statements: string[];
  explanation: string;
};

/** After the market has cleared: why prices differ from bus to bus, told from the published prices, dispatch and network. */
export const priceSeparationFamily: Family<
  PriceSeparationParams,
  PriceSeparationFacts,
  PriceSeparationAnswer
> = {
  name: 'price-separation',
  version: 1,
  params: priceSeparationParams,
  prepare: loadSolver,
  targets: {
    binding: { type: 'set' },
    shadow_prices: { type: 'json', unit: { en: 'USD/MWh', zh: 'CNY/MWh' } },
    congestion_rent: { type: 'number', unit: { en: 'USD/h', zh: 'CNY/h' } },
    loading_change: { type: 'number', unit: 'MW' },
    true_statements: { type: 'set' },
    explanation: { type: 'text' },
  },
  unordered: ['buses', 'lines', 'units'],
  draw: drawPriceSeparation,
  localise: localisePriceSeparation,
  solve: solvePriceSeparation,
  vars: (facts, lang) => ({
    ...facts,
    statements: facts.statements.map((statement) => ({
      id: statement.id,
      text: statementText(statement, facts.currency.symbol, lang),
    })),
  }),
  options: (facts) => ({
    binding: facts.lines.map(({ name }) => lineOption(name)),
    true_statements: facts.statements.map(({ id }) => ({ id, labels: [id] })),
  }),
  reply: (_facts, answer, lang) => replyWith(PROSE[lang], tidied(answer, lang)),
  mistakes: priceSeparationMistakes,
  verify: { true_statements: judgeStatements },
  plots: ({ buses, lines, units }, { binding }, lang) => [
    gridPlot(
      buses.map(({ id, load_mw }) => ({
        id,
        load_mw,
        generation_mw: units
          .filter(({ bus }) => bus === id)
          .reduce((sum, { output_mw }) => sum + output_mw, 0),
      })),
      lines,
      {
        title: lang === 'zh' ? '网络与约束线路' : 'Network and what binds',
        state: (name) => (binding.includes(name) ? 'binding' : undefined),
      },
    ),
  ],
  work: priceSeparationWork,
};

export const PROSE: Readonly<Record<Lang, string>> = {
  en: 'Flows worked out from the dispatch, set against the limits and the prices, give:',
  zh: '由中标出力计算各线路潮流，与限额和节点电价对照，结论如下：',
};

/** @throws RangeError where the market does not clear, which no draw allows */
export function solvePriceSeparation(facts: PriceSeparationFacts): PriceSeparationAnswer {
  const result = clear(facts);
  if (!result) throw new RangeError('the market does not clear');
  const binding = facts.lines
    .map(({ name }, i) => ({ name, shadow: result.shadow_price_per_branch[i] as number }))
    .filter(({ shadow }) => shadow > 1e-6)
    .sort((a, b) => b.shadow - a.shadow);
  return {
    binding: binding.map(({ name }) => name),
    shadow_prices: Object.fromEntries(binding.map(({ name, shadow }) => [name, shadow])),
    congestion_rent: result.congestion_rent,
    loading_change: loadingChange(facts, result.flow_mw, dearestLine(result), facts.transfer),
    true_statements: trueStatements(facts, facts.statements),
    explanation: '',
  };
}

/** An answer as a careful person writes it, with the sentence that explains it. */
export function tidied(answer: PriceSeparationAnswer, lang: Lang): PriceSeparationAnswer {
  const { binding } = answer;
  return {
    ...answer,
    shadow_prices: Object.fromEntries(
      Object.entries(answer.shadow_prices).map(([name, price]) => [name, rounded(price, 2)]),
    ),
    congestion_rent: rounded(answer.congestion_rent, 1),
    loading_change: rounded(answer.loading_change, 2),
    explanation:
      lang === 'zh'
        ? `${binding.join('、')} 达到限额形成阻塞，送端的低价机组不能再多送电而被压减出力，受端由高价机组顶替，因此节点电价出现分离。`
        : binding.length === 1
          ? `${binding[0]} reached its limit, so cheaper units behind it are held back and dearer units beyond it run in their place, and the prices part.`
          : `${binding.join(' and ')} reached their limits, so cheaper units behind them are held back and dearer units beyond them run in their place, and the prices part.`,
  };
}

/** Each statement judged wrongly costs a third: naming all of them, none, or any by lot is worth little. */
function judgeStatements(
  { statements }: PriceSeparationFacts,
  { true_statements }: PriceSeparationAnswer,
  proposal: unknown,
): Verdict {
  if (!Array.isArray(proposal) || proposal.length > 50) return { value: 0, reason: 'not a list of letters' };
  const letters = proposal.map((item) =>
    typeof item === 'string' ? item.trim().toUpperCase().slice(0, 2) : '',
  );
  const known = statements.map(({ id }) => id);
  if (letters.some((letter) => !known.includes(letter)))
    return { value: 0, reason: 'names a statement that is not in the question' };
  const wrong = known.filter((id) => letters.includes(id) !== true_statements.includes(id));
  const reason =
    wrong.length === 0 ? 'every statement judged rightly' : `judged wrongly: ${wrong.join(', ')}`;
  return { value: Math.max(0, 1 - wrong.length / 3), reason };
}
