import { type CurveName, curveTime, type OvercurrentRelay, operatingTime } from './curves.ts';

/**
 * Coordination interval of two relays: breaker opening + relay overshoot + errors + safety, s.
 * 0.3 to 0.4 s is usual with electromechanical relays, 0.2 to 0.3 s with numerical ones.
 */
export function coordinationInterval(parts: {
  breaker_s: number;
  overshoot_s: number;
  safety_s: number;
  /** Sum of both relays' timing errors as a fraction of the downstream time. */
  error_fraction?: number;
  downstream_s?: number;
}): number {
  return (
    parts.breaker_s +
    parts.overshoot_s +
    parts.safety_s +
    (parts.error_fraction ?? 0) * (parts.downstream_s ?? 0)
  );
}

export interface TmsChoice {
  /** Exactly the interval. */
  tms_exact: number;
  /** Rounded up to the relay's step, so that the interval is never less. */
  tms: number;
  time_s: number;
}

/**
 * Time multiplier of an upstream relay from the time of the downstream one: t_up = t_down + interval at the current both
 * see (the largest fault current at the downstream relay).
 * @throws RangeError where the current does not pick the relay up
 */
export function chooseTms(
  upstream: { curve: CurveName; pickup_a: number; step?: number },
  current_a: number,
  downstream_s: number,
  interval_s: number,
): TmsChoice {
  const unit = curveTime(upstream.curve, current_a / upstream.pickup_a);
  if (!Number.isFinite(unit))
    throw new RangeError(`${current_a} A does not pick up a relay set to ${upstream.pickup_a} A`);
  const tms_exact = (downstream_s + interval_s) / unit;
  const step = upstream.step ?? 0.01;
  // A hair below, so that 0.30 / 0.01 = 30.000000000000004 does not become 0.31.
  const tms = Number((Math.ceil(tms_exact / step - 1e-9) * step).toPrecision(12));
  return { tms_exact, tms, time_s: tms * unit };
}

export interface RelayPair {
  downstream: OvercurrentRelay;
  upstream: OvercurrentRelay;
  /** Fault currents on the downstream section, smallest at its end and largest at its relay, A. */
  min_a: number;
  max_a: number;
  /** Upstream current per ampere of downstream current: below 1 where another feeder joins, above where transformer ratio says so. */
  current_ratio?: number;
}

export interface PairFinding {
  downstream: string;
  upstream: string;
  /** Smallest margin t_up − t_down in the range, and the current it occurs at; null where never both pick up. */
  worst_margin_s: number | null;
  worst_at_a: number;
  verdict: 'coordinated' | 'short-interval' | 'upstream-first' | 'downstream-blind';
}

const GRID = 400;

/**
 * Smallest margin of a pair over its whole range of currents: curves of different kinds cross, so the largest current alone
 * proves nothing. The range is sampled on a logarithmic grid together with both sides of every step of the characteristics.
 * `downstream-blind`: somewhere in the range the downstream relay does not pick up at all.
 */
export function checkPair(pair: RelayPair, interval_s: number): PairFinding {
  const ratio = pair.current_ratio ?? 1;
  let worst = { margin: Number.POSITIVE_INFINITY, at: pair.max_a };
  let blind: number | undefined;
  for (const current of currents(pair)) {
    const down = operatingTime(pair.downstream, current);
    if (!Number.isFinite(down)) {
      blind ??= current;
      continue;
    }
    const margin = operatingTime(pair.upstream, current * ratio) - down;
    if (margin < worst.margin) worst = { margin, at: current };
  }
  const verdict =
    blind !== undefined
      ? 'downstream-blind'
      : worst.margin < 0
        ? 'upstream-first'
        : worst.margin < interval_s - 1e-9
          ? 'short-interval'
          : 'coordinated';
  return {
    downstream: pair.downstream.name,
    upstream: pair.upstream.name,
    worst_margin_s: Number.isFinite(worst.margin) ? worst.margin : null,
    worst_at_a: blind ?? worst.at,
    verdict,
  };
}

function currents({ downstream, upstream, min_a, max_a, current_ratio = 1 }: RelayPair): number[] {
  const grid = Array.from({ length: GRID + 1 }, (_, i) => min_a * (max_a / min_a) ** (i / GRID));
  grid[GRID] = max_a;
  const steps = [
    downstream.instantaneous_a,
    upstream.instantaneous_a && upstream.instantaneous_a / current_ratio,
  ]
    .filter((a) => a !== undefined)
    .flatMap((a) => [a * (1 - 1e-9), a]);
  return [...grid, ...steps.filter((a) => a >= min_a && a <= max_a)].sort((a, b) => a - b);
}

/** All pairs that are not coordinated, worst margin first. */
export function findMiscoordination(pairs: readonly RelayPair[], interval_s: number): PairFinding[] {
  return pairs
    .map((pair) => checkPair(pair, interval_s))
    .filter((finding) => finding.verdict !== 'coordinated')
    .sort((a, b) => (a.worst_margin_s ?? Number.MAX_VALUE) - (b.worst_margin_s ?? Number.MAX_VALUE));
}

export interface TripOrder {
  name: string;
  time_s: number;
}

/** Relays in the order they would trip, each at its own current; those that do not pick up are left out. */
export function tripOrder(seen: readonly { relay: OvercurrentRelay; current_a: number }[]): TripOrder[] {
  return seen
    .map(({ relay, current_a }) => ({ name: relay.name, time_s: operatingTime(relay, current_a) }))
    .filter(({ time_s }) => Number.isFinite(time_s))
    .sort((a, b) => a.time_s - b.time_s);
}
