export interface CasePoint {
  p_mw: number;
  cost: number;
}

/**
 * Slopes may fall by this fraction before a curve counts as not convex. Published curves are straight lines cut into pieces
 * and rounded: MW to 5 decimals over a piece of 1.3 MW (the nuclear unit of RTS-GMLC) moves a slope by 1e-5.
 */
const SLOPE_SLACK = 1e-4;

/** Why a piecewise cost cannot be used, and at which point (from 0): points must rise in MW, and slopes never fall. */
export function convexFault(
  points: readonly CasePoint[],
): { point: number; reason: string; hint: string } | undefined {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as CasePoint, points[i] as CasePoint];
    if (!(b.p_mw > a.p_mw)) {
      return {
        point: i,
        reason: `its points do not rise: ${b.p_mw} MW after ${a.p_mw} MW`,
        hint: 'order the points by MW',
      };
    }
    const slope = (b.cost - a.cost) / (b.p_mw - a.p_mw);
    if (slope < last - SLOPE_SLACK * Math.max(1, Math.abs(last))) {
      return {
        point: i,
        reason: `it is not convex: the slope falls from ${Number(last.toPrecision(6))} to ${Number(slope.toPrecision(6))} at ${a.p_mw} MW`,
        hint: 'an optimum over such a cost needs whole-number variables: use a convex cost',
      };
    }
    last = slope;
  }
  return undefined;
}
