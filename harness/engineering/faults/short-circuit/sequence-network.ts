import {
  add,
  addTo,
  type Complex,
  complexMatrix,
  factor,
  inverse,
  inverseColumn,
  scale,
  ZERO,
} from '../../math/complex.ts';
import { parseVectorGroup, zeroSequencePath, zeroSequenceSign } from './vector-group.ts';

/**
 * A network in per unit on one base, in sequence components. No load before the fault: every electromotive force is
 * 1 p.u. and in phase, but for the turns of vector groups. Shunts and mutual coupling of circuits are left out.
 */
export interface SequenceNetwork {
  buses: string[];
  elements: SequenceElement[];
}

export interface SequenceSource {
  kind: 'source';
  name: string;
  bus: string;
  z1_pu: Complex;
  /** As z1 where absent. */
  z2_pu?: Complex;
  /** Absent: the neutral is not earthed. */
  z0_pu?: Complex;
  /** In the neutral; counts three times. */
  zn_pu?: Complex;
}

export interface SequenceLine {
  kind: 'line';
  name: string;
  from: string;
  to: string;
  z1_pu: Complex;
  z0_pu: Complex;
}

export interface SequenceTransformer {
  kind: 'transformer';
  name: string;
  hv: string;
  lv: string;
  z1_pu: Complex;
  /** As z1 where absent. */
  z0_pu?: Complex;
  vector_group: string;
  zn_hv_pu?: Complex;
  zn_lv_pu?: Complex;
}

export type SequenceElement = SequenceSource | SequenceLine | SequenceTransformer;
export type SequenceName = 'zero' | 'positive' | 'negative';

/** One admittance of a sequence network; `to` absent means earth. */
export interface SequenceBranch {
  element: SequenceElement;
  from: string;
  to?: string;
  z: Complex;
}

/** What of each element stands in one sequence's network. */
export function sequenceBranches(network: SequenceNetwork, which: SequenceName): SequenceBranch[] {
  return network.elements.flatMap((element) => elementBranch(element, which));
}

function elementBranch(element: SequenceElement, which: SequenceName): SequenceBranch[] {
  if (element.kind === 'source') return sourceBranch(element, which);
  if (element.kind === 'line') {
    const z = which === 'zero' ? element.z0_pu : element.z1_pu;
    return [{ element, from: element.from, to: element.to, z }];
  }
  if (which === 'zero') return zeroOfTransformer(element);
  return [{ element, from: element.hv, to: element.lv, z: element.z1_pu }];
}

function sourceBranch(source: SequenceSource, which: SequenceName): SequenceBranch[] {
  const [element, from] = [source, source.bus];
  if (which === 'positive') return [{ element, from, z: source.z1_pu }];
  if (which === 'negative') return [{ element, from, z: source.z2_pu ?? source.z1_pu }];
  return source.z0_pu ? [{ element, from, z: add(source.z0_pu, scale(source.zn_pu ?? ZERO, 3)) }] : [];
}

function zeroOfTransformer(t: SequenceTransformer): SequenceBranch[] {
  const z = t.z0_pu ?? t.z1_pu;
  const [hv3, lv3] = [scale(t.zn_hv_pu ?? ZERO, 3), scale(t.zn_lv_pu ?? ZERO, 3)];
  switch (zeroSequencePath(parseVectorGroup(t.vector_group))) {
    case 'through':
      return [{ element: t, from: t.hv, to: t.lv, z: add(z, add(hv3, lv3)) }];
    case 'hv-earth':
      return [{ element: t, from: t.hv, z: add(z, hv3) }];
    case 'lv-earth':
      return [{ element: t, from: t.lv, z: add(z, lv3) }];
    case 'none':
      return [];
  }
}

export interface SequenceColumn {
  /** Z_ik of every bus in the fault's part of this sequence network; the driving-point impedance is that of the bus itself. */
  transfer: ReadonlyMap<string, Complex>;
  /** Whether that part has a path to earth; without one no current of this sequence can flow. */
  earthed: boolean;
}

