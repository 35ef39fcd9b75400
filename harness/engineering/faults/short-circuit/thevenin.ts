import {
  addTo,
  type Complex,
  complex,
  complexMatrix,
  div,
  factor,
  inverse,
  inverseColumn,
  scale,
  ZERO,
} from '../../math/complex.ts';
import type { Branch } from './impedances.ts';

/** How to read the branches: which resistance, and at what fraction of the frequency the reactances are taken. */
export interface Reading {
  resistance: 'real' | 'peak';
  frequency_ratio: number;
}

export const AT_RATED: Reading = { resistance: 'real', frequency_ratio: 1 };

export const impedanceOf = (branch: Branch, { resistance, frequency_ratio }: Reading): Complex =>
  complex(resistance === 'peak' ? branch.r_peak_ohm : branch.r_ohm, branch.x_ohm * frequency_ratio);

export interface Thevenin {
  /** Z_k, ohms at the fault's voltage level. */
  z: Complex;
  /** Z_ik of every node i reached from the fault, ohms: the fault's column of the bus impedance matrix. */
  transfer: ReadonlyMap<string, Complex>;
}

/**
 * The short-circuit impedance at a node by the nodal admittance matrix in siemens, transformers with their rated
 * ratio (equivalent-voltage-source method: all sources short-circuited, loads and shunts left out).
 * Only the part of the network connected to the fault is solved, so that islands elsewhere cannot spoil it.
 * @throws RangeError where no source is connected to the fault
 */
export function thevenin(branches: readonly Branch[], at: string, reading: Reading = AT_RATED): Thevenin {
  if (!isFed(branches, at)) throw new RangeError(`no source feeds "${at}"`);
  const nodes = connected(branches, at);
  const index = new Map(nodes.map((node, i) => [node, i]));
  const y = complexMatrix(nodes.length);
  for (const branch of branches) {
    const from = index.get(branch.from);
    if (from === undefined) continue;
    const admittance = inverse(impedanceOf(branch, reading));
    addTo(y, from, from, admittance);
    if (branch.to === undefined) continue;
    const to = index.get(branch.to)!;
    addTo(y, to, to, scale(admittance, branch.ratio ** 2));
    addTo(y, from, to, scale(admittance, -branch.ratio));
    addTo(y, to, from, scale(admittance, -branch.ratio));
  }
  const column = inverseColumn(factor(y), index.get(at)!);
  return { z: column[index.get(at)!]!, transfer: new Map(nodes.map((node, i) => [node, column[i]!])) };
}

/** Whether a node is connected with a source, or in zero sequence with earth. */
export function isFed(branches: readonly Branch[], at: string): boolean {
  const nodes = new Set(connected(branches, at));
  return branches.some((b) => b.to === undefined && nodes.has(b.from));
}

function connected(branches: readonly Branch[], start: string): string[] {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of branches) {
    if (to === undefined) continue;
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const seen = new Set([start]);
  for (const node of seen) for (const next of neighbours.get(node) ?? []) seen.add(next);
  return [...seen];
}

/** Share of a source (a branch without `to`) of the fault current, as measured at its own node, per ampere of fault current. */
export function sourceShare(branch: Branch, { transfer }: Thevenin, reading: Reading = AT_RATED): Complex {
  const z = transfer.get(branch.from);
  return z ? div(z, impedanceOf(branch, reading)) : ZERO;
}
