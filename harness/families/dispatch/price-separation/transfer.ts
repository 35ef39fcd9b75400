import type { Random } from '../../../core/random.ts';
import { ptdf } from '../../../engineering/grid/distribution-factors.ts';
import type { DcOpf } from '../../../engineering/optimise/dc-opf.ts';
import { type Market, networkOf } from './facts.ts';

/** So many MW less at one unit and more at another. */
export interface Transfer {
  down: string;
  up: string;
  mw: number;
}

/** The binding line whose limit is worth most, by position. */
export const dearestLine = ({ shadow_price_per_branch: shadows }: Pick<DcOpf, 'shadow_price_per_branch'>) =>
  shadows.indexOf(Math.max(...shadows));

/** How much more a line carries in the direction it carries now, MW, when output moves from one unit to another. */
export function loadingChange(
  market: Market,
  flow_mw: readonly number[],
  line: number,
  transfer: Transfer,
): number {
  const factors = ptdf(networkOf(market), { convention: 'mp' }).factors[line] as Float64Array;
  const at = (name: string) => {
    const bus = market.units.find((unit) => unit.name === name)?.bus;
    return factors[market.buses.findIndex(({ id }) => id === bus)] as number;
  };
  return Math.sign(flow_mw[line] as number) * transfer.mw * (at(transfer.up) - at(transfer.down));
}

/** Pairs of units that have the room to move, down first. */
export function pairs({ units }: Market, { dispatch_mw }: DcOpf, mw: number): Transfer[] {
  const can = units.map(({ name, p_max_mw }, i) => {
    const p = dispatch_mw[i] as number;
    return { name, down: p >= mw, up: p <= p_max_mw - mw };
  });
  return can
    .filter(({ down }) => down)
    .flatMap((from) =>
      can.filter((to) => to.up && to.name !== from.name).map((to) => ({ down: from.name, up: to.name, mw })),
    );
}

/** A transfer that moves the dearest line plainly, but not by all it shifts. */
export function drawTransfer(market: Market, result: DcOpf, random: Random): Transfer | undefined {
  const telling = pairs(market, result, 20).filter((pair) => {
    const change = Math.abs(loadingChange(market, result.flow_mw, dearestLine(result), pair));
    return change > 2 && change < 18;
  });
  return telling.length > 0 ? random.pick(telling) : undefined;
}
