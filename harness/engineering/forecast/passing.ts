/**
 * Share of a disc of radius 1 that another of radius `ratio` covers at a distance of centres of `separation`: the
 * area of the lens of two circles over π. 0 when they do not touch, at most min(1, ratio²).
 */
export function coveredShare(separation: number, ratio: number): number {
  const d = Math.abs(separation);
  if (!(ratio > 0) || d >= 1 + ratio) return 0;
  if (d <= Math.abs(1 - ratio)) return Math.min(1, ratio * ratio);
  const clamp = (cosine: number) => Math.acos(Math.max(-1, Math.min(1, cosine)));
  const a = clamp((d * d + 1 - ratio * ratio) / (2 * d));
  const b = clamp((d * d + ratio * ratio - 1) / (2 * d * ratio));
  const kite = Math.sqrt(Math.max(0, (-d + 1 + ratio) * (d + 1 - ratio) * (d - 1 + ratio) * (d + 1 + ratio)));
  return (a + ratio * ratio * b - kite / 2) / Math.PI;
}

/**
 * Share of the sun that the moon hides at `hour`, as it passes from first to last contact at an even pace: the
 * distance of centres is √(nearest² + track²), track growing from 0 at mid-eclipse. Radii are taken as equal.
 * @param magnitude share of the sun's diameter hidden at mid-eclipse, above 0 and at most 1
 */
export function eclipse(hour: number, first: number, last: number, magnitude: number): number {
  if (!(magnitude > 0 && magnitude <= 1 && last > first))
    throw new RangeError('an eclipse hides above 0 and at most 1 of the diameter, and ends after it begins');
  const nearest = 2 * (1 - magnitude);
  const reach = Math.sqrt(4 - nearest * nearest);
  const track = (reach * (hour - (first + last) / 2)) / ((last - first) / 2);
  return coveredShare(Math.hypot(nearest, track), 1);
}

/**
 * Wind of a tropical cyclone at a distance from its centre, in m/s: a modified Rankine vortex, v_max·r/R inside the
 * radius R of the strongest wind, v_max·(R/r)^0.6 outside it.
 */
export function cycloneWind(distance_km: number, v_max_ms: number, r_max_km: number): number {
  const r = Math.abs(distance_km);
  return r <= r_max_km ? (v_max_ms * r) / r_max_km : v_max_ms * (r_max_km / r) ** 0.6;
}
