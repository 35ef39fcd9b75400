import type { Random } from '../../../core/random.ts';
import type { Market } from './facts.ts';

export interface Tightened {
  market: Market;
  flow_mw: readonly number[];
}

/**
 * Limits for the lines that do not bind, above what they carry, so that they leave the clearing as it is: the fullest of
 * them gets only a few megawatts of room, the others a fifth or more.
 */
export function withRoomOnTheOthers({ market, flow_mw }: Tightened, random: Random): Market {
  const free = market.lines
    .map((line, i) => ({ i, limited: line.limit_mw > 0, mw: Math.abs(flow_mw[i] as number) }))
    .filter(({ limited }) => !limited);
  const fullest = free.reduce((a, b) => (b.mw > a.mw ? b : a)).i;
  const lines = market.lines.map((line, i) => {
    if (line.limit_mw > 0) return line;
    const carried = Math.abs(flow_mw[i] as number);
    const limit_mw =
      i === fullest
        ? Math.ceil(carried) + random.int(3, 6)
        : Math.max(40, Math.ceil((carried * random.range(1.2, 1.9, 0.1)) / 10) * 10);
    return { ...line, limit_mw };
  });
  return { ...market, lines };
}
