import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { NodalPriceFacts } from './facts.ts';
import { type NodalPriceAnswer, solveNodalPrice, tidied } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'Solving the DC optimal power flow gives:',
  zh: '求解直流最优潮流，结果如下：',
};

/** Weights of the checks: prices 3, dispatch 2, binding line, shadow price and rent 1 each: 8 in all. */
export function nodalPriceMistakes(facts: NodalPriceFacts, right: NodalPriceAnswer, lang: Lang): Mistake[] {
  const whole = (answer: NodalPriceAnswer) => replyWith(PROSE[lang], tidied(answer));
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...tidied(right), ...changes });
  const { symbol } = facts.currency;
  const buses = Object.keys(right.prices);
  const average = mean(Object.values(right.prices));
  const unlimited = solveNodalPrice({
    ...facts,
    lines: facts.lines.map((line) => ({ ...line, limit_mw: 0 })),
  });
  const other = solveNodalPrice(facts, 'pm');
  const flat = (price: number) => Object.fromEntries(buses.map((bus) => [bus, Number(price.toFixed(2))]));
  const wrongLine = facts.lines.find(({ name }) => name !== right.binding_line)?.name ?? '';
  const list: (Mistake | undefined)[] = [
    {
      name: 'ignored the line limit',
      reply: whole({ ...unlimited, binding_line: wrongLine, shadow_price: 0, congestion_rent: 0 }),
      score: [0, 0.6],
    },
    { name: 'gave every bus the mean price', reply: say({ prices: flat(average) }), score: [0.625, 0.9] },
    differ(right.prices, other.prices)
      ? { name: 'took x/(r²+x²) for the susceptance', reply: whole(other), score: [0, 0.95] }
      : undefined,
    {
      name: 'gave each bus the cost of its own unit',
      reply: say({ prices: ownCosts(facts) }),
      score: [0.625, 0.95],
    },
    {
      name: 'mirrored the prices about their mean',
      reply: say({ prices: mirrored(right.prices, average) }),
      score: [0.625, 0.9],
    },
    { name: 'named another line as binding', reply: say({ binding_line: wrongLine }), score: 0.875 },
    {
      name: 'negative shadow price',
      reply: say({ shadow_price: -tidied(right).shadow_price }),
      score: 0.875,
    },
    {
      name: 'rent in money per MWh',
      reply: say({ congestion_rent: `${tidied(right).congestion_rent} ${symbol}/MWh` }),
      score: 0.875,
    },
    {
      name: 'prices per kWh',
      reply: say({
        prices: Object.fromEntries(
          Object.entries(tidied(right).prices).map(([bus, price]) => [bus, `${price} ${symbol}/kWh`]),
        ),
      }),
      score: 0.625,
    },
    {
      name: 'dispatched by cost alone',
      reply: say({ dispatch: tidied(unlimited).dispatch }),
      score: [0.7, 0.95],
    },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const differ = (a: Record<string, number>, b: Record<string, number>) =>
  Object.keys(a).some((bus) => Math.abs((b[bus] as number) / (a[bus] as number) - 1) > 0.01);

/** Buses without a unit get the dearest cost, as a guess would. */
function ownCosts({ buses, units }: NodalPriceFacts): Record<string, number> {
  const dearest = Math.max(...units.map(({ cost }) => cost));
  return Object.fromEntries(
    buses.map(({ id }) => [String(id), units.find(({ bus }) => bus === id)?.cost ?? dearest]),
  );
}

const mirrored = (prices: Record<string, number>, about: number) =>
  Object.fromEntries(
    Object.entries(prices).map(([bus, price]) => [bus, Number((2 * about - price).toFixed(2))]),
  );
