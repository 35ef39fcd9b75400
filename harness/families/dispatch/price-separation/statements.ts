import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import type { DcOpf } from '../../../engineering/optimise/dc-opf.ts';
import { clear, type Market } from './facts.ts';
import { dearestLine, loadingChange, pairs } from './transfer.ts';

/** Something said about a cleared market, true or false; `id` is the letter it goes by. */
export type Statement = { id: string } & Claim;

type Claim =
  /** One more MW of this limit saves about so much money an hour. */
  | { kind: 'saves'; line: string; saving: number }
  /** More room on this line would make the hour cheaper. */
  | { kind: 'matters'; line: string }
  /** Without any line limit this unit would make more, or less. */
  | { kind: 'held'; unit: string; direction: 'down' | 'up' }
  /** Moving output from one unit to another takes load off a line. */
  | { kind: 'relieves'; line: string; down: string; up: string }
  /** This line carries power from the dearer of its buses to the cheaper one. */
  | { kind: 'against'; line: string }
  /** One more MW of demand at this bus makes some unit produce less. */
  | { kind: 'lowers'; bus: number };

interface Judged {
  claim: Claim;
  true: boolean;
}

const LETTERS = 'ABCDEF';
/** Relief, MW for each MW moved, below which no statement is made. */
const PLAIN = 0.08;

/** Six statements, one of each kind, of which two to four are true; none is a near thing. */
export function drawStatements(market: Market, result: DcOpf, random: Random): Statement[] | undefined {
  const kinds = candidates(market, result);
  const chosen: Judged[] = [];
  for (const list of kinds) {
    const truth = random.chance(0.5);
    const fitting = list.filter((judged) => judged.true === truth);
    const pool = fitting.length > 0 ? fitting : list;
    if (pool.length === 0) return undefined;
    chosen.push(random.pick(pool));
  }
  const right = chosen.filter((judged) => judged.true).length;
  if (right < 2 || right > 4) return undefined;
  return random.shuffle(chosen).map(({ claim }, i) => ({ id: LETTERS[i] as string, ...claim }));
}

/** @throws RangeError where the market does not clear, which no draw allows */
export function viewOf(market: Market): View {
  const result = clear(market);
  const free = clear(withoutLimits(market));
  if (!result || !free) throw new RangeError('the market does not clear');
  return { market, result, free };
}

/** Which of the statements hold, by letter, in order. */
export function trueStatements(market: Market, statements: readonly Statement[]): string[] {
  const view = viewOf(market);
  return statements
    .filter((statement) => holds(statement, view))
    .map(({ id }) => id)
    .sort();
}

/** A market, its clearing, and its clearing without any line limit. */
export interface View {
  market: Market;
  result: DcOpf;
  free: DcOpf;
}

function holds(claim: Claim, { market, result, free }: View): boolean {
  const line = 'line' in claim ? market.lines.findIndex(({ name }) => name === claim.line) : -1;
  const shadow = result.shadow_price_per_branch[line] ?? 0;
  switch (claim.kind) {
    case 'saves':
      return Math.abs(claim.saving - shadow) < 0.03 * shadow;
    case 'matters':
      return shadow > 1e-6;
    case 'held': {
      const unit = market.units.findIndex(({ name }) => name === claim.unit);
      const change = (result.dispatch_mw[unit] as number) - (free.dispatch_mw[unit] as number);
      return claim.direction === 'down' ? change < -1e-6 : change > 1e-6;
    }
    case 'relieves':
      return loadingChange(market, result.flow_mw, line, { down: claim.down, up: claim.up, mw: 1 }) < 0;
    case 'against': {
      const [from, to] = priceEnds(market, result, line);
      return (result.flow_mw[line] as number) * (to - from) < 0;
    }
    case 'lowers':
      return responses(market, result, claim.bus).some((change) => change < -1e-6);
  }
}

const withoutLimits = (market: Market): Market => ({
  ...market,
  lines: market.lines.map((line) => ({ ...line, limit_mw: 0 })),
});

export function priceEnds({ buses, lines }: Market, { price }: DcOpf, line: number): [number, number] {
  const at = (bus: number | undefined) => price[buses.findIndex(({ id }) => id === bus)] as number;
  return [at(lines[line]?.from), at(lines[line]?.to)];
}

