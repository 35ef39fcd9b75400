import type { Clock } from '../clock.ts';
import type { HeaderLookup } from './retry-after.ts';

/** What a vendor counts, each with a limit of its own. */
export const RATE_KINDS = ['requests', 'tokens', 'input-tokens', 'output-tokens'] as const;
export type RateKind = (typeof RATE_KINDS)[number];

/** One count as a reply's headers tell it: `remaining` of `limit` are left, and all of it is back after `resetMs`. */
export interface RateReading {
  kind: RateKind;
  limit: number;
  remaining: number;
  resetMs: number;
}

/** Hears what the headers of a reply, good or bad, tell of the vendor's limits. Not called where they tell nothing. */
export type OnRates = (readings: readonly RateReading[]) => void;

/** Reads the headers of each reply for a listener. */
export function rateTeller(clock: Pick<Clock, 'epochMs'>, onRates?: OnRates): (header: HeaderLookup) => void {
  return (header) => {
    const readings = onRates ? readRateHeaders(header, clock.epochMs()) : [];
    if (readings.length > 0) onRates?.(readings);
  };
}

/**
 * Reads `x-ratelimit-{limit,remaining,reset}-<kind>` (OpenAI and those after its model: the reset is a duration such as
 * `6m0s` or `20ms`) and `anthropic-ratelimit-<kind>-{limit,remaining,reset}` (the reset is an RFC 3339 time). A count that
 * is not told whole is left out.
 */
export function readRateHeaders(header: HeaderLookup, epochMs: number): RateReading[] {
  const readings: RateReading[] = [];
  for (const kind of RATE_KINDS) {
    const reading =
      readingOf(kind, epochMs, (part) => header(`x-ratelimit-${part}-${kind}`)) ??
      readingOf(kind, epochMs, (part) => header(`anthropic-ratelimit-${kind}-${part}`));
    if (reading) readings.push(reading);
  }
  return readings;
}

function readingOf(
  kind: RateKind,
  epochMs: number,
  part: (name: 'limit' | 'remaining' | 'reset') => string | undefined,
): RateReading | undefined {
  const limit = count(part('limit'));
  if (limit === undefined || limit <= 0) return undefined;
  const remaining = count(part('remaining'));
  const resetMs = untilReset(part('reset'), epochMs);
  return remaining === undefined || resetMs === undefined ? undefined : { kind, limit, remaining, resetMs };
}

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function untilReset(text: string | undefined, epochMs: number): number | undefined {
  if (text === undefined || text.length > 64) return undefined;
  const plain = text.trim();
  if (/^\d{1,9}(\.\d+)?$/.test(plain)) return Number(plain) * 1000;
  if (/^(\d{1,9}(\.\d+)?(ms|[dhms]))+$/.test(plain)) {
    let sum = 0;
    for (const [, amount, unit] of plain.matchAll(/([\d.]+)(ms|[dhms])/g))
      sum += Number(amount) * (UNIT_MS[unit as string] as number);
    return sum;
  }
  const date = /^\d{4}-\d\d-\d\dT/.test(plain) ? Date.parse(plain) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - epochMs);
}
