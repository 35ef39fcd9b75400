import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { PriceSeparationFacts } from './facts.ts';
import { PROSE, type PriceSeparationAnswer, tidied } from './family.ts';

/**
 * Weights of the checks: binding lines 2 (a gate; where two bind, one of them alone keeps three quarters), shadow prices 3, rent 2, change of loading 2, statements 2,
 * explanation 1: 12 in all.
 */
export function priceSeparationMistakes(
  facts: PriceSeparationFacts,
  right: PriceSeparationAnswer,
  lang: Lang,
): Mistake[] {
  const tidy = tidied(right, lang);
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...tidy, ...changes });
  const others = facts.lines.map(({ name }) => name).filter((name) => !right.binding.includes(name));
  const spreads = Object.fromEntries(right.binding.map((name) => [name, spreadOver(facts, name)]));
  const misread = right.binding.some(
    (name) => Math.abs((spreads[name] as number) / (right.shadow_prices[name] as number) - 1) > 0.03,
  );
  const letters = facts.statements.map(({ id }) => id);
  const opposite = letters.filter((id) => !right.true_statements.includes(id));
  const paid = facts.buses.reduce((sum, { price, load_mw }) => sum + price * load_mw, 0);
  const dearest = right.binding[0] as string;
  const limit = facts.lines.find(({ name }) => name === dearest)?.limit_mw ?? 0;
  const list: (Mistake | undefined)[] = [
    { name: 'blamed a line that does not bind', reply: say({ binding: [others[0]] }), score: 0 },
    {
      name: 'blamed the nearly full line as well',
      reply: say({ binding: [...right.binding, nearlyFull(facts, others)] }),
      score: 0,
    },
    {
      name: 'called every line congested',
      reply: say({ binding: facts.lines.map(({ name }) => name) }),
      score: 0,
    },
    right.binding.length > 1
      ? {
          name: 'found one of the binding lines',
          reply: say(oneLine(facts, dearest, spreads)),
          score: [0.2, 0.7],
        }
      : undefined,
    misread
      ? {
          name: 'took the price difference over the line for its shadow price',
          reply: say({ shadow_prices: spreads }),
          score: [0.75, 0.9],
        }
      : undefined,
    {
      name: 'negative shadow prices',
      reply: say({
        shadow_prices: Object.fromEntries(
          Object.entries(tidy.shadow_prices).map(([name, price]) => [name, -price]),
        ),
      }),
      score: 0.75,
    },
    {
      name: 'gave what the loads pay for the rent',
      reply: say({ congestion_rent: Math.round(paid) }),
      score: 10 / 12,
    },
    {
      name: 'rent as price difference times limit',
      reply: say({ congestion_rent: (spreads[dearest] as number) * limit }),
      score: [10 / 12, 1],
    },
    {
      name: 'rent in money per MWh',
      reply: say({ congestion_rent: `${tidy.congestion_rent} ${facts.currency.unit}` }),
      score: 10 / 12,
    },
    {
      name: 'wrong sign of the change of loading',
      reply: say({ loading_change: -tidy.loading_change }),
      score: 10 / 12,
    },
    {
      name: 'thought the line takes up the whole transfer',
      reply: say({ loading_change: Math.sign(right.loading_change) * facts.transfer.mw }),
      score: 10 / 12,
    },
    {
      name: 'called every statement true',
      reply: say({ true_statements: letters }),
      score: [10 / 12, 10.7 / 12],
    },
    { name: 'called the false statements true', reply: say({ true_statements: opposite }), score: 10 / 12 },
    {
      name: 'blamed losses',
      reply: say({
        explanation:
          lang === 'zh'
            ? '节点电价的差异是由网损造成的，离电源越远电价越高。'
            : 'The prices part because of losses on the way to the loads.',
      }),
      score: 11 / 12,
    },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

/** What someone answers who stops at the dearest line and takes the price difference over it for its worth. */
function oneLine({ lines }: PriceSeparationFacts, name: string, spreads: Record<string, number | undefined>) {
  const spread = spreads[name] ?? 0;
  const limit = lines.find((line) => line.name === name)?.limit_mw ?? 0;
  return {
    binding: [name],
    shadow_prices: { [name]: spread },
    congestion_rent: Math.round(spread * limit),
    true_statements: [],
  };
}

/** Price at one end less price at the other, without sign. */
function spreadOver({ buses, lines }: PriceSeparationFacts, name: string): number {
  const line = lines.find((one) => one.name === name);
  const at = (bus: number | undefined) => buses.find(({ id }) => id === bus)?.price ?? 0;
  return Number(Math.abs(at(line?.from) - at(line?.to)).toFixed(3));
}

/** The tightest limit among the lines that do not bind stands in for the one that looks full. */
function nearlyFull({ lines }: PriceSeparationFacts, others: readonly string[]): string {
  const odd = lines.find(({ name, limit_mw }) => others.includes(name) && limit_mw % 10 !== 0);
  return odd?.name ?? (others[0] as string);
}