/** The fault's column of one sequence's bus impedance matrix. */
export function sequenceColumn(branches: readonly SequenceBranch[], at: string): SequenceColumn {
  const nodes = reached(branches, at);
  const index = new Map(nodes.map((node, i) => [node, i]));
  if (!branches.some((b) => b.to === undefined && index.has(b.from)))
    return { transfer: new Map(nodes.map((node) => [node, ZERO])), earthed: false };
  const y = complexMatrix(nodes.length);
  for (const { from, to, z } of branches) {
    const i = index.get(from);
    if (i === undefined) continue;
    const admittance = inverse(z);
    addTo(y, i, i, admittance);
    if (to === undefined) continue;
    const j = index.get(to)!;
    addTo(y, j, j, admittance);
    addTo(y, i, j, scale(admittance, -1));
    addTo(y, j, i, scale(admittance, -1));
  }
  const column = inverseColumn(factor(y), index.get(at)!);
  return { transfer: new Map(nodes.map((node, i) => [node, column[i]!])), earthed: true };
}

function reached(branches: readonly SequenceBranch[], start: string): string[] {
  const seen = new Set([start]);
  for (const node of seen)
    for (const { from, to } of branches) {
      if (to === undefined) continue;
      if (from === node) seen.add(to);
      if (to === node) seen.add(from);
    }
  return [...seen];
}

function checkBuses(network: SequenceNetwork): void {
  for (const e of network.elements) {
    const ends = e.kind === 'source' ? [e.bus] : e.kind === 'line' ? [e.from, e.to] : [e.hv, e.lv];
    for (const bus of ends)
      if (!network.buses.includes(bus))
        throw new RangeError(`${e.name} stands at bus "${bus}", which is not listed`);
  }
}

/** How a bus's quantities stand to those of the first bus of its part, because of the vector groups between. */
export interface BusTurn {
  /** Degrees by which its positive sequence leads before the fault; negative sequence turns the other way. */
  shift_deg: number;
  /** Sign of its zero sequence, over the transformers that let it through. */
  zero: 1 | -1;
}

interface Link {
  name: string;
  a: string;
  b: string;
  turn_deg: number;
  /** Sign of zero sequence from a to b; null where it does not pass. */
  zero: 1 | -1 | null;
}

function linksOf(network: SequenceNetwork): Link[] {
  return network.elements.flatMap((e): Link[] => {
    if (e.kind === 'source') return [];
    if (e.kind === 'line') return [{ a: e.from, b: e.to, turn_deg: 0, zero: 1, name: e.name }];
    const group = parseVectorGroup(e.vector_group);
    const zero = zeroSequencePath(group) === 'through' ? zeroSequenceSign(group) : null;
    return [{ a: e.hv, b: e.lv, turn_deg: -30 * group.clock, zero, name: e.name }];
  });
}

/**
 * Turns of every bus by the clocks of the transformers between.
 * @throws RangeError where a loop of vector groups does not close, or an element stands at an unlisted bus
 */
export function busTurns(network: SequenceNetwork): Map<string, BusTurn> {
  checkBuses(network);
  const links = linksOf(network);
  const shifts = spread(
    network.buses,
    links,
    (here, { turn_deg }, forward) => here + (forward ? turn_deg : -turn_deg),
  );
  for (const { a, b, turn_deg, name } of links)
    if ((shifts.get(a)! + turn_deg - shifts.get(b)!) % 360 !== 0)
      throw new RangeError(`the vector groups of the loop through ${name} do not close`);
  // Apart from the shifts: zero sequence goes fewer ways, and a sign must not come round by one it cannot take.
  const passing = links.filter((link) => link.zero !== null);
  const signs = spread(network.buses, passing, (here, { zero }) => (zero === -1 ? here + 1 : here));
  return new Map(
    network.buses.map((bus) => [
      bus,
      { shift_deg: shifts.get(bus)!, zero: signs.get(bus)! % 2 === 0 ? 1 : -1 },
    ]),
  );
}

/** A number for every bus, 0 at the first of each connected part and stepped along the links, breadth first. */
function spread(
  buses: readonly string[],
  links: readonly Link[],
  step: (here: number, link: Link, forward: boolean) => number,
): Map<string, number> {
  const values = new Map<string, number>();
  for (const root of buses) {
    if (values.has(root)) continue;
    values.set(root, 0);
    const queue = [root];
    for (const bus of queue)
      for (const link of links) {
        if (link.a !== bus && link.b !== bus) continue;
        const other = link.a === bus ? link.b : link.a;
        if (values.has(other)) continue;
        values.set(other, step(values.get(bus)!, link, link.a === bus));
        queue.push(other);
      }
  }
  return values;
}
