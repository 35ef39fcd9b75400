/** Governors of one kind, taken together. */
export interface Governor {
  name: string;
  /** Rated capacity that droop refers to. */
  p_rated_mw: number;
  /** Droop: per-unit frequency for per-unit power, such as 0.05. */
  droop_pu: number;
  /** Lag from a change of frequency to the change of mechanical power. */
  t_s: number;
  /** How far power can rise and fall; unlimited where absent. */
  headroom_mw?: number;
  footroom_mw?: number;
  /** No response within ± this; beyond it the response counts from its edge. */
  deadband_hz?: number;
}

/** One stage of underfrequency load shedding. */
export interface SheddingStage {
  threshold_hz: number;
  /** Frequency must stay below the threshold for so long. */
  delay_s: number;
  shed_mw: number;
}

export interface FrequencyEvent {
  f0_hz: number;
  /** System base of `inertia_s`. */
  base_mva: number;
  /** Inertia constant H on `base_mva`, seconds. */
  inertia_s: number;
  /** Load that answers frequency, MW per Hz (D): falls as frequency falls. */
  damping_mw_per_hz: number;
  /** Generation lost (above 0) or load lost (below 0) at t = 0. */
  loss_mw: number;
  governors: readonly Governor[];
  shedding?: readonly SheddingStage[];
  /** How long to follow it; 60 s where absent. */
  duration_s?: number;
}

export interface FrequencyResponse {
  /** Furthest frequency from f0 and when: the nadir after a loss of generation, the zenith after one of load. */
  extreme_hz: number;
  extreme_s: number;
  /** Initial rate of change, from the swing equation alone. */
  rocof_hz_per_s: number;
  /** At the end of the time followed. */
  final_hz: number;
  shed_mw: number;
  /** Frequency left ±20 % of f0: no machine runs there, and the figures end at that moment. */
  collapsed: boolean;
  /** Names of governors at a limit at the end. */
  limited: string[];
  /** Every 0.1 s. */
  curve: { t_s: number; f_hz: number }[];
}

const STEP_S = 0.002;
const COLLAPSE = 0.2;
/** Ten steps: a faster lag would make the integration unstable, and no governor has one. */
const SHORTEST_LAG_S = 10 * STEP_S;

/**
 * Frequency after a sudden imbalance, one mass for the whole system:
 *   (2 H S / f0) d(Δf)/dt = Σ ΔP_gov − ΔP_loss + ΔP_shed − D Δf
 *   T dΔP_gov/dt = −K (Δf beyond the deadband) − ΔP_gov,   K = P_rated / (droop · f0),  ΔP_gov within its room
 * Integrated by fourth-order Runge-Kutta in steps of 2 ms; limits hold at the end of each step. Voltages, swings
 * between areas and the reheat of steam units are left out.
 * @throws RangeError for data without physical meaning
 */
export function frequencyResponse(event: FrequencyEvent): FrequencyResponse {
  checkEvent(event);
  const { f0_hz, governors, loss_mw, duration_s = 60 } = event;
  const inertia_mw_s_per_hz = (2 * event.inertia_s * event.base_mva) / f0_hz;
  let state: Float64Array = new Float64Array(1 + governors.length);
  let shed_mw = 0;
  const shedding = sheddingRelays(event);
  const slope = (x: Float64Array): Float64Array => {
    const dx = new Float64Array(x.length);
    let power = shed_mw - loss_mw - event.damping_mw_per_hz * (x[0] as number);
    governors.forEach((governor, i) => {
      // Within a step too: a governor pressed against its limit gives no more than the limit.
      power += withinRoom(governor, x[i + 1] as number);
      dx[i + 1] = (governorTarget(governor, x[0] as number, f0_hz) - (x[i + 1] as number)) / governor.t_s;
    });
    dx[0] = power / inertia_mw_s_per_hz;
    return dx;
  };
  const curve = [{ t_s: 0, f_hz: f0_hz }];
  let extreme = { df: 0, t_s: 0 };
  let collapsed = false;
  const steps = Math.round(duration_s / STEP_S);
  for (let step = 1; step <= steps; step++) {
    state = rungeKutta(state, slope);
    governors.forEach((governor, i) => {
      state[i + 1] = withinRoom(governor, state[i + 1] as number);
    });
    const df = state[0] as number;
    shed_mw += shedding(f0_hz + df);
    if (Math.abs(df) > Math.abs(extreme.df)) extreme = { df, t_s: step * STEP_S };
    if (Math.abs(df) > COLLAPSE * f0_hz) {
      collapsed = true;
      break;
    }
    if (step % 50 === 0) curve.push({ t_s: Number((step * STEP_S).toFixed(3)), f_hz: f0_hz + df });
  }
  return {
    extreme_hz: f0_hz + extreme.df,
    extreme_s: extreme.t_s,
    rocof_hz_per_s: -loss_mw / inertia_mw_s_per_hz,
    final_hz: f0_hz + (state[0] as number),
    shed_mw,
    collapsed,
    limited: governors
      .filter((governor, i) => atLimit(governor, state[i + 1] as number))
      .map(({ name }) => name),
    curve,
  };
}

