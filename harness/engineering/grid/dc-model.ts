import { minimumDegree } from '../math/ordering.ts';
import { compress, type Triplets } from '../math/sparse.ts';
import { factorise, SingularMatrix } from '../math/sparse-lu.ts';
import type { Branch, Network } from './network.ts';
import { busIndex, type Island, islands, type LiveBranch, liveBranches, liveGenerators } from './topology.ts';

/**
 * Two common linear models of one network. *pm*: b = x/(r² + x²), turns ratios and phase shifts ignored (PowerModels'
 * DCPPowerModel). *mp*: b = 1/(x·tap), shifts kept (MATPOWER's makeBdc). Their flows and prices differ.
 */
export type DcConvention = 'pm' | 'mp';

export interface DcOptions {
  convention: DcConvention;
}

/** Series susceptance of a branch as a DC model has it, per unit, positive for an inductive branch. Infinite for mp with x = 0. */
export function branchSusceptance(branch: Branch, convention: DcConvention): number {
  const { r_pu: r, x_pu: x, tap } = branch;
  return convention === 'pm' ? x / (r * r + x * x) : 1 / (x * tap);
}

/** Phase shift of a branch as a DC model has it, rad: none under *pm*. */
export function branchShift(branch: Branch, convention: DcConvention): number {
  return convention === 'pm' ? 0 : (branch.shift_deg * Math.PI) / 180;
}

/** Gives bus angles for net injections: what PTDF and screening need again and again. */
export interface DcModel {
  network: Network;
  convention: DcConvention;
  live: LiveBranch[];
  islands: Island[];
  /** By position in `live`, per unit. */
  susceptance: Float64Array;
  shift_rad: Float64Array;
  /** The first slack of each bus's island, by bus; -1 where the bus is isolated or its island dead. */
  slackOfBus: Int32Array;
  /** Angles, rad, 0 at slack buses and dead ones, for net injections in per unit; injections at slacks do not matter. */
  angles(injection_pu: Float64Array): Float64Array;
}

function requireFinite({ branch, position }: LiveBranch, b: number): number {
  if (Number.isFinite(b) && b !== 0) return b;
  throw new RangeError(
    `branch ${position + 1} (${branch.from}-${branch.to}) has x = 0: a DC model gives it no finite susceptance other than 0`,
  );
}

/**
 * B' of the buses that are not slacks: B'ij = -bij, B'ii = Σ bij; factorised once. Islands need no care of their own:
 * every live island lacks its slack rows, so its block is regular.
 * @throws RangeError for a branch without reactance, and where negative reactances cancel
 */
export function dcModel(network: Network, { convention }: DcOptions): DcModel {
  const index = busIndex(network);
  const live = liveBranches(network, index);
  const parts = islands(network, live);
  const n = network.buses.length;
  const slackOfBus = new Int32Array(n).fill(-1);
  const slot = new Int32Array(n).fill(-1);
  const solved: number[] = [];
  for (const { buses, slacks } of parts) {
    if (slacks.length === 0) continue;
    const held = new Set(slacks);
    for (const bus of buses) {
      slackOfBus[bus] = slacks[0]!;
      if (!held.has(bus)) slot[bus] = solved.push(bus) - 1;
    }
  }
  const susceptance = Float64Array.from(live, (l) =>
    requireFinite(l, branchSusceptance(l.branch, convention)),
  );
  const factors = factoriseReduced(live, susceptance, slot, solved.length);
  return {
    network,
    convention,
    live,
    islands: parts,
    susceptance,
    shift_rad: Float64Array.from(live, (l) => branchShift(l.branch, convention)),
    slackOfBus,
    angles(injection_pu) {
      const reduced = factors.solve(Float64Array.from(solved, (bus) => injection_pu[bus]!));
      const va_rad = new Float64Array(n);
      solved.forEach((bus, k) => {
        va_rad[bus] = reduced[k]!;
      });
      return va_rad;
    },
  };
}

function factoriseReduced(live: readonly LiveBranch[], b: Float64Array, slot: Int32Array, size: number) {
  const entries: Triplets = { row: [], column: [], value: [] };
  const neighbours: number[][] = Array.from({ length: size }, () => []);
  const add = (row: number, column: number, value: number) => {
    entries.row.push(row);
    entries.column.push(column);
    entries.value.push(value);
  };
  live.forEach(({ from, to }, k) => {
    const [i, j] = [slot[from]!, slot[to]!];
    if (i >= 0) add(i, i, b[k]!);
    if (j >= 0) add(j, j, b[k]!);
    if (i < 0 || j < 0) return;
    add(i, j, -b[k]!);
    add(j, i, -b[k]!);
    neighbours[i]!.push(j);
    neighbours[j]!.push(i);
  });
  try {
    return factorise(compress(size, entries), minimumDegree(neighbours));
  } catch (error) {
    if (!(error instanceof SingularMatrix)) throw error;
    throw new RangeError('the DC model has no solution: reactances of opposite sign cancel', {
      cause: error,
    });
  }
}

/** Generation minus load minus shunt consumption at 1 p.u., by bus, MW; dead and isolated buses count 0. */
export function netInjections(model: DcModel, p_gen_mw: readonly number[]): Float64Array {
  const injection = new Float64Array(model.network.buses.length);
  for (const { position, bus } of liveGenerators(model.network)) injection[bus]! += p_gen_mw[position]!;
  model.network.buses.forEach((bus, i) => {
    injection[i] = model.slackOfBus[i]! < 0 ? 0 : injection[i]! - bus.p_load_mw - bus.g_shunt_mw;
  });
  return injection;
}

/** Angles and branch flows (by branch of the network) for net injections in MW. */
export function flowsOf(
  model: DcModel,
  injection_mw: Float64Array,
): { va_rad: Float64Array; p_from_mw: number[] } {
  const base = model.network.base_mva;
  const injection = injection_mw.map((p) => p / base);
  model.live.forEach(({ from, to }, k) => {
    const shifted = model.susceptance[k]! * model.shift_rad[k]!;
    injection[from]! += shifted;
    injection[to]! -= shifted;
  });
  const va_rad = model.angles(injection);
  const p_from_mw = model.network.branches.map(() => 0);
  model.live.forEach(({ from, to, position }, k) => {
    if (model.slackOfBus[from]! < 0) return;
    p_from_mw[position] = base * model.susceptance[k]! * (va_rad[from]! - va_rad[to]! - model.shift_rad[k]!);
  });
  return { va_rad, p_from_mw };
}
