import { type Complex, complex, div, scale, sub } from '../../math/complex.ts';
import { toPhases } from '../short-circuit/symmetrical.ts';
import type { SimulatedFault, TwoSourceLine } from './line-fault.ts';
import { faultLoop, type LineSettings, reactanceMethod, residualFactor, settingsOf } from './single-ended.ts';

export const ERROR_SOURCES = ['load', 'inhomogeneity', 'residual-compensation', 'line-impedance'] as const;
export type ErrorSource = (typeof ERROR_SOURCES)[number];

export interface ReactanceError {
  m_true: number;
  m_estimated: number;
  error_km: number;
  /** Parts in km that add up to the error. */
  parts_km: Record<ErrorSource, number>;
  /** The largest part by size; null where the estimate is right to a metre. */
  dominant: ErrorSource | null;
}

/**
 * Where the error of the simple reactance method comes from. With right settings V/I = m·Z1 + R_f·I_F/I, so that
 *   error = R_f·Im(I_F/I)/X1.
 * With the load taken out of I, R_f·Im(I_F/ΔI)/X1 is left: the inhomogeneity of the system, that the two ends feed the
 * fault at different angles. The rest of it is the load. Wrong settings are taken next: first k0, then Z1, each as
 * the change of the estimate when it alone is put right.
 * @param used the settings of the locator; those of the line where absent
 */
export function explainReactanceError(
  line: TwoSourceLine,
  simulated: SimulatedFault,
  used: LineSettings = settingsOf(line),
): ReactanceError {
  const { record, fault } = simulated;
  const right = settingsOf(line);
  const loop = faultLoop(fault.type, record.s.v, record.s.i, residualFactor(right));
  const before = faultLoop(fault.type, record.s.v, record.s.i_prefault, residualFactor(right)).i;
  const drop = scale(currentOfResistance(simulated), fault.rf_ohm);
  const km = line.length_km / right.z1_ohm.im;
  const inhomogeneity = div(drop, sub(loop.i, before)).im * km;
  const load = div(drop, loop.i).im * km - inhomogeneity;
  const estimate = (settings: LineSettings) => reactanceMethod(record.s, fault.type, settings).distance_km;
  // k0 enters through Z0 and Z1 together: the used k0 with the right Z1 is a Z0 of Z1·(1 + 3·k0).
  const k0Only = { ...right, z0_ohm: zeroFor(right.z1_ohm, residualFactor(used)) };
  const parts_km = {
    load,
    inhomogeneity,
    'residual-compensation': estimate(k0Only) - estimate(right),
    'line-impedance': estimate(used) - estimate(k0Only),
  };
  const m_estimated = estimate(used) / line.length_km;
  const largest = ERROR_SOURCES.toSorted((a, b) => Math.abs(parts_km[b]) - Math.abs(parts_km[a]))[0]!;
  return {
    m_true: fault.m,
    m_estimated,
    error_km: (m_estimated - fault.m) * line.length_km,
    parts_km,
    dominant: Math.abs(parts_km[largest]) < 1e-3 ? null : largest,
  };
}

const zeroFor = (z1: Complex, k0: Complex): Complex => {
  const factor = { re: 1 + 3 * k0.re, im: 3 * k0.im };
  return { re: z1.re * factor.re - z1.im * factor.im, im: z1.re * factor.im + z1.im * factor.re };
};

/** The current that makes the loop's voltage at the fault, times R_f: all of phase a for LG, b for LL, b − c for 3ph, none for LLG. */
function currentOfResistance({ i_fault, fault }: SimulatedFault): Complex {
  const phases = toPhases(i_fault);
  switch (fault.type) {
    case 'LG':
      return phases.a;
    case 'LL':
      return phases.b;
    case '3ph':
      return sub(phases.b, phases.c);
    case 'LLG':
      return complex(0);
  }
}
