/** A unit on droop, with room to move. */
export interface DroopUnit {
  name: string;
  p_rated_mw: number;
  droop_pu: number;
  headroom_mw: number;
  footroom_mw: number;
  /** No response within ± this; beyond it the response counts from its edge. Default 0. */
  deadband_hz?: number;
}

export interface DroopShares {
  /** Steady deviation from f0. */
  df_hz: number;
  shares_mw: number[];
  /** What load sheds or takes by its own answer to frequency, MW. */
  load_mw: number;
  limited: string[];
  /** Imbalance that no room is left for; 0 where all is covered. */
  uncovered_mw: number;
}

/**
 * How units on droop share a lasting imbalance before any secondary control:
 *   ΔPᵢ = −(Δf beyond the deadband) · P_rated,i / (droop_i · f0) within its room,   Σ ΔPᵢ − D Δf = ΔP.
 * The left side never rises with Δf, so Δf is found by bisection.
 * @param loss_mw generation lost above 0, load lost below 0
 * @throws RangeError for a droop or rating that is not above 0
 */
export function droopShares(
  units: readonly DroopUnit[],
  loss_mw: number,
  options: { f0_hz: number; damping_mw_per_hz?: number },
): DroopShares {
  const { f0_hz, damping_mw_per_hz: d = 0 } = options;
  for (const { name, p_rated_mw, droop_pu } of units) {
    if (!(p_rated_mw > 0 && droop_pu > 0)) throw new RangeError(`${name}: rating and droop are above 0`);
  }
  const share = (unit: DroopUnit, df: number) => {
    const beyond = Math.sign(df) * Math.max(0, Math.abs(df) - (unit.deadband_hz ?? 0));
    return Math.min(
      unit.headroom_mw,
      Math.max(-unit.footroom_mw, (-beyond * unit.p_rated_mw) / (unit.droop_pu * f0_hz)),
    );
  };
  const given = (df: number) => units.reduce((sum, unit) => sum + share(unit, df), 0) - d * df;
  let [low, high] = [-f0_hz, f0_hz];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (given(middle) > loss_mw) low = middle;
    else high = middle;
    // Neighbouring numbers: nothing moves any more.
    if (middle === low && (low + high) / 2 === low) break;
    if (middle === high && (low + high) / 2 === high) break;
  }
  const df_hz = (low + high) / 2;
  const shares_mw = units.map((unit) => share(unit, df_hz));
  const uncovered = loss_mw - given(df_hz);
  return {
    df_hz,
    shares_mw,
    load_mw: -d * df_hz,
    limited: units
      .filter((unit, i) => shares_mw[i] === unit.headroom_mw || shares_mw[i] === -unit.footroom_mw)
      .map(({ name }) => name),
    uncovered_mw: Math.abs(uncovered) < 1e-6 * Math.max(1, Math.abs(loss_mw)) ? 0 : uncovered,
  };
}
