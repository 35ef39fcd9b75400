import { abs, add, type Complex, div, mul, ONE, scale, sub } from '../../math/complex.ts';

/** Reaches of a distance relay at the positive-sequence impedance, ohms. */
export interface ZoneReaches {
  zone1: Complex;
  zone2: Complex;
  zone3: Complex;
}

export interface ZoneRule {
  /** Zone 1 short of the remote bus; 0.8 where absent. */
  zone1?: number;
  /** Zone 2 over the remote bus by this share of the shortest next line (0.5) … */
  zone2_next?: number;
  /** … and never less than this times the own line (1.2). */
  zone2_least?: number;
  /** Zone 3: own line and this times the longest next line (1.2). */
  zone3_next?: number;
}

/** Reaches by the usual rule, without infeed. `next`: the lines from the remote bus. */
export function zoneReaches(line: Complex, next: readonly Complex[], rule: ZoneRule = {}): ZoneReaches {
  const bySize = next.toSorted((a, b) => abs(a) - abs(b));
  const least = scale(line, rule.zone2_least ?? 1.2);
  const over = bySize[0] ? add(line, scale(bySize[0], rule.zone2_next ?? 0.5)) : least;
  const longest = bySize.at(-1);
  return {
    zone1: scale(line, rule.zone1 ?? 0.8),
    zone2: abs(over) >= abs(least) ? over : least,
    zone3: longest ? add(line, scale(longest, rule.zone3_next ?? 1.2)) : least,
  };
}

/** Infeed factor 1 + I_infeed/I_relay: how much more current flows past the remote bus than through the relay. */
export const infeedFactor = (relay_ka: Complex, infeed_ka: Complex): Complex =>
  add(ONE, div(infeed_ka, relay_ka));

/** What the relay sees for a bolted fault at a fraction of a next line: Z_L + K·n·Z_next. Infeed makes it look farther away. */
export const apparentImpedance = (
  line: Complex,
  next: Complex,
  fraction: number,
  infeed: Complex = ONE,
): Complex => add(line, mul(infeed, scale(next, fraction)));

/**
 * How far a reach goes into a next line under infeed, as a fraction of that line along the reach's own angle:
 * n = |Z_set − Z_L|/|K·Z_next|, negative where the reach ends before the remote bus.
 */
export function effectiveReach(reach: Complex, line: Complex, next: Complex, infeed: Complex = ONE): number {
  const beyond = abs(sub(reach, line)) / abs(mul(infeed, next));
  return abs(reach) >= abs(line) ? beyond : -abs(sub(reach, line)) / abs(next);
}

/** Inside the mho circle through the origin with the reach as its diameter: |Z − Z_r/2| ≤ |Z_r|/2. */
export const insideMho = (seen: Complex, reach: Complex): boolean =>
  abs(sub(seen, scale(reach, 0.5))) <= abs(reach) / 2 + 1e-12;

/** The first zone that a seen impedance lies in; null beyond zone 3 or behind the relay. */
export function zoneOf(seen: Complex, reaches: ZoneReaches): 1 | 2 | 3 | null {
  if (insideMho(seen, reaches.zone1)) return 1;
  if (insideMho(seen, reaches.zone2)) return 2;
  return insideMho(seen, reaches.zone3) ? 3 : null;
}

/** Secondary ohms: Z_sec = Z_prim·(CT ratio)/(VT ratio). */
export const toSecondary = (primary: Complex, ct_ratio: number, vt_ratio: number): Complex =>
  scale(primary, ct_ratio / vt_ratio);

/** Next lines whose zone 1 (80 %) ends before this relay's zone 2: both would run their second zones against each other. */
export function zone2Conflict(reaches: ZoneReaches, line: Complex, next: readonly Complex[]): Complex[] {
  return next.filter((n) => abs(reaches.zone2) > abs(add(line, scale(n, 0.8))) + 1e-9);
}
