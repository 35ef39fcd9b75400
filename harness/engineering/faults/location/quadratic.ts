/**
 * Real roots of a·x² + b·x + c, by the form that does not cancel; one root where a is 0.
 * A discriminant below 0 by rounding alone counts as 0: a bolted fault makes a double root.
 */
export function realRoots(a: number, b: number, c: number): number[] {
  const discriminant = b * b - 4 * a * c;
  if (discriminant < -1e-9 * b * b) return [];
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(Math.max(0, discriminant))) / 2;
  return [c / q, q / a].filter(Number.isFinite);
}
