import type { Random } from '../../../core/random.ts';
import type { LineFaultType, TwoSourceLine } from '../../../engineering/faults/location/line-fault.ts';
import {
  type EndHistory,
  simulateParallelFault,
} from '../../../engineering/faults/location/parallel-fault.ts';
import { residualFactor, settingsOf } from '../../../engineering/faults/location/single-ended.ts';
import type { Phases } from '../../../engineering/faults/short-circuit/symmetrical.ts';
import { abs, arg_deg, type Complex, complex, mul, polar, sum } from '../../../engineering/math/complex.ts';
import type { Cause, Channel, DistanceToFaultFacts, Pair } from './facts.ts';

const at = ([r, x]: Pair): Complex => complex(r, x);
const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** The plant, the fault and what is wrong. */
export function drawScenario(cause: Cause, type: LineFaultType, random: Random): DistanceToFaultFacts {
  const earth = type === 'LG';
  const { un_kv, line, tested } = drawLine(random);
  const { length_km } = line;
  const second = drawSecond(cause, earth, random);
  const rf_ohm =
    cause === 'infeed'
      ? drawInfeedResistance(earth, random)
      : random.pick([0, 0, random.range(0.1, 0.8, 0.1)]);
  const put_km = round(length_km * random.range(0.15, 0.85, 0.01), 2);
  const coupled = second?.in_service ? { z0m_ohm_per_km: at(second.z0m) } : undefined;
  const simulated = simulateParallelFault(line, { m: put_km / length_km, type, rf_ohm }, coupled);
  const s = drawRecorder(cause, random);
  // End R has the same phases, and its clock is ahead where the clocks are the matter.
  const ahead_deg = cause === 'clock' ? random.pick([-1, 1]) * drawClock(earth, random) : 0;
  const r: Recorder = { turn: s.turn, angle_deg: s.angle_deg + ahead_deg };
  const residual = phasor(mul(simulated.i0_parallel, polar(3, s.angle_deg)), 4);
  return {
    un_kv,
    length_km,
    type,
    phases: (earth ? [0] : type === '3ph' ? [0, 1, 2] : [1, 2]).map((p) => nameOf(p, s.turn)),
    method: cause === 'infeed' && random.chance(0.7) ? 'reactance' : random.pick(['reactance', 'takagi']),
    settings: drawSettings(cause, earth, line, random),
    tested,
    parallel: second && { ...second, residual: second.in_service ? residual : [0, 0] },
    channels: [...channelsOf('S', simulated.s, s, random), ...channelsOf('R', simulated.r, r, random)],
    cause,
    put_km,
  };
}

/** Towers and soil make tens of ohms; between phases there is only the arc, of a few ohms at these currents. */
const drawInfeedResistance = (earth: boolean, random: Random): number =>
  earth ? random.range(5, 40, 1) : random.range(2, 8, 0.5);

function drawLine(random: Random): {
  un_kv: number;
  line: TwoSourceLine;
  tested: DistanceToFaultFacts['tested'];
} {
  const un_kv = random.pick([110, 220]);
  const z1: Pair =
    un_kv === 110
      ? [random.range(0.1, 0.16, 0.01), random.range(0.38, 0.42, 0.005)]
      : [random.range(0.05, 0.09, 0.01), random.range(0.4, 0.44, 0.005)];
  const z0: Pair = [random.range(0.25, 0.4, 0.01), random.range(1.1, 1.4, 0.01)];
  const line: TwoSourceLine = {
    length_km: random.range(20, 75, 0.5),
    z1_ohm_per_km: at(z1),
    z0_ohm_per_km: at(z0),
    s: drawSource(un_kv, random),
    r: drawSource(un_kv, random),
    load_angle_deg: random.pick([-1, 1]) * random.range(4, 16, 0.5),
  };
  return { un_kv, line, tested: { z1, z0 } };
}

/** How a recorder shows what the engineering code calls a, b and c: by how many phases on, by which angle, and through what. */
interface Recorder {
  turn: number;
  angle_deg: number;
  /** What a saturated transformer makes of the current of the odd phase. */
  saturation?: Complex | undefined;
}

function drawRecorder(cause: Cause, random: Random): Recorder {
  const turn = random.int(0, 2);
  const angle_deg = random.range(-180, 179, 1);
  if (cause !== 'ct-saturation') return { turn, angle_deg };
  return { turn, angle_deg, saturation: polar(random.range(0.6, 0.85, 0.01), random.range(8, 28, 1)) };
}

/** A millisecond is 18°. Between phases the error of a few degrees falls on the imaginary part of the distance: more is needed to be seen. */
const drawClock = (earth: boolean, random: Random): number =>
  earth ? random.range(4, 25, 0.5) : random.range(25, 75, 0.5);

