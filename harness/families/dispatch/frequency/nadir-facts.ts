import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import {
  type LinearFrequencyModel,
  linearNadir,
  settledDeviation,
} from '../../../engineering/system/swing-closed-form.ts';

export const nadirParams = z.strictObject({ units: z.tuple([z.int().min(3).max(7), z.int().min(3).max(7)]) });
export type NadirParams = z.infer<typeof nadirParams>;

export interface NadirUnit {
  name: string;
  s_mva: number;
  /** On the unit's own rating. */
  h_s: number;
  p_rated_mw: number;
  /** Undefined for a machine without a governor in service. */
  droop_percent?: number;
  p_mw: number;
}

/** An islanded system that loses one of its units. */
export interface NadirFacts {
  f0_hz: number;
  units: NadirUnit[];
  tripped: string;
  load_mw: number;
  /** Per cent of load for a per cent of frequency. */
  damping_pu: number;
  governor_s: number;
  /** First stage of underfrequency load shedding: not to be reached. */
  threshold_hz: number;
}

const ATTEMPTS = 20_000;

/** A loss whose nadir would start load shedding, at 60 and at 50 Hz, though frequency would settle above it. */
export function drawNadir(params: NadirParams, random: Random): NadirFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts) && isTelling(localiseNadir(facts, 'zh'))) return facts;
  }
  throw new RangeError(`no telling loss in ${ATTEMPTS} draws`);
}

function drawOnce({ units: [fewest, most] }: NadirParams, random: Random): NadirFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const plain = random.int(0, count - 1);
  const units = Array.from({ length: count }, (_, i): NadirUnit => {
    const p_rated_mw = random.range(60, 300, 10);
    return {
      name: `G${i + 1}`,
      s_mva: Math.round(p_rated_mw * random.range(1.1, 1.25, 0.05)),
      h_s: random.range(2.5, 6, 0.1),
      p_rated_mw,
      ...(i === plain ? {} : { droop_percent: random.range(3.5, 6, 0.5) }),
      p_mw: Math.round(p_rated_mw * random.range(0.5, 0.8, 0.05)),
    };
  });
  const tripped = (units[(plain + random.int(1, count - 1)) % count] as NadirUnit).name;
  return {
    f0_hz: 60,
    units,
    tripped,
    load_mw: units.reduce((sum, { p_mw }) => sum + p_mw, 0),
    damping_pu: random.range(0.8, 2, 0.1),
    governor_s: random.range(3, 10, 0.5),
    threshold_hz: 59.3,
  };
}

export const lossOf = ({ units, tripped }: NadirFacts): number =>
  units.find(({ name }) => name === tripped)?.p_mw ?? 0;

export const stayingOn = ({ units, tripped }: NadirFacts): NadirUnit[] =>
  units.filter(({ name }) => name !== tripped);

/** MW/Hz of a governor: rating over droop times nominal frequency; 0 without one. */
const gain = ({ p_rated_mw, droop_percent }: NadirUnit, f0_hz: number): number =>
  droop_percent === undefined ? 0 : p_rated_mw / ((droop_percent / 100) * f0_hz);

/** MW·s that the machines store: Σ H S. */
export const kinetic = (units: readonly NadirUnit[]): number =>
  units.reduce((sum, { h_s, s_mva }) => sum + h_s * s_mva, 0);

const damping = ({ damping_pu, load_mw, f0_hz }: NadirFacts): number => (damping_pu * load_mw) / f0_hz;

/**
 * Of the units given, for the loss of the facts. Governors share one time constant, so together they are one governor
 * whose gain is the sum: the model is exact, no approximation.
 */
export function modelOf(facts: NadirFacts, units = stayingOn(facts)): LinearFrequencyModel {
  const base_mva = units.reduce((sum, { s_mva }) => sum + s_mva, 0);
  return {
    f0_hz: facts.f0_hz,
    base_mva,
    inertia_s: kinetic(units) / base_mva,
    damping_mw_per_hz: damping(facts),
    droop_mw_per_hz: units.reduce((sum, unit) => sum + gain(unit, facts.f0_hz), 0),
    t_s: facts.governor_s,
    loss_mw: lossOf(facts),
  };
}

function isTelling(facts: NadirFacts): boolean {
  const model = modelOf(facts);
  const low = linearNadir(model);
  if (!low || low.t_s > 12) return false;
  const { f0_hz, threshold_hz } = facts;
  const settled = f0_hz + settledDeviation(model);
  const overshoot = (f0_hz - low.nadir_hz) / (f0_hz - settled);
  const depth = (f0_hz - low.nadir_hz) / f0_hz;
  // Governors stay below their rating at the nadir and after, as the question says.
  const room = stayingOn(facts).every(
    (unit) => gain(unit, f0_hz) * 1.05 * (f0_hz - low.nadir_hz) < unit.p_rated_mw - unit.p_mw,
  );
  return room && overshoot > 1.2 && depth > 0.0175 && depth < 0.035 && settled > threshold_hz + 0.05;
}

/** The Chinese grid: 50 Hz and the usual first stage of load shedding. */
export function localiseNadir(facts: NadirFacts, lang: Lang): NadirFacts {
  return lang === 'en' ? facts : { ...facts, f0_hz: 50, threshold_hz: 49.25 };
}