/** MW a governor would give in the end: K times what frequency lacks beyond its deadband. */
function governorTarget(
  { p_rated_mw, droop_pu, deadband_hz = 0 }: Governor,
  df: number,
  f0_hz: number,
): number {
  const beyond = Math.sign(df) * Math.max(0, Math.abs(df) - deadband_hz);
  return (-p_rated_mw / (droop_pu * f0_hz)) * beyond;
}

const withinRoom = ({ headroom_mw = Infinity, footroom_mw = Infinity }: Governor, p_mw: number): number =>
  Math.min(headroom_mw, Math.max(-footroom_mw, p_mw));

const atLimit = ({ headroom_mw = Infinity, footroom_mw = Infinity }: Governor, p_mw: number): boolean =>
  p_mw >= headroom_mw - 1e-6 || p_mw <= -footroom_mw + 1e-6;

function rungeKutta(x: Float64Array, slope: (x: Float64Array) => Float64Array): Float64Array {
  const at = (k: Float64Array, h: number) => x.map((value, i) => value + h * (k[i] as number));
  const k1 = slope(x);
  const k2 = slope(at(k1, STEP_S / 2));
  const k3 = slope(at(k2, STEP_S / 2));
  const k4 = slope(at(k3, STEP_S));
  return x.map(
    (value, i) =>
      value +
      (STEP_S / 6) * ((k1[i] as number) + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number)),
  );
}

/** Gives the MW that trip at each step: a stage trips once, after its delay below its threshold without a break. */
function sheddingRelays({ shedding = [] }: FrequencyEvent): (f_hz: number) => number {
  const below = shedding.map(() => 0);
  const tripped = shedding.map(() => false);
  return (f_hz) =>
    shedding.reduce((sum, { threshold_hz, delay_s, shed_mw }, i) => {
      if (tripped[i]) return sum;
      below[i] = f_hz < threshold_hz ? (below[i] as number) + STEP_S : 0;
      if ((below[i] as number) < delay_s || f_hz >= threshold_hz) return sum;
      tripped[i] = true;
      return sum + shed_mw;
    }, 0);
}

function checkEvent({
  f0_hz,
  base_mva,
  inertia_s,
  damping_mw_per_hz,
  governors,
  duration_s = 60,
}: FrequencyEvent): void {
  if (!(f0_hz > 0 && base_mva > 0 && inertia_s > 0)) throw new RangeError('f0, base and inertia are above 0');
  if (!(damping_mw_per_hz >= 0)) throw new RangeError('damping is from 0 up');
  if (!(duration_s > 0 && duration_s <= 3600))
    throw new RangeError('duration is above 0 and at most an hour');
  for (const { name, p_rated_mw, droop_pu, t_s } of governors) {
    if (!(p_rated_mw > 0 && droop_pu > 0)) throw new RangeError(`${name}: rating and droop are above 0`);
    if (!(t_s >= SHORTEST_LAG_S))
      throw new RangeError(`${name}: a time constant is at least ${SHORTEST_LAG_S} s`);
  }
}