/**
 * Residual settings, coupling and a sum against a residual core only matter for earth faults of one phase here; clocks do
 * not matter at all to a three-phase fault without resistance, whose place no voltage of its own betrays.
 */
export function drawType(cause: Cause, random: Random): LineFaultType {
  if (cause === 'residual' || cause === 'mutual' || cause === 'ct-saturation') return 'LG';
  if (cause === 'infeed') return random.pick(['LG', 'LG', 'LL', '3ph']);
  if (cause === 'clock') return random.pick(['LG', 'LL', 'LLG']);
  return random.pick(['LG', 'LL', 'LLG', '3ph']);
}

function drawSource(un_kv: number, random: Random): TwoSourceLine['s'] {
  const z = un_kv ** 2 / random.range(1500, 9000, 250);
  const z1_ohm = polar(round(z, 2), random.range(80, 88, 1));
  const z0_ohm = polar(round(z * random.range(0.6, 2.4, 0.1), 2), random.range(74, 86, 1));
  return { e_kv: round((un_kv / Math.sqrt(3)) * random.range(1, 1.06, 0.01), 2), z1_ohm, z0_ohm };
}

/**
 * A second circuit that carries residual current only where the coupling is the cause. Else it may stand beside a fault
 * without earth, or be open at both ends: there to be seen, and to be seen as harmless.
 */
function drawSecond(cause: Cause, earth: boolean, random: Random): { z0m: Pair; in_service: boolean } | null {
  if (cause !== 'mutual' && !random.chance(0.4)) return null;
  const z0m: Pair = [random.range(0.15, 0.25, 0.01), random.range(0.5, 0.85, 0.01)];
  return { z0m, in_service: cause === 'mutual' || !earth };
}

/** Right to the last digit that is set, but for the one that is wrong; a wrong k0 does no harm where no residual current flows. */
function drawSettings(
  cause: Cause,
  earth: boolean,
  line: TwoSourceLine,
  random: Random,
): DistanceToFaultFacts['settings'] {
  const { re, im } = line.z1_ohm_per_km;
  const z1 =
    cause === 'line-impedance'
      ? random.pick([random.range(0.8, 0.92, 0.01), random.range(1.08, 1.2, 0.01)])
      : 1;
  const k0 = residualFactor(settingsOf(line));
  const harmless = !earth && random.chance(0.6);
  const wrong =
    cause === 'residual' || harmless
      ? random.pick([random.range(0.55, 0.8, 0.01), random.range(1.25, 1.6, 0.01)])
      : 1;
  const turned = wrong === 1 ? 0 : random.range(-8, 8, 1);
  return {
    z1: [round(re * z1, 4), round(im * z1, 4)],
    k0: [round(abs(k0) * wrong, 3), round(arg_deg(k0) + turned, 1)],
  };
}

const NAMES = ['A', 'B', 'C'] as const;
/** The engineering code puts faults on a, or b and c; here they go round with their phase. */
const nameOf = (canonical: number, turn: number): string => NAMES[(canonical + turn) % 3] as string;

const phasor = (value: Complex, digits: number): Pair => {
  const magnitude = round(abs(value), digits);
  return magnitude === 0 ? [0, 0] : [magnitude, round(arg_deg(value), 2)];
};

function channelsOf(
  end: Channel['end'],
  { v, v_prefault, i, i_prefault }: EndHistory,
  { turn, angle_deg, saturation }: Recorder,
  random: Random,
): Channel[] {
  const clock = polar(1, angle_deg);
  const seen = (value: Complex, digits: number) => phasor(mul(value, clock), digits);
  const order = NAMES.map((name) => [0, 1, 2].find((p) => nameOf(p, turn) === name) as number);
  const of = (phases: Phases, p: number) => [phases.a, phases.b, phases.c][p] as Complex;
  const harmonic = (saturated: boolean) =>
    saturated ? random.range(17, 34, 0.1) : random.range(0.3, 2.6, 0.1);
  // The core of the residual current is another one, and does not saturate.
  const residual = { during: seen(sum(i.a, i.b, i.c), 4), before: [0, 0] as Pair };
  return [
    ...order.map(
      (p, n): Channel => ({
        end,
        name: `V${NAMES[n]}`,
        during: seen(of(v, p), 2),
        before: seen(of(v_prefault, p), 2),
        h2_percent: null,
      }),
    ),
    ...order.map((p, n): Channel => {
      const bad = p === 0 ? saturation : undefined;
      const current = of(i, p);
      return {
        end,
        name: `I${NAMES[n]}`,
        during: seen(bad ? mul(current, bad) : current, 4),
        before: seen(of(i_prefault, p), 4),
        h2_percent: harmonic(bad !== undefined),
      };
    }),
    { end, name: 'IN', ...residual, h2_percent: residual.during[0] === 0 ? 0 : harmonic(false) },
  ];
}
