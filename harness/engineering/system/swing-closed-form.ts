/** One aggregated governor without limits or deadband: what can be solved on paper. */
export interface LinearFrequencyModel {
  f0_hz: number;
  base_mva: number;
  inertia_s: number;
  damping_mw_per_hz: number;
  /** K of the governors together, MW/Hz. */
  droop_mw_per_hz: number;
  t_s: number;
  loss_mw: number;
}

/** Frequency deviation once all is steady: Δf = −ΔP / (K + D). K + D is the frequency response characteristic β. */
export const settledDeviation = ({
  loss_mw,
  droop_mw_per_hz,
  damping_mw_per_hz,
}: Pick<LinearFrequencyModel, 'loss_mw' | 'droop_mw_per_hz' | 'damping_mw_per_hz'>): number =>
  -loss_mw / (droop_mw_per_hz + damping_mw_per_hz);

/**
 * Nadir of the second-order model  M f′ = p − L − D f,  T p′ = −K f − p  with M = 2 H S / f0:
 *   f(t) = f∞ + e^(−a t) (A cos w t + B sin w t),  a = (M + D T)/(2 M T),  w² = (D + K)/(M T) − a²,
 *   A = −f∞,  B = (f′(0) + a A)/w with f′(0) = −L/M;  f′ = 0 at tan w t = (w B − a A)/(a B + w A).
 * @returns undefined where both poles are real: whether frequency then passes its final value (it does where D T > M) is not told
 */
export function linearNadir(model: LinearFrequencyModel): { nadir_hz: number; t_s: number } | undefined {
  const { f0_hz, damping_mw_per_hz: d, droop_mw_per_hz: k, t_s: t, loss_mw } = model;
  const m = (2 * model.inertia_s * model.base_mva) / f0_hz;
  const a = (m + d * t) / (2 * m * t);
  const square = (d + k) / (m * t) - a ** 2;
  if (square <= 0) return undefined;
  const w = Math.sqrt(square);
  const end = settledDeviation(model);
  const A = -end;
  const B = (-loss_mw / m + a * A) / w;
  let phase = Math.atan2(w * B - a * A, a * B + w * A);
  // Of the turning points, half a period apart, the first after t = 0.
  while (phase <= 1e-12) phase += Math.PI;
  const at = phase / w;
  return {
    nadir_hz: f0_hz + end + Math.exp(-a * at) * (A * Math.cos(w * at) + B * Math.sin(w * at)),
    t_s: at,
  };
}
