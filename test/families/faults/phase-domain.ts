import {
  abs,
  add,
  addTo,
  type Complex,
  complex,
  complexMatrix,
  factor,
  inverse,
  mul,
  polar,
  scale,
  solve,
  sub,
  ZERO,
} from '../../../harness/engineering/math/complex.ts';
import type {
  ElementRow,
  SequenceQuantitiesFacts,
} from '../../../harness/families/faults/sequence-quantities/facts.ts';

type Facts = SequenceQuantitiesFacts;
/** Nodes with a factor each: the two or three terminals that a winding pair's voltage drop is made of. */
type Ends = readonly (readonly [node: number, turns: number])[];

const PHASES = [0, 1, 2];
/** Of bolted joints, per unit. */
const METAL = 1e8;
/** A floating delta has no voltage to earth at all without the stray capacitance every winding has. */
const STRAY = 2e-6;

/**
 * The same network conductor by conductor: every phase of every bus a node, sources and lines as coupled 3×3
 * admittances, the transformer as three pairs of windings whose ends are soldered where its vector group says, the fault
 * as resistors. Nothing here knows of sequence networks, of their joining, or of a turn of currents by 30°.
 */
export function phaseDomain(facts: Facts) {
  const names = facts.buses.map(({ name }) => name);
  const kv = (bus: string) => facts.buses.find(({ name }) => name === bus)?.un_kv ?? 0;
  const node = (bus: string, phase: number) => 3 * names.indexOf(bus) + (phase % 3);
  const [neutral, joint] = [3 * names.length, 3 * names.length + 1];
  const y = complexMatrix(joint + 1);
  const emf: Complex[] = Array.from({ length: joint + 1 }, () => ZERO);
  const tie = (i: number, j: number | null, siemens: number) => {
    addTo(y, i, i, complex(siemens));
    if (j === null) return;
    addTo(y, j, j, complex(siemens));
    addTo(y, i, j, complex(-siemens));
    addTo(y, j, i, complex(-siemens));
  };
  for (let i = 0; i <= joint; i++) tie(i, null, STRAY);

  const t = facts.elements.find(({ kind }) => kind === 'transformer') as ElementRow;
  const line = facts.elements.find(({ kind }) => kind === 'line') as ElementRow;
  const isLow = (bus: string) => bus === t.to || (line.from === t.to && bus === line.to);
  const clock = Number(/\d+$/.exec(facts.vector_group)?.[0]);
  for (const row of facts.elements.filter(({ kind }) => kind !== 'transformer')) {
    const m = phaseMatrix(row);
    const side = Number(isLow(facts.fault_bus)) - Number(isLow(row.from));
    for (const p of PHASES)
      for (const q of PHASES) {
        const value = m[p]?.[q] as Complex;
        addTo(y, node(row.from, p), node(row.from, q), value);
        if (row.to === null) {
          const e = polar(facts.prefault_pu, side * 30 * clock - 120 * q);
          emf[node(row.from, p)] = add(emf[node(row.from, p)] as Complex, mul(value, e));
          continue;
        }
        addTo(y, node(row.to, p), node(row.to, q), value);
        addTo(y, node(row.from, p), node(row.to, q), scale(value, -1));
        addTo(y, node(row.to, p), node(row.from, q), scale(value, -1));
      }
  }

  const windings = PHASES.map((k) => endsOf(facts, t, k, node, neutral));
  const leakage = (k: number, l: number) => coupled(t, k === l);
  for (const k of PHASES)
    for (const l of PHASES)
      for (const [i, a] of windings[k] as Ends)
        for (const [j, b] of windings[l] as Ends) addTo(y, i, j, scale(leakage(k, l), a * b));
  const zLow = kv(t.to as string) ** 2 / facts.s_base_mva;
  tie(neutral, null, facts.neutral_ohm > 0 ? zLow / facts.neutral_ohm : METAL);

  const { type, r_ohm } = facts.fault;
  const r = r_ohm > 0 ? kv(facts.fault_bus) ** 2 / facts.s_base_mva / r_ohm : METAL;
  const odd = ['a', 'b', 'c'].indexOf(facts.fault.phase);
  const pair = PHASES.filter((phase) => phase !== odd).map((phase) => node(facts.fault_bus, phase)) as [
    number,
    number,
  ];
  if (type === 'LG') tie(node(facts.fault_bus, odd), null, r);
  if (type === 'LL') tie(pair[0], pair[1], r);
  if (type === 'LLG') {
    for (const phase of pair) tie(phase, joint, METAL);
    tie(joint, null, r);
  }

  const v = solve(factor(y), emf);
  const base_ka = (bus: string) => facts.s_base_mva / (Math.sqrt(3) * kv(bus));
  const intoTransformer = (at: number) => {
    let total = ZERO;
    for (const k of PHASES)
      for (const [i, a] of windings[k] as Ends)
        if (i === at)
          for (const l of PHASES)
            for (const [j, b] of windings[l] as Ends)
              total = add(total, scale(mul(leakage(k, l), v[j] as Complex), a * b));
    return total;
  };
  const intoFault = (phase: number) => {
    const at = v[node(facts.fault_bus, phase)] as Complex;
    if (type === 'LG') return phase === odd ? scale(at, r) : ZERO;
    if (phase === odd) return ZERO;
    const other = pair.find((i) => i !== node(facts.fault_bus, phase)) as number;
    return type === 'LL'
      ? scale(sub(at, v[other] as Complex), r)
      : scale(sub(at, v[joint] as Complex), METAL);
  };
  const farV = PHASES.map((phase) => v[node(facts.far_bus, phase)] as Complex);
  return {
    fault_ka: PHASES.map((phase) => scale(intoFault(phase), base_ka(facts.fault_bus))),
    far_ka: PHASES.map((phase) => scale(intoTransformer(node(facts.far_bus, phase)), base_ka(facts.far_bus))),
    far_kv: PHASES.map(
      (p) => (abs(sub(farV[p] as Complex, farV[(p + 1) % 3] as Complex)) * kv(facts.far_bus)) / Math.sqrt(3),
    ),
  };
}

