import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import { agcDispatch } from '../../../engineering/system/ace.ts';
import { type DroopShares, droopShares } from '../../../engineering/system/droop.ts';

export const areaParams = z.strictObject({
  units: z.tuple([z.int().min(3).max(6), z.int().min(3).max(6)]),
  /** With governor deadband, units that reach their maximum, and the AGC that follows. */
  agc: z.boolean(),
});
export type AreaParams = z.infer<typeof areaParams>;

export interface AreaUnit {
  name: string;
  p_rated_mw: number;
  droop_percent: number;
  /** Before the loss. */
  p_mw: number;
  /** Where AGC takes part; 0 for units outside it. */
  participation_percent: number;
  ramp_mw_per_min: number;
}

/** Area A, which loses generation, tied to a larger area B. */
export interface AreaFacts {
  f0_hz: number;
  deadband_hz: number;
  units: AreaUnit[];
  loss_mw: number;
  /** Load of A answering frequency, and all of B together. */
  damping_mw_per_hz: number;
  beta_b_mw_per_hz: number;
  /** Setting of A's control: K above 0 in MW/Hz; NERC's B is −K/10. */
  bias_mw_per_hz: number;
  /** Scheduled export of A. */
  scheduled_mw: number;
  agc_min: number;
  agc: boolean;
}

const ATTEMPTS = 3000;

/**
 * A loss after which every rule matters: without limits or deadband, with B left out or the other nominal frequency,
 * the deviation differs by over 3 %. Holds at 60 and at 50 Hz.
 */
export function drawArea(params: AreaParams, random: Random): AreaFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts) && isTelling(localiseArea(facts, 'zh'))) return facts;
  }
  throw new RangeError(`no telling loss in ${ATTEMPTS} draws`);
}

function drawOnce({ units: [fewest, most], agc }: AreaParams, random: Random): AreaFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const shares = participation(count, random);
  const tight = random.int(0, count - 1);
  const units = Array.from({ length: count }, (_, i): AreaUnit => {
    const p_rated_mw = random.range(150, 600, 50);
    const loading = agc && i === tight ? random.range(0.94, 0.98, 0.01) : random.range(0.55, 0.75, 0.05);
    return {
      name: `G${i + 1}`,
      p_rated_mw,
      droop_percent: random.range(3, 6, 0.5),
      p_mw: Math.round(p_rated_mw * loading),
      participation_percent: shares[i] as number,
      ramp_mw_per_min: random.range(5, 24, 1),
    };
  });
  const beta_b_mw_per_hz = random.range(500, 1600, 50);
  const rated = units.reduce((sum, { p_rated_mw }) => sum + p_rated_mw, 0);
  return {
    f0_hz: 60,
    deadband_hz: agc ? 0.036 : 0,
    units,
    loss_mw: Math.round((rated * random.range(0.12, 0.24, 0.01)) / 5) * 5,
    damping_mw_per_hz: random.range(15, 50, 5),
    beta_b_mw_per_hz,
    // Settings lie above what an area really gives, seldom below: an area that is set too low works against its governors.
    bias_mw_per_hz: Math.round((rated / (0.05 * 60)) * random.range(1.15, 1.6, 0.05)),
    scheduled_mw: random.range(-200, 200, 10),
    agc_min: random.int(4, 6),
    agc,
  };
}

/** Whole per cents that make 100; with four units or more, the last stays out of AGC. */
function participation(count: number, random: Random): number[] {
  const taking = count > 3 ? count - 1 : count;
  const parts = Array.from({ length: taking }, () => random.int(2, 5));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const shares = parts.map((part) => Math.round((part / total) * 20) * 5);
  shares[0] = 100 - shares.slice(1).reduce((sum, share) => sum + share, 0);
  return [...shares, ...Array.from({ length: count - taking }, () => 0)];
}

export const headroom = ({ p_rated_mw, p_mw }: AreaUnit): number => p_rated_mw - p_mw;

/** Where frequency settles: A's units on droop, A's load and all of B share the loss. */
export function settle(facts: AreaFacts, limits = true): DroopShares {
  return droopShares(
    facts.units.map((unit) => ({
      name: unit.name,
      p_rated_mw: unit.p_rated_mw,
      droop_pu: unit.droop_percent / 100,
      headroom_mw: limits ? headroom(unit) : Number.POSITIVE_INFINITY,
      footroom_mw: unit.p_mw,
      deadband_hz: facts.deadband_hz,
    })),
    facts.loss_mw,
    { f0_hz: facts.f0_hz, damping_mw_per_hz: facts.damping_mw_per_hz + facts.beta_b_mw_per_hz },
  );
}

/** What AGC adds to each unit, beyond what its governor gave. */
export function corrections(facts: AreaFacts, ace_mw: number, primary_mw: readonly number[]): number[] {
  const units = facts.units.map((unit, i) => ({
    name: unit.name,
    p_mw: unit.p_mw + (primary_mw[i] as number),
    p_min_mw: 0,
    p_max_mw: unit.p_rated_mw,
    ramp_mw_per_min: unit.ramp_mw_per_min,
    participation: unit.participation_percent / 100,
  }));
  const after = agcDispatch(units, ace_mw, facts.agc_min);
  return after.p_mw.map((p, i) => p - (units[i]?.p_mw as number));
}

function isTelling(facts: AreaFacts): boolean {
  const { df_hz, limited, uncovered_mw } = settle(facts);
  if (uncovered_mw !== 0 || df_hz > -0.06 || df_hz < -0.4) return false;
  if (facts.units.some(({ participation_percent: share }, i) => i < facts.units.length - 1 && share < 5))
    return false;
  const apart = (other: DroopShares) => Math.abs(other.df_hz / df_hz - 1) > 0.03;
  const ties = Math.abs(facts.bias_mw_per_hz / facts.beta_b_mw_per_hz - 1) > 0.1;
  // With a bias equal to what A really gives, the ACE is the loss itself, and guessing it would do.
  const ace = (facts.beta_b_mw_per_hz + facts.bias_mw_per_hz) * df_hz;
  if (Math.abs(ace / facts.loss_mw + 1) < 0.04) return false;
  if (!ties || !apart(settle({ ...facts, damping_mw_per_hz: 0 }))) return false;
  if (!facts.agc) return limited.length === 0;
  if (limited.length === 0 || facts.units.length - limited.length < 2) return false;
  return (
    apart(settle(facts, false)) && apart(settle({ ...facts, deadband_hz: 0 })) && rampsCount(facts, df_hz)
  );
}

/** Whether AGC by participation alone would ask for what some unit cannot give, and not of all of them. */
function rampsCount(facts: AreaFacts, df_hz: number): boolean {
  const ace = (facts.beta_b_mw_per_hz + facts.bias_mw_per_hz) * df_hz;
  const given = corrections(facts, ace, settle(facts).shares_mw);
  const off = facts.units.filter(
    ({ participation_percent: share }, i) =>
      Math.abs((given[i] as number) + (ace * share) / 100) > 0.05 * Math.abs(ace),
  );
  const total = given.reduce((sum, p) => sum + p, 0);
  return off.length > 0 && total > -0.7 * ace;
}

/** The Chinese grid: 50 Hz and its usual deadband of governors. */
export function localiseArea(facts: AreaFacts, lang: Lang): AreaFacts {
  if (lang === 'en') return facts;
  return { ...facts, f0_hz: 50, deadband_hz: facts.agc ? 0.033 : 0 };
}
