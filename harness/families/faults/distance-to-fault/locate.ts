import { synchronisedMethod } from '../../../engineering/faults/location/double-ended.ts';
import {
  type EndRecord,
  type FaultRecord,
  quadrature,
  shiftClock,
} from '../../../engineering/faults/location/line-fault.ts';
import {
  faultLoop,
  type LineSettings,
  reactanceMethod,
  superposed,
  takagiMethod,
} from '../../../engineering/faults/location/single-ended.ts';
import { type Phases, toSequence } from '../../../engineering/faults/short-circuit/symmetrical.ts';
import {
  add,
  arg_deg,
  type Complex,
  complex,
  div,
  mul,
  polar,
  scale,
  sub,
  sum,
} from '../../../engineering/math/complex.ts';
import type { DistanceToFaultFacts, Method, Pair } from './facts.ts';

type Facts = DistanceToFaultFacts;

export interface Location {
  /** By the named method, the locator's settings and what S recorded. */
  single_km: number;
  /** By both ends, what is wrong put right first. */
  true_km: number;
  /** By both ends as recorded, with the locator's Z1: what is wrong left in. */
  naive_km: number;
  /** Angle by which R's clock is ahead, from the currents before the fault. */
  clock_deg: number;
}

export function solveLocation(facts: Facts): Location {
  const record = recordOf(facts);
  const clock_deg = clockDifference(record);
  return {
    single_km: singleEnded(facts),
    true_km: bothEnds(facts, { restore: true, synchronise: true, z1: facts.tested.z1 }),
    naive_km: bothEnds(facts, { restore: false, synchronise: false, z1: facts.settings.z1 }),
    clock_deg,
  };
}

const polarOf = ([magnitude, angle]: Pair): Complex => polar(magnitude, angle);
const ohms = ([r, x]: Pair): Complex => complex(r, x);

/** What someone takes for the locator's settings, by the kilometre. */
export interface Used {
  z1: Complex;
  k0: Complex;
}
export const setIn = ({ settings }: Facts): Used => ({ z1: ohms(settings.z1), k0: polarOf(settings.k0) });
export const testedIn = ({ tested }: Facts): Used => {
  const [z1, z0] = [ohms(tested.z1), ohms(tested.z0)];
  return { z1, k0: div(sub(z0, z1), scale(z1, 3)) };
};

function lineOf({ length_km }: Facts, { z1, k0 }: Used): LineSettings {
  const z1_ohm = scale(z1, length_km);
  return { length_km, z1_ohm, z0_ohm: mul(z1_ohm, add(complex(1), scale(k0, 3))) };
}

export function singleEnded(facts: Facts, method: Method = facts.method, used: Used = setIn(facts)): number {
  const { s, type } = recordOf(facts);
  return (method === 'reactance' ? reactanceMethod : takagiMethod)(s, type, lineOf(facts, used)).distance_km;
}

/**
 * By the named method with the tested line, the restored current and the parallel circuit's residual current in the
 * loop (Z0m/(3·Z1)·3I0p): what is left of the error is the fault's resistance, which one end cannot see apart.
 */
export function repairedKm(facts: Facts): number {
  const { type, parallel, method, length_km } = facts;
  const { s } = recordOf(facts, true);
  const { z1, k0 } = testedIn(facts);
  const loop = faultLoop(type, s.v, s.i, k0);
  const coupled =
    parallel && type === 'LG'
      ? mul(div(ohms(parallel.z0m), scale(z1, 3)), polarOf(parallel.residual))
      : complex(0);
  const i = add(loop.i, coupled);
  if (method === 'reactance') return div(loop.v, i).im / z1.im;
  const by = superposed(s, type);
  const km = quadrature(loop.v, by) / quadrature(mul(z1, i), by);
  return Math.min(2 * length_km, Math.max(-length_km, km));
}

export interface BothEnds {
  /** The faulted phase's current at S from its residual core, less the sound phases: what a saturated transformer hides. */
  restore: boolean;
  synchronise: boolean;
  z1: Pair;
}

export function bothEnds(facts: Facts, { restore, synchronise, z1 }: BothEnds): number {
  const record = recordOf(facts, restore);
  const r = synchronise ? shiftClock(record.r, -clockDifference(record)) : record.r;
  return synchronisedMethod({ ...record, r }, lineOf(facts, { z1: ohms(z1), k0: complex(0) })).distance_km;
}

/** The line has no charging, so what enters at S before the fault leaves at R: any other angle is the clocks'. */
function clockDifference({ s, r }: FaultRecord): number {
  const [at, far] = [toSequence(s.i_prefault).positive, toSequence(r.i_prefault).positive];
  return arg_deg(div(scale(far, -1), at));
}

/** The record with the fault on a, or on b and c, as the engineering code has it. */
export function recordOf(facts: Facts, restore = false): FaultRecord {
  const { type, phases, channels } = facts;
  const names = ['A', 'B', 'C'];
  // b and c are the faulted ones of LL and LLG, a that of LG.
  const start =
    type === 'LG'
      ? names.indexOf(phases[0] as string)
      : type === '3ph'
        ? 0
        : (names.indexOf(phases[0] as string) + 2) % 3;
  const channel = (end: string, name: string) => channels.find((row) => row.end === end && row.name === name);
  const three = (end: string, kind: string, when: 'during' | 'before'): Phases => {
    const [a, b, c] = [0, 1, 2].map((p) => {
      const row = channel(end, `${kind}${names[(start + p) % 3]}`);
      return polarOf(row?.[when] as Pair);
    }) as [Complex, Complex, Complex];
    return { a, b, c };
  };
  const ended = (end: string): EndRecord => ({
    v: three(end, 'V', 'during'),
    i: three(end, 'I', 'during'),
    i_prefault: three(end, 'I', 'before'),
  });
  const s = ended('S');
  const residual = polarOf(channel('S', 'IN')?.during as Pair);
  if (restore && type === 'LG') s.i = { ...s.i, a: sub(residual, add(s.i.b, s.i.c)) };
  return { type, s, r: ended('R') };
}

/** Residual current of S by its own core, and as the sum of the phases. */
export function residuals(facts: Facts): { own: Complex; summed: Complex } {
  const { s } = recordOf(facts);
  const row = facts.channels.find(({ end, name }) => end === 'S' && name === 'IN');
  return { own: polarOf(row?.during as Pair), summed: sum(s.i.a, s.i.b, s.i.c) };
}