/** What each unit makes more when demand at a bus rises by 1 MW, by clearing again with a little more. */
export function responses(market: Market, result: DcOpf, bus: number): number[] {
  const step = 0.5;
  const buses = market.buses.map((one) => (one.id === bus ? { ...one, load_mw: one.load_mw + step } : one));
  const more = clear({ ...market, buses });
  return more ? more.dispatch_mw.map((p, i) => (p - (result.dispatch_mw[i] as number)) / step) : [];
}

function candidates(market: Market, result: DcOpf): Judged[][] {
  const free = clear(withoutLimits(market));
  if (!free) return [];
  const judge = (claim: Claim): Judged => ({ claim, true: holds(claim, { market, result, free }) });
  const names = market.lines.map(({ name }) => name);
  return [
    savings(market, result).map(judge),
    names.map((line) => judge({ kind: 'matters', line })),
    market.units
      .filter((_, i) => Math.abs((result.dispatch_mw[i] as number) - (free.dispatch_mw[i] as number)) > 5)
      .flatMap(({ name: unit }) => [
        judge({ kind: 'held', unit, direction: 'down' }),
        judge({ kind: 'held', unit, direction: 'up' }),
      ]),
    reliefs(market, result).map(judge),
    names
      .filter((_, i) => {
        const [from, to] = priceEnds(market, result, i);
        return Math.abs(result.flow_mw[i] as number) > 5 && Math.abs(to - from) > 0.5;
      })
      .map((line) => judge({ kind: 'against', line })),
    market.buses
      .filter(({ id }) =>
        responses(market, result, id).every((change) => Math.abs(change) < 1e-6 || Math.abs(change) > 0.04),
      )
      .map(({ id }) => judge({ kind: 'lowers', bus: id })),
  ];
}

/** The worth of a limit, and what is taken for it: the price difference over the line. */
function savings(market: Market, result: DcOpf): Claim[] {
  return market.lines.flatMap(({ name: line }, i): Claim[] => {
    const shadow = result.shadow_price_per_branch[i] as number;
    if (shadow < 1e-6) return [];
    const [from, to] = priceEnds(market, result, i);
    const spread = Math.abs(to - from);
    const right: Claim = { kind: 'saves', line, saving: Number(shadow.toFixed(2)) };
    return Math.abs(spread / shadow - 1) > 0.12
      ? [right, { kind: 'saves', line, saving: Number(spread.toFixed(2)) }]
      : [right];
  });
}

function reliefs(market: Market, result: DcOpf): Claim[] {
  const at = dearestLine(result);
  const line = market.lines[at]?.name ?? '';
  return pairs(market, result, 1)
    .filter((pair) => Math.abs(loadingChange(market, result.flow_mw, at, pair)) > PLAIN)
    .map(({ down, up }): Claim => ({ kind: 'relieves', line, down, up }));
}

/** A statement as the question prints it. */
export function statementText(statement: Claim, symbol: string, lang: Lang): string {
  const zh = lang === 'zh';
  switch (statement.kind) {
    case 'saves': {
      const saving = statement.saving.toFixed(zh ? 0 : 1);
      return zh
        ? `${statement.line} 的限额每放宽 1 MW，该小时购电成本可降低约 ${saving} 元。`
        : `One more MW of limit on ${statement.line} would save about ${symbol}${saving} in the hour.`;
    }
    case 'matters':
      return zh
        ? `适当提高 ${statement.line} 的限额可以降低该小时的购电成本。`
        : `A higher limit on ${statement.line} would make the hour cheaper.`;
    case 'held':
      return zh
        ? `若所有线路均不设限额，${statement.unit} 的中标出力会${statement.direction === 'down' ? '更高' : '更低'}。`
        : `If no line had a limit, ${statement.unit} would produce ${statement.direction === 'down' ? 'more' : 'less'}.`;
    case 'relieves':
      return zh
        ? `将 ${statement.down} 减出力、${statement.up} 等量增出力，可减轻 ${statement.line} 的潮流。`
        : `Moving output from ${statement.down} to ${statement.up} would take load off ${statement.line}.`;
    case 'against':
      return zh
        ? `${statement.line} 的潮流从电价高的一端流向电价低的一端。`
        : `${statement.line} carries power from the dearer of its two buses to the cheaper one.`;
    case 'lowers':
      return zh
        ? `节点 ${statement.bus} 的负荷再增加 1 MW，重新出清后至少有一台机组的出力反而下降。`
        : `With 1 MW more demand at bus ${statement.bus}, some unit would be dispatched lower than now.`;
  }
}
