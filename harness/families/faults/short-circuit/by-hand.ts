import {
  generatorFactor,
  relativeReactance,
  transformerFactor,
  transformerImpedance,
} from '../../../engineering/faults/short-circuit/corrections.ts';
import { kappaOf } from '../../../engineering/faults/short-circuit/peak.ts';
import { abs, add, type Complex, complex, parallel, scale } from '../../../engineering/math/complex.ts';
import type { ShortCircuitFacts } from './facts.ts';

/** What someone may leave out or take wrongly; nothing set is the right way. */
export interface Slips {
  without_kt?: boolean;
  without_machine?: boolean;
  without_cable?: boolean;
  one_transformer?: boolean;
  /** The transformers' ohms of the high-voltage side, beside the low-voltage ones of everything else. */
  transformer_at_hv?: boolean;
  feeder_at_hv?: boolean;
  /** κ from R/X at the fault as it stands, with neither 1.15 nor 20 Hz. */
  plain_kappa?: boolean;
}

export interface Hand {
  zq: Complex;
  kt: number;
  zt: Complex;
  /** Of the machine, null where left out. The generator's with its own resistance. */
  zm: Complex | null;
  kg: number | null;
  zl: Complex;
  zk: Complex;
  rx: number;
  kappa: number;
  ik_ka: number;
  ip_ka: number;
}

/** The network reduced as on paper: Z_k = Z_L + (Z_Q + Z_T)∥Z_M, ohms at the fault's level, ratio t = U_rHV/U_rLV. */
export function byHand(facts: ShortCircuitFacts, slips: Slips = {}): Hand {
  const { transformers: t, feeder, cable, machine } = facts;
  const t2 = (t.ur_hv_kv / t.ur_lv_kv) ** 2;
  const zq_abs = (1.1 * facts.un_hv_kv) / (Math.sqrt(3) * feeder.ik_ka) / (slips.feeder_at_hv ? 1 : t2);
  const xq = zq_abs / Math.hypot(1, feeder.rx);
  const zq = complex(feeder.rx * xq, xq);
  const kt = transformerFactor(relativeReactance(t.uk_percent, t.ukr_percent), facts.c_max);
  const one = transformerImpedance(t, slips.transformer_at_hv ? t.ur_hv_kv : t.ur_lv_kv);
  const share = (slips.without_kt ? 1 : kt) / (slips.one_transformer ? 1 : t.count);
  const zt = scale(complex(one.r_ohm, one.x_ohm), share);
  const km = cable.length_m / 1000;
  const zl = slips.without_cable ? complex(0) : complex(cable.r_ohm_per_km * km, cable.x_ohm_per_km * km);
  const machineOhms = slips.without_machine ? null : machineImpedance(facts);
  const at = (ratio: number, peak: boolean) => {
    const [supply, own] = [add(zq, zt), machineOhms && (peak ? machineOhms.peak : machineOhms.z)];
    const fed = (z: Complex) => complex(z.re, z.im * ratio);
    return add(fed(zl), own ? parallel(fed(supply), fed(own)) : fed(supply));
  };
  const zk = at(1, false);
  const branches = [zq, zt, zl, ...(machineOhms ? [machineOhms.peak] : [])].filter(({ im }) => im > 0);
  const { rx, kappa } = kappaAt(facts, at, branches, slips.plain_kappa === true);
  const ik_ka = (facts.c_max * facts.un_kv) / (Math.sqrt(3) * abs(zk));
  const kg = machine.kind === 'generator' ? generatorFactor(machine, facts.un_kv, facts.c_max) : null;
  return {
    zq,
    kt,
    zt,
    zm: machineOhms?.z ?? null,
    kg,
    zl,
    zk,
    rx,
    kappa,
    ik_ka,
    ip_ka: kappa * Math.SQRT2 * ik_ka,
  };
}

function kappaAt(
  facts: ShortCircuitFacts,
  at: (ratio: number, peak: boolean) => Complex,
  branches: readonly Complex[],
  plain: boolean,
): { rx: number; kappa: number } {
  const asItIs = at(1, true);
  const rx = asItIs.re / asItIs.im;
  if (plain) return { rx, kappa: kappaOf(rx) };
  if (facts.kappa_method === 'C') {
    const slow = at(0.4, true);
    const rxc = (slow.re / slow.im) * 0.4;
    return { rx: rxc, kappa: kappaOf(rxc) };
  }
  const safety = branches.every(({ re, im }) => re / im < 0.3) ? 1 : 1.15;
  return { rx, kappa: Math.min(safety * kappaOf(rx), facts.un_kv > 1 ? 2 : 1.8) };
}

function machineImpedance(facts: ShortCircuitFacts): { z: Complex; peak: Complex } {
  const { machine } = facts;
  if (machine.kind === 'motors') {
    const { count, p_kw, efficiency, cos_phi, ilr_ratio, ur_kv, rx } = machine;
    const sr_mva = (count * p_kw) / 1000 / (efficiency * cos_phi);
    const x = ur_kv ** 2 / (ilr_ratio * sr_mva) / Math.hypot(1, rx);
    const z = complex(rx * x, x);
    return { z, peak: z };
  }
  const kg = generatorFactor(machine, facts.un_kv, facts.c_max);
  const x = (machine.xd_pu * machine.ur_kv ** 2) / machine.sr_mva;
  return { z: complex(kg * machine.r_ohm, kg * x), peak: complex(kg * 0.07 * x, kg * x) };
}
