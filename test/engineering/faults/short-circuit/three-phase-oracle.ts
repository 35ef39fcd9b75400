import type { FaultAt } from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import type {
  BusTurn,
  SequenceNetwork,
  SequenceSource,
  SequenceTransformer,
} from '../../../../harness/engineering/faults/short-circuit/sequence-network.ts';
import {
  addTo,
  type Complex,
  type ComplexMatrix,
  complexMatrix,
  factor,
  inverse,
  mul,
  polar,
  scale,
  solve,
  sub,
  sum,
  ZERO,
} from '../../../../harness/engineering/math/complex.ts';

const EARTH = 'earth';
/** Stands for a fault without impedance, here and in what is compared: a stiffer one would drown the leak in rounding. */
export const NEARLY_BOLTED: Complex = { re: 1e-5, im: 0 };
/** So small that it decides nothing but the potential of parts that float, in p.u. */
const LEAK = 1e-7;

const TURN = [polar(1, 0), polar(1, 120), polar(1, -120)];

/** Phase matrix of an element with sequence values s0, s1, s2: (1/3)·A·diag·A⁻¹ written out. */
function phaseMatrix(s0: Complex, s1: Complex, s2: Complex): Complex[][] {
  return [0, 1, 2].map((m) =>
    [0, 1, 2].map((k) =>
      scale(
        // Row m of A holds a^(−m) for positive and a^(m) for negative sequence.
        sum(s0, mul(s1, TURN[(((k - m) % 3) + 3) % 3]!), mul(s2, TURN[(((m - k) % 3) + 3) % 3]!)),
        1 / 3,
      ),
    ),
  );
}

/** Nodal equations of the whole network in phase quantities: windings, neutrals and faults as they are wired. */
export class ThreePhaseNetwork {
  readonly matrix: ComplexMatrix;
  readonly injection: Complex[];
  private readonly nodes = new Map<string, number>();

  constructor(network: SequenceNetwork, fault?: FaultAt, turns?: Map<string, BusTurn>) {
    for (const bus of network.buses) for (const p of 'abc') this.node(`${bus}.${p}`);
    for (const e of network.elements)
      if (e.kind === 'transformer') for (const side of ['hv', 'lv']) this.node(`${e.name}.${side}`);
    this.node('fault');
    this.matrix = complexMatrix(this.nodes.size);
    this.injection = Array.from({ length: this.nodes.size }, () => ZERO);
    // Star points leak far less than lines, as their stray capacitance does: they follow their windings.
    for (const [name, i] of this.nodes)
      addTo(this.matrix, i, i, {
        re: name.includes('.hv') || name.includes('.lv') ? LEAK * 1e-6 : LEAK,
        im: 0,
      });
    for (const e of network.elements) {
      if (e.kind === 'source') this.source(e, turns?.get(e.bus)?.shift_deg ?? 0);
      else if (e.kind === 'transformer') this.transformer(e);
      else {
        const y = phaseMatrix(inverse(e.z0_pu), inverse(e.z1_pu), inverse(e.z1_pu));
        this.block(y, e.from, e.to);
      }
    }
    if (fault) this.fault(fault);
  }

  private node(name: string): number {
    const known = this.nodes.get(name);
    if (known !== undefined) return known;
    this.nodes.set(name, this.nodes.size);
    return this.nodes.size - 1;
  }

  private connect(a: string, b: string | null, y: Complex): void {
    const i = this.node(a);
    addTo(this.matrix, i, i, y);
    if (b === null) return;
    const j = this.node(b);
    addTo(this.matrix, j, j, y);
    addTo(this.matrix, i, j, scale(y, -1));
    addTo(this.matrix, j, i, scale(y, -1));
  }

  private block(y: Complex[][], from: string, to: string | null): void {
    for (let m = 0; m < 3; m++)
      for (let k = 0; k < 3; k++) {
        const [fm, fk] = [this.node(`${from}.${'abc'[m]}`), this.node(`${from}.${'abc'[k]}`)];
        addTo(this.matrix, fm, fk, y[m]![k]!);
        if (to === null) continue;
        const [tm, tk] = [this.node(`${to}.${'abc'[m]}`), this.node(`${to}.${'abc'[k]}`)];
        addTo(this.matrix, tm, tk, y[m]![k]!);
        addTo(this.matrix, fm, tk, scale(y[m]![k]!, -1));
        addTo(this.matrix, tm, fk, scale(y[m]![k]!, -1));
      }
  }

