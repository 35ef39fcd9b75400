import type { Branch, Network } from './network.ts';
import { incidence, type LiveBranch } from './topology.ts';

/** The four admittances of a branch, per unit: I_from = ff V_from + ft V_to, I_to = tf V_from + tt V_to. */
export interface TwoPort {
  gff: number;
  bff: number;
  gft: number;
  bft: number;
  gtf: number;
  btf: number;
  gtt: number;
  btt: number;
}

/**
 * A branch as a pi circuit behind an ideal transformer at its from end, ratio N = tap·e^(j shift):
 *   ytt = y + j b/2,  yff = ytt / tap²,  yft = -y / conj(N),  ytf = -y / N,  y = 1/(r + jx)
 * (MATPOWER User's Manual, section 3.2.)
 */
export function twoPort({ r_pu: r, x_pu: x, b_pu: charging, tap, shift_deg }: Branch): TwoPort {
  const z2 = r * r + x * x;
  const [g, b] = [r / z2, -x / z2];
  const shift = (shift_deg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(shift) / tap, Math.sin(shift) / tap];
  const btt = b + charging / 2;
  return {
    gff: g / (tap * tap),
    bff: btt / (tap * tap),
    gft: -(g * cos - b * sin),
    bft: -(b * cos + g * sin),
    gtf: -(g * cos + b * sin),
    btf: -(b * cos - g * sin),
    gtt: g,
    btt,
  };
}

/** The bus admittance matrix by rows: entries `start[i]` to `start[i + 1] - 1`, the diagonal first. Its pattern is symmetric. */
export interface BusAdmittance {
  n: number;
  start: Int32Array;
  column: Int32Array;
  g: Float64Array;
  b: Float64Array;
  /** Where the entry (j, i) stands, for each entry (i, j). */
  mirror: Int32Array;
}

export function busAdmittance(
  network: Network,
  live: readonly LiveBranch[],
  ports: readonly TwoPort[],
): BusAdmittance {
  const n = network.buses.length;
  const at = incidence(n, live);
  const columns: number[] = [];
  const g: number[] = [];
  const b: number[] = [];
  const start = new Int32Array(n + 1);
  const place = new Int32Array(n);
  network.buses.forEach((bus, i) => {
    place[i] = columns.push(i) - 1;
    g.push(bus.g_shunt_mw / network.base_mva);
    b.push(bus.b_shunt_mvar / network.base_mva);
    for (const k of at[i]!) {
      const port = ports[k]!;
      const outgoing = live[k]!.from === i;
      const other = outgoing ? live[k]!.to : live[k]!.from;
      if (place[other]! <= place[i]!) {
        place[other] = columns.push(other) - 1;
        g.push(0);
        b.push(0);
      }
      g[place[i]!]! += outgoing ? port.gff : port.gtt;
      b[place[i]!]! += outgoing ? port.bff : port.btt;
      g[place[other]!]! += outgoing ? port.gft : port.gtf;
      b[place[other]!]! += outgoing ? port.bft : port.btf;
    }
    start[i + 1] = columns.length;
  });
  const column = Int32Array.from(columns);
  return {
    n,
    start,
    column,
    g: Float64Array.from(g),
    b: Float64Array.from(b),
    mirror: mirrorOf(start, column),
  };
}

function mirrorOf(start: Int32Array, column: Int32Array): Int32Array {
  const mirror = new Int32Array(column.length);
  for (let i = 0; i + 1 < start.length; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const j = column[e]!;
      let f = start[j]!;
      while (column[f] !== i) f++;
      mirror[e] = f;
    }
  }
  return mirror;
}