/** Admittances between the phases of an element, from what each sequence sees: a circulant written out. */
function phaseMatrix({ z0_pu, z1_pu, z2_pu }: ElementRow): Complex[][] {
  const y0 = z0_pu ? inverse(complex(...z0_pu)) : ZERO;
  const [y1, y2] = [inverse(complex(...z1_pu)), inverse(complex(...z2_pu))];
  const at = (k: number) =>
    scale(add(y0, add(mul(polar(1, -120 * k), y1), mul(polar(1, 120 * k), y2))), 1 / 3);
  return PHASES.map((p) => PHASES.map((q) => at(p - q)));
}

/** Leakage of a winding pair on its own, and what couples it to the others where Z0 is not Z1. */
function coupled(t: ElementRow, own: boolean): Complex {
  const [y1, y0] = [inverse(complex(...t.z1_pu)), inverse(complex(...(t.z0_pu as [number, number])))];
  const mutual = scale(sub(y0, y1), 1 / 3);
  return own ? add(y1, mutual) : mutual;
}

/**
 * Where winding pair k is soldered: its star winding from phase k to the neutral, its delta winding between the two
 * terminals whose voltage is in phase with it. Seen from the star, the delta lags by 30° where it lies from a to b.
 */
function endsOf(
  { vector_group }: Facts,
  t: ElementRow,
  k: number,
  node: (bus: string, phase: number) => number,
  neutral: number,
): Ends {
  const low = t.to as string;
  if (vector_group === 'YNyn0')
    return [
      [node(t.from, k), 1],
      [node(low, k), -1],
    ];
  const starHigh = vector_group.startsWith('Y');
  const [star, delta] = starHigh ? [t.from, low] : [low, t.from];
  const clock = Number(/\d+$/.exec(vector_group)?.[0]);
  const lag = starHigh ? clock : 12 - clock;
  const [plus, minus] = ({ 1: [k, k + 1], 5: [k + 2, k], 7: [k + 1, k], 11: [k, k + 2] } as const)[
    lag as 1 | 5 | 7 | 11
  ];
  const turns = 1 / Math.sqrt(3);
  return [
    [node(star, k), 1],
    [neutral, -1],
    [node(delta, plus), -turns],
    [node(delta, minus), turns],
  ];
}