  private source(e: SequenceSource, angle_deg: number): void {
    const y0 = e.z0_pu ? inverse(sum(e.z0_pu, scale(e.zn_pu ?? ZERO, 3))) : ZERO;
    const y = phaseMatrix(y0, inverse(e.z1_pu), inverse(e.z2_pu ?? e.z1_pu));
    this.block(y, e.bus, null);
    for (let m = 0; m < 3; m++)
      for (let k = 0; k < 3; k++) {
        const i = this.node(`${e.bus}.${'abc'[m]}`);
        this.injection[i] = sum(this.injection[i]!, mul(y[m]![k]!, polar(1, angle_deg - 120 * k)));
      }
  }

  /** Three single-phase units, each a leakage admittance between two windings, wired as the vector group says. */
  private transformer(t: SequenceTransformer): void {
    const [, hv, lv, clock] = /^(YN|Y|D)(yn|y|d)(\d+)$/.exec(t.vector_group)!;
    const neutral = (side: 'hv' | 'lv', winding: string, zn: Complex | undefined): string => {
      if (winding !== 'yn') return `${t.name}.${side}`;
      if (!zn) return EARTH;
      this.connect(`${t.name}.${side}`, null, inverse(zn));
      return `${t.name}.${side}`;
    };
    const [hvNeutral, lvNeutral] = [
      neutral('hv', hv!.toLowerCase(), t.zn_hv_pu),
      neutral('lv', lv!, t.zn_lv_pu),
    ];
    const { leg, sign } = wiring(hv === 'D', lv === 'd', Number(clock));
    for (let k = 0; k < 3; k++) {
      const high = ends(t.hv, hvNeutral, hv === 'D', k, 1);
      // The low-voltage winding that belongs to terminal m sits on leg m + leg.
      const low = ends(t.lv, lvNeutral, lv === 'd', (((k - leg) % 3) + 3) % 3, sign);
      this.coupled(high, low, hv === 'D' ? Math.sqrt(3) : 1, lv === 'd' ? Math.sqrt(3) : 1, inverse(t.z1_pu));
    }
  }

  /** i = y·(v_h/n_h − v_l/n_l) in the winding's own per unit, out again through the ratio. */
  private coupled(high: string[], low: string[], nh: number, nl: number, y: Complex): void {
    const terms: [string, number][] = [
      [high[0]!, 1 / nh],
      [high[1]!, -1 / nh],
      [low[0]!, -1 / nl],
      [low[1]!, 1 / nl],
    ];
    for (const [a, wa] of terms)
      for (const [b, wb] of terms)
        if (a !== EARTH && b !== EARTH) addTo(this.matrix, this.node(a), this.node(b), scale(y, wa * wb));
  }

  private fault({ bus, type, phase = 'a', zf_pu, zg_pu }: FaultAt): void {
    const y = (z?: Complex) => inverse(z ?? NEARLY_BOLTED);
    const odd = 'abc'.indexOf(phase);
    const phases = [0, 1, 2].map((k) => `${bus}.${'abc'[(odd + k) % 3]}`);
    if (type === 'LG') this.connect(phases[0]!, null, y(zf_pu));
    else if (type === 'LL') this.connect(phases[1]!, phases[2]!, y(zf_pu));
    else {
      for (const p of type === '3ph' ? phases : phases.slice(1)) this.connect(p, 'fault', y(zf_pu));
      this.connect('fault', null, type === 'LLG' ? y(zg_pu) : { re: LEAK, im: 0 });
    }
  }

  /** Phase voltages of every node by name, `bus.a` and so on. */
  voltages(): Map<string, Complex> {
    const v = solve(factor(this.matrix), this.injection);
    return new Map([...this.nodes].map(([name, i]) => [name, v[i]!]));
  }
}

function ends(bus: string, neutral: string, delta: boolean, k: number, sign: number): string[] {
  const [start, end] = [`${bus}.${'abc'[k]}`, delta ? `${bus}.${'abc'[(k + 1) % 3]}` : neutral];
  return sign > 0 ? [start!, end] : [end, start!];
}

/** Finds the leg offset and polarity that give phase a of the low voltage its clock position. */
function wiring(hvDelta: boolean, lvDelta: boolean, clock: number): { leg: number; sign: number } {
  for (const sign of [1, -1])
    for (const leg of [0, 1, 2]) {
      // A delta winding a-b stands 30° ahead of phase a.
      const winding = (hvDelta ? 30 : 0) - 120 * leg + (sign < 0 ? 180 : 0);
      const phase = winding - (lvDelta ? 30 : 0);
      if ((((phase + 30 * clock) % 360) + 360) % 360 === 0) return { leg, sign };
    }
  throw new RangeError(`no wiring for clock ${clock}`);
}

export const distance = (a: Complex, b: Complex): number => {
  const d = sub(a, b);
  return Math.hypot(d.re, d.im);
};
