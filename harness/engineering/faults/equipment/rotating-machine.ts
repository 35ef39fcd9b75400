/** Geometry of a rolling bearing: balls or rollers, diameters in mm, contact angle in degrees. */
export interface BearingGeometry {
  elements: number;
  element_mm: number;
  pitch_mm: number;
  contact_deg: number;
}

export interface BearingFrequencies {
  /** Cage, fundamental train frequency, Hz. */
  ftf_hz: number;
  /** Ball pass frequency, outer race, Hz. */
  bpfo_hz: number;
  /** Ball pass frequency, inner race, Hz. */
  bpfi_hz: number;
  /** Spin of a rolling element about its own axis, Hz. A damaged element strikes the races at twice this. */
  bsf_hz: number;
}

/**
 * Defect frequencies of a bearing whose outer ring stands still and whose elements roll without slip, with
 * γ = d·cos α/D:
 *   FTF = f/2·(1 − γ)   BPFO = n·FTF   BPFI = n·f/2·(1 + γ)   BSF = f·D/(2d)·(1 − γ²)
 * Source: kinematics of pure rolling (Harris, Rolling Bearing Analysis). Real bearings slip by one or two per cent.
 * @throws RangeError where the geometry is none
 */
export function bearingFrequencies(bearing: BearingGeometry, shaft_hz: number): BearingFrequencies {
  const { elements, element_mm, pitch_mm, contact_deg } = bearing;
  if (!(element_mm > 0 && pitch_mm > element_mm && elements >= 3))
    throw new RangeError('a bearing needs three elements or more that are smaller than its pitch circle');
  const gamma = (element_mm * Math.cos((contact_deg * Math.PI) / 180)) / pitch_mm;
  const ftf_hz = (shaft_hz / 2) * (1 - gamma);
  return {
    ftf_hz,
    bpfo_hz: elements * ftf_hz,
    bpfi_hz: ((elements * shaft_hz) / 2) * (1 + gamma),
    bsf_hz: ((shaft_hz * pitch_mm) / (2 * element_mm)) * (1 - gamma * gamma),
  };
}

/** Synchronous speed of a machine with so many poles (not pairs), Hz: 2·f/p. */
export const synchronousHz = (line_hz: number, poles: number): number => (2 * line_hz) / poles;

/**
 * Pole pass frequency of an induction motor, Hz: slip frequency times poles, f_p = (f_sync − f_shaft)·p.
 * The same as 2·s·f_line, which is why broken rotor bars show at f_line·(1 ± 2s) in the stator current.
 */
export const polePassHz = (line_hz: number, poles: number, shaft_hz: number): number =>
  (synchronousHz(line_hz, poles) - shaft_hz) * poles;

/** Rms of a signal from the rms of its lines: √Σv². Lines of different frequency add as energies. */
export const overallRms = (lines: readonly number[]): number => Math.hypot(...lines);
